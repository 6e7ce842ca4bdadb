"""How each translated text of the working copy stands against its source, and what a save makes of that.

Nothing here is stored but the source text that a translation was made from (Provenance). Stale, missing and current
are reckoned by comparison, in Python for records at hand and in SQL for lists; a test holds the two equal.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import md5

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import MD5, Coalesce

from publishing import languages
from publishing.models import Provenance
from publishing.models.publishable import column, translated_fields
from publishing.publication import note_provenance

MD5_OF_NOTHING = md5(b"", usedforsecurity=False).hexdigest()
SOURCE, CURRENT, STALE, MISSING, UNREVIEWED = "source", "current", "stale", "missing", "unreviewed"


def texts_of(record, code):
    """The working copy of a record in one language: {field: text}."""
    return {name: getattr(record, column(name, code)) or "" for name in translated_fields(type(record))}


def fingerprint(texts):
    """The md5 of {field: text}: two working copies have the same one only when they say the same."""
    written = json.dumps(texts, sort_keys=True, ensure_ascii=False)
    return md5(written.encode(), usedforsecurity=False).hexdigest()


def fingerprint_of(record):
    """The fingerprint of a record's working copy in every language."""
    return fingerprint({code: texts_of(record, code) for code in languages.codes()})


def state_of(source, text, noted):
    """How one translation stands. `noted` is the (md5, state) of its Provenance, or None.

    Where neither has a text there is no state. A text of which nobody noted the source is unreviewed, or stale once
    there is no source.
    """
    if not text:
        return MISSING if source else ""
    if noted is None:
        return UNREVIEWED if source else STALE
    checksum, review = noted
    if checksum != md5(source.encode(), usedforsecurity=False).hexdigest():
        return STALE
    return UNREVIEWED if review == Provenance.State.UNREVIEWED else CURRENT


def states_of(records):
    """{pk: {language: {field: state}}} for records of one model, in one query."""
    records = list(records)
    if not records:
        return {}
    noted = _noted(records)
    found = {}
    for record in records:
        source = texts_of(record, languages.SOURCE)
        found[record.pk] = {
            code: {
                name: state_of(source[name], text, noted[record.pk].get((name, code)))
                for name, text in texts_of(record, code).items()
            }
            for code in languages.translations()
        }
    return found


def _noted(records):
    rows = Provenance.objects.filter(
        record_type=ContentType.objects.get_for_model(records[0]),
        record_id__in=[record.pk for record in records],
    )
    noted = defaultdict(dict)
    for pk, field, code, checksum, state in rows.values_list(
        "record_id", "field", "language", "md5", "state"
    ):
        noted[pk][field, code] = checksum, state
    return noted


@dataclass(frozen=True)
class Made:
    """What a save says of one translation: the source text it was made from, or None: there is no translation now."""

    field: str
    language: str
    made_from: str | None


def made_in_save(before, after):
    """Which translations a save made or emptied. `before` and `after` are {language: {field: text}}, source included.

    A translation that changed was made from the source text that stood beside it when it was saved. One that did not
    change was made from what it was made from: if the source moved, it is stale from now on.
    """
    source = after[languages.SOURCE]
    return [
        Made(field, code, source.get(field, "") if text else None)
        for code, texts in after.items()
        if code != languages.SOURCE
        for field, text in texts.items()
        if text != before.get(code, {}).get(field, "")
    ]


def note_save(record, before, *, minor=False):
    """Writes down what a save of this record made, `before` being its texts until then.

    `minor`: the editor says that the source changed only in ways that leave translations right; those that were made
    from the text before are made from the new one. A translation that was stale stays so.
    """
    after = {code: texts_of(record, code) for code in languages.codes()}
    if minor:
        _carry_over(record, before.get(languages.SOURCE, {}), after[languages.SOURCE])
    for made in made_in_save(before, after):
        if made.made_from is None:
            Provenance.objects.filter(
                record_type=ContentType.objects.get_for_model(record),
                record_id=record.pk,
                field=made.field,
                language=made.language,
            ).delete()
        else:
            note_provenance(record, made.field, made.language, made.made_from)


def _carry_over(record, source_before, source):
    for field, text in source.items():
        earlier = source_before.get(field, "")
        if text and earlier and text != earlier:
            provenance_of_source(record, field, earlier).update(made_from=text)


def provenance_of_source(record, field, source):
    """Notes of the translations of a field that were made from that source text, in every language."""
    return Provenance.objects.filter(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        field=field,
        md5=md5(source.encode(), usedforsecurity=False).hexdigest(),
    )


def with_translation_counts(queryset, code):
    """Annotates how many texts of each record are `missing_texts` and `stale_texts` in that language."""
    missing = sum(
        (_one_if(_is_missing(name, code)) for name in translated_fields(queryset.model)), start=Value(0)
    )
    noted = with_present_source(queryset.model, code)
    orphans = sum(
        (_one_if(_is_orphan(name, code)) for name in translated_fields(queryset.model)), start=Value(0)
    )
    noted_orphans = _number_of(noted.filter(present=MD5_OF_NOTHING))
    stale = _number_of(noted.exclude(md5=F("present"))) + orphans - noted_orphans
    return queryset.annotate(missing_texts=missing, stale_texts=stale)


def _number_of(notes):
    count = notes.order_by().values("record_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


def with_present_source(model, code):
    """In a subquery over the model: the notes of those translations of a record that have a text, each with `present`,
    the md5 of the source as it is now."""
    fields = translated_fields(model)
    present = Case(
        *(
            When(field=name, then=MD5(Coalesce(OuterRef(column(name, languages.SOURCE)), Value(""))))
            for name in fields
        ),
        output_field=CharField(),
    )
    translated = Case(
        *(When(field=name, then=Coalesce(OuterRef(column(name, code)), Value(""))) for name in fields),
        output_field=CharField(),
    )
    return (
        Provenance.objects.filter(
            record_type=ContentType.objects.get_for_model(model),
            record_id=OuterRef("pk"),
            language=code,
            field__in=fields,
        )
        .annotate(present=present, translated=translated)
        .exclude(translated="")
    )


def _is_missing(name, code):
    return ~_is_empty(name, languages.SOURCE) & _is_empty(name, code)


def _is_orphan(name, code):
    """A translation whose source was emptied: stale, also where nobody noted what it was made from."""
    return _is_empty(name, languages.SOURCE) & ~_is_empty(name, code)


def _is_empty(name, code):
    text = column(name, code)
    return Q(**{text: ""}) | Q(**{f"{text}__isnull": True})


def _one_if(condition):
    return Case(When(condition, then=1), default=0, output_field=IntegerField())
