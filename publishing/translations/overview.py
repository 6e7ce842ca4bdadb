"""How the translations of all publishable records stand, record by record and language by language: one SQL union over
the models, so that the number of queries depends neither on the records nor on the languages."""

from dataclasses import dataclass, field, replace

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from psycopg import sql

from publishing import languages
from publishing.models import Desk, Provenance
from publishing.models.publishable import column, publishable_models, translated_fields
from publishing.rights import may_edit_text
from publishing.translations.state import (
    CURRENT,
    MISSING,
    STALE,
    UNREVIEWED,
    with_present_source,
    with_translation_counts,
)

# How a record stands in a language, as a condition on the counts of its texts; current: nothing is left to do.
STATES = {
    STALE: Q(stale_texts__gt=0),
    MISSING: Q(missing_texts__gt=0),
    UNREVIEWED: Q(unreviewed_texts__gt=0),
    CURRENT: Q(stale_texts=0, missing_texts=0, unreviewed_texts=0),
}
COUNTS = {state: f"{state}_texts" for state in (STALE, MISSING, UNREVIEWED)}
TO_DO = STATES[STALE] | STATES[MISSING]
WORST_FIRST = (
    "-stale_texts",
    "-missing_texts",
    "-unreviewed_texts",
    "record_name",
    "text_kind",
    "pk",
    "text_language",
)
COLUMNS = ("pk", "text_kind", "text_language", "record_name", *COUNTS.values())
# The same conditions and counts over the rows of the union.
TALLY = sql.SQL(
    """
    SELECT count(*),
           count(*) FILTER (WHERE stale_texts > 0),
           count(*) FILTER (WHERE missing_texts > 0),
           count(*) FILTER (WHERE unreviewed_texts > 0),
           count(*) FILTER (WHERE stale_texts = 0 AND missing_texts = 0 AND unreviewed_texts = 0),
           sum(stale_texts), sum(missing_texts), sum(unreviewed_texts)
    FROM ({}) AS texts
    """
)


@dataclass(frozen=True)
class Selection:
    """Which texts are looked at: `texts` are pairs of a model and a language; the rest narrows them down.

    `assignee` is the key of a user, or NOBODY for texts that are nobody's.
    """

    texts: tuple
    state: str = ""
    words: str = ""
    assignee: object = None
    condition: Q = field(default_factory=Q)

    NOBODY = "nobody"

    def but(self, **changes):
        return replace(self, **changes)


@dataclass(frozen=True)
class Tally:
    """Of one state: how many rows are listed under it, and how many texts of theirs are so. Of the state "current" only
    rows are counted."""

    records: int
    texts: int


def texts_for(user, *, models=None, language=""):
    """The pairs of a model and a language whose texts the user may edit; the source language is no translation."""
    return tuple(
        (model, code)
        for model in (models or publishable_models())
        for code in languages.translations()
        if language in ("", code) and may_edit_text(user, model, code)
    )


def rows_of(selection):
    """A row a record and language, the worst first: {pk, text_kind, text_language, record_name, stale_texts,
    missing_texts, unreviewed_texts}.

    `text_kind` is the key of the content type, `record_name` the title in the source language.
    """
    return _union(_rows(selection, model, code) for model, code in selection.texts).order_by(*WORST_FIRST)


def counts_by_state(selection):
    """{state: Tally}, under "" of all rows: what rows_of gives for each state. One query."""
    if not selection.texts:
        return dict.fromkeys(("", *STATES), Tally(0, 0))
    rows, params = rows_of(selection.but(state="")).order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(TALLY.format(sql.SQL(rows)), params)
        counted = cursor.fetchone()
    texts = dict(zip(COUNTS, counted[1 + len(STATES) :], strict=True))
    return {
        state: Tally(records, int(texts.get(state) or 0))
        for state, records in zip(("", *STATES), counted, strict=False)
    }


def next_to_do(selection, record, code):
    """(model, pk) of the next record with stale or missing text after this one, by title and around the end; None when
    there is no other."""
    others = selection.but(state="", condition=TO_DO)
    for found in (_after(others, record), others):
        first = _union(_rows(found, model, code) for model, code in found.texts).order_by(
            "record_name", "text_kind", "pk"
        )
        for row in first[:2]:
            model = ContentType.objects.get_for_id(row["text_kind"]).model_class()
            if (model, row["pk"]) != (type(record), record.pk):
                return model, row["pk"]
    return None


@dataclass(frozen=True)
class _After(Selection):
    record: object = None

    def conditions(self, model):
        """Titles after that of the record; of equal titles the later model, then the later key."""
        own = ContentType.objects.get_for_model(self.record).pk
        kind = ContentType.objects.get_for_model(model).pk
        name = column("title", languages.SOURCE)
        title = getattr(self.record, name)
        later = Q(**{f"{name}__gt": title})
        if kind > own:
            later |= Q(**{name: title})
        elif kind == own:
            later |= Q(**{name: title}, pk__gt=self.record.pk)
        return later


def _after(selection, record):
    given = {name: getattr(selection, name) for name in Selection.__dataclass_fields__}
    return _After(**given, record=record)


def _union(querysets):
    first, *others = querysets
    return first.union(*others, all=True) if others else first


def _rows(selection, model, code):
    kind = ContentType.objects.get_for_model(model).pk
    return (
        _counted(selection, model, code)
        .annotate(
            text_kind=Value(kind), text_language=Value(code), record_name=F(column("title", languages.SOURCE))
        )
        .values(*COLUMNS)
    )


def _counted(selection, model, code):
    counted = with_unreviewed_count(
        with_translation_counts(model._default_manager.order_by(), code), code
    ).filter(selection.condition)
    if isinstance(selection, _After):
        counted = counted.filter(selection.conditions(model))
    if selection.state:
        counted = counted.filter(STATES[selection.state])
    for word in selection.words.split():
        counted = counted.filter(_titled(word))
    return _assigned(counted, model, code, selection.assignee)


def _titled(word):
    """The word stands in the title in some language, or in the address."""
    condition = Q(slug__icontains=word)
    for code in languages.codes():
        condition |= Q(**{f"{column('title', code)}__icontains": word})
    return condition


def _assigned(counted, model, code, assignee):
    if not assignee:
        return counted
    desks = Desk.objects.filter(
        record_type=ContentType.objects.get_for_model(model), record_id=OuterRef("pk"), language=code
    )
    if assignee == Selection.NOBODY:
        return counted.exclude(Exists(desks.filter(assignee__isnull=False)))
    return counted.filter(Exists(desks.filter(assignee=assignee)))


def with_unreviewed_count(queryset, code):
    """Annotates `unreviewed_texts` beside the counts of with_translation_counts: texts that are there and neither stale
    nor made from the present source and reviewed."""
    there = sum(
        (
            Case(
                When(~Q(**{own: ""}) & Q(**{f"{own}__isnull": False}), then=1),
                default=0,
                output_field=IntegerField(),
            )
            for own in (column(name, code) for name in translated_fields(queryset.model))
        ),
        start=Value(0),
    )
    final = with_present_source(queryset.model, code).filter(state=Provenance.State.FINAL, md5=F("present"))
    count = final.order_by().values("record_id").annotate(count=Count("pk")).values("count")
    return queryset.annotate(unreviewed_texts=there - F("stale_texts") - Coalesce(Subquery(count), 0))
