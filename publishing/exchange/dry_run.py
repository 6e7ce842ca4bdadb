"""What a file would do, text by text, before anything is done."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import capfirst

from publishing import languages
from publishing.exchange import spreadsheet, xliff
from publishing.exchange.damage import damage
from publishing.exchange.entries import Key, carried, fingerprint, longest
from publishing.exchange.files import kind_of
from publishing.fields import RichTextField
from publishing.models import Import, Provenance
from publishing.models.publishable import Publishable, column, translated_fields
from publishing.rights import may_edit_text
from publishing.translations.state import CURRENT, STALE, UNREVIEWED, state_of

KEPT = timedelta(days=7)
READERS = {"xliff": xliff.read, "xlsx": spreadsheet.read}


class Outcome(StrEnum):
    """What an import would do with one text."""

    CHANGES = "changes"
    CONFIRMED = "confirmed"  # the text stays, and the file says that it is right as it is
    MOVED = "source has moved"  # imported as stale
    UNCHANGED = "unchanged"
    REFUSED = "refused"


IMPORTABLE = (Outcome.CHANGES, Outcome.CONFIRMED, Outcome.MOVED)


@dataclass
class Row:
    """One text of a file, kept between the dry run and what follows from it.

    `before` is the translation as the dry run saw it, with its provenance; `newer`: it was changed here after the file
    was taken out; `done` is what became of it: imported, left, undone or kept.
    """

    key: str
    record: str = ""
    label: str = ""
    outcome: str = Outcome.REFUSED
    why: str = ""
    model: str = ""
    pk: int | None = None
    field: str = ""
    is_rich: bool = False
    made_from: str = ""
    text: str = ""
    review: str = Provenance.State.FINAL
    newer: bool = False
    before: dict | None = None
    done: str = ""
    done_why: str = ""

    @property
    def is_importable(self):
        return self.outcome in IMPORTABLE and not self.done


def read_file(content):
    """What a file of either format holds. Raises FileRefused."""
    return READERS[kind_of(content)](content)


def dry_run(arrival, *, file_name, by):
    """Says what the file would do and keeps that for a week. Nothing else is written."""
    forgotten = Import.objects.filter(stage=Import.Stage.DRY_RUN, at__lt=timezone.now() - KEPT)
    forgotten.delete()
    return Import.objects.create(
        language=arrival.language,
        file_name=carried(file_name)[-200:],
        rows=[asdict(row) for row in rows_of(arrival, by)],
        by=by,
    )


def rows_of(arrival, by):
    keys = [Key.read(text.key) for text in arrival.texts]
    times = Counter(key.name for key in keys if key)
    stored = _stored({key for key in keys if key}, arrival.language)
    return [
        _row(key, text, stored, times, arrival.language, by)
        for key, text in zip(keys, arrival.texts, strict=True)
    ]


def _stored(keys, language):
    """{(model label, slug): (record, {field: (made_from, md5, state)})} in two queries a model."""
    slugs = defaultdict(set)
    for key in keys:
        slugs[key.model].add(key.slug)
    found = {}
    for label, wanted in slugs.items():
        model = _model(label)
        if not model:
            continue
        records = list(model._default_manager.filter(slug__in=wanted))
        noted = provenance_by_field(model, [record.pk for record in records], language)
        found |= {(label, record.slug): (record, noted[record.pk]) for record in records}
    return found


def provenance_by_field(model, pks, language):
    """{pk: {field: (made_from, md5, state)}} of one model, in one query."""
    rows = Provenance.objects.filter(
        record_type=ContentType.objects.get_for_model(model), record_id__in=pks, language=language
    )
    noted = defaultdict(dict)
    for pk, name, *rest in rows.values_list("record_id", "field", "made_from", "md5", "state"):
        noted[pk][name] = tuple(rest)
    return noted


def _model(label):
    """The publishable model of that name, or None."""
    try:
        model = apps.get_model(label)
    except LookupError:
        return None
    return model if issubclass(model, Publishable) else None


def _row(key, text, stored, times, language, by):
    if key is None:
        return Row(
            key=carried(text.key)[:200],
            why="This is not the ID of a text that was taken out here.",
        )
    model = _model(key.model)
    record, noted = stored.get((key.model, key.slug), (None, {}))
    row = Row(key=key.name, record=str(record or key.slug), label=key.field, model=key.model, field=key.field)
    row.why = _unknown(key, model, record, language, by)
    if not row.why and times[key.name] > 1:
        row.why = f"This text stands {times[key.name]} times in the file, so nobody can tell which is meant."
    if row.why:
        return row
    model_field = model._meta.get_field(key.field)
    row.pk, row.label = record.pk, capfirst(model_field.verbose_name)
    row.is_rich = isinstance(model_field, RichTextField)
    made_from, checksum, state = noted.get(key.field, (None, "", None))
    row.before = {
        "text": getattr(record, column(key.field, language)) or "",
        "made_from": made_from,
        "state": state,
    }
    source = getattr(record, column(key.field, languages.SOURCE)) or ""
    stands = state_of(source, row.before["text"], None if made_from is None else (checksum, state))
    _judge(row, key, text, model_field, source, stands, language)
    return row


def _unknown(key, model, record, language, by):
    """Why the text is not one of ours to change; empty when it is."""
    if model is None:
        return f"“{key.model}” is no kind of record whose texts are translated here."
    name = model._meta.verbose_name
    if not may_edit_text(by, model, language):
        return f"You may not edit the texts of a {name} in {languages.own_name(language)}."
    if record is None:
        return f"There is no {name} with the address “{key.slug}”. It may have been renamed: take its texts out again."
    if key.pk and key.pk != record.pk:
        return f"“{key.slug}” was another {name} when this file was made. Take its texts out again."
    if key.field not in translated_fields(model):
        return f"A {name} has no translated text named “{key.field}”."
    return ""


def _judge(row, key, text, model_field, source, stands, language):
    """Compares what came back with what is here. Everything is compared in normal form."""
    normal = model_field.normalise
    here, sent, sent_source = row.before["text"], normal(carried(text.target)), normal(carried(text.source))
    same_source = sent_source == normal(carried(source))
    row.made_from = source if same_source else sent_source
    row.review = Provenance.State.UNREVIEWED if text.state == UNREVIEWED else Provenance.State.FINAL
    if text.fault:
        row.why = text.fault
    elif not sent:
        row.outcome, row.why = (
            Outcome.UNCHANGED,
            "Empty in the file. A text is emptied at the desk." if here else "",
        )
    elif sent == normal(carried(here)):
        right_now = text.state == CURRENT and stands in (STALE, UNREVIEWED) and same_source
        row.outcome = Outcome.CONFIRMED if right_now else Outcome.UNCHANGED
        row.text = normal(here) if right_now else ""
    elif key.taken == fingerprint(model_field, text.target):
        row.outcome, row.why = Outcome.UNCHANGED, "Not changed in the file, and changed here since: it stays."
    elif not sent_source:
        row.why = "The file does not say which text this was translated from."
    else:
        row.text = sent
        row.why = _faults(row, text, model_field, language, sent)
        if not row.why:
            row.outcome = Outcome.CHANGES if same_source else Outcome.MOVED
            row.newer = bool(key.taken) and key.taken != fingerprint(model_field, here)


def _faults(row, text, model_field, language, sent):
    most = longest(model_field.model, model_field.name, language)
    if most and len(sent) > most:
        return f"{len(sent)} characters: the {model_field.verbose_name} holds {most} at most."
    return damage(model_field, carried(text.source), carried(text.target), row.is_rich)
