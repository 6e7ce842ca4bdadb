"""Publish, withdraw, restore: the only ways in which the public's text changes. Each is one transaction."""

import uuid
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from publishing import languages
from publishing.fields import RichTextField
from publishing.models import Act, Edition, Provenance, Redirect
from publishing.models.publishable import column, translated_fields
from publishing.normal_form import plain_text

MOST_CHARACTERS_SEARCHED = 200_000


class Incomplete(ValidationError):
    """Required text is missing; nothing was published. `missing` is a list of (record, language, field)."""

    def __init__(self, missing):
        self.missing = missing
        super().__init__(
            [
                f"“{record}” cannot be published in {languages.own_name(language)}: "
                f"{record._meta.get_field(field).verbose_name} is empty."
                for record, language, field in missing
            ]
        )


class NothingToWithdraw(ValidationError):
    """The record is not live or scheduled in any of the languages asked."""


@dataclass(frozen=True)
class WorkingCopy:
    """The texts of one record's columns in one language, and the source text each was made from."""

    texts: dict
    made_from: dict

    @classmethod
    def of(cls, record, language):
        names = translated_fields(type(record))
        texts = {name: getattr(record, column(name, language)) or "" for name in names}
        if language == languages.SOURCE:
            return cls(texts, {})
        source = {name: getattr(record, column(name, languages.SOURCE)) or "" for name in names}
        known = dict(provenance_of(record, language).values_list("field", "made_from"))
        return cls(texts, {name: known.get(name, source[name]) for name in names if texts[name]})


def provenance_of(record, language):
    record_type = ContentType.objects.get_for_model(record)
    return Provenance.objects.filter(record_type=record_type, record_id=record.pk, language=language)


def missing_texts(record, language):
    """Names of the required fields that are empty in that language."""
    return [name for name in record.required_texts if not getattr(record, column(name, language))]


def searchable(record, texts):
    """All words of the texts in lower case, without markup."""
    rich = {field.name for field in record._meta.get_fields() if isinstance(field, RichTextField)}
    words = (plain_text(text) if name in rich else text for name, text in texts.items())
    return "\n".join(words).lower()[:MOST_CHARACTERS_SEARCHED]


@transaction.atomic
def publish(records, in_languages, *, at=None, note="", by):
    """Gives the public the working copy of every record in every language, from `at` (now when left out).

    All or nothing: raises Incomplete when any required text is missing. An edition already scheduled for later stays
    scheduled; one live at `at` ends then. Returns the editions made.
    """
    locked = _locked(records)
    missing = [
        (record, language, field)
        for record in locked
        for language in in_languages
        for field in missing_texts(record, language)
    ]
    if missing:
        raise Incomplete(missing)
    now = timezone.now()
    act, moment = uuid.uuid4(), max(at or now, now)
    return [
        _publish_one(record, language, moment, now, act, note, by)
        for record in locked
        for language in in_languages
    ]


def _publish_one(record, language, moment, now, act, note, by):
    copy = WorkingCopy.of(record, language)
    editions = Edition.objects.of(record).filter(language=language)
    upper = _make_room(editions, moment)
    edition = Edition.objects.create(
        record=record,
        language=language,
        number=(editions.aggregate(last=models.Max("number"))["last"] or 0) + 1,
        texts=copy.texts,
        made_from=copy.made_from,
        title=copy.texts["title"],
        plain=searchable(record, copy.texts),
        live=DateTimeTZRange(moment, upper),
        act=act,
        by=by,
        at=now,
        note=note,
    )
    Redirect.objects.update_or_create(
        record_type=edition.record_type, slug=record.slug, defaults={"record_id": record.pk}
    )
    verb = Act.Verb.SCHEDULED if moment > now else Act.Verb.PUBLISHED
    Act.objects.create(act=act, record=record, language=language, verb=verb, by=by, at=now, why=note)
    return edition


def _make_room(editions, moment):
    """Ends what is live at that moment and says when the next edition begins."""
    upper = None
    for edition in editions.exclude(live__isempty=True):
        window = edition.live
        if window.lower > moment:
            upper = min(upper or window.lower, window.lower)
        elif window.upper is None or window.upper > moment:
            _end(edition, moment)
    return upper


def _end(edition, moment):
    start = edition.live.lower
    edition.live = DateTimeTZRange(start, moment) if start < moment else DateTimeTZRange(empty=True)
    edition.save(update_fields=["live"])


@transaction.atomic
def withdraw(records, in_languages, *, why, by):
    """Takes the texts from the public now and cancels what is scheduled. Raises NothingToWithdraw."""
    now, act, acts = timezone.now(), uuid.uuid4(), []
    for record in _locked(records):
        for language in in_languages:
            open_ones = Edition.objects.of(record).filter(language=language, live__endswith__isnull=True)
            later = Edition.objects.of(record).filter(language=language, live__endswith__gt=now)
            editions = [edition for edition in (open_ones | later) if not edition.live.isempty]
            for edition in editions:
                _end(edition, now)
            if editions:
                acts.append(
                    Act(
                        act=act,
                        record=record,
                        language=language,
                        verb=Act.Verb.WITHDRAWN,
                        by=by,
                        at=now,
                        why=why,
                    )
                )
    if not acts:
        raise NothingToWithdraw("Nothing is live or scheduled in the languages chosen.")
    return Act.objects.bulk_create(acts)


@transaction.atomic
def restore(edition, *, by, why=""):
    """Puts an edition's texts back into the working copy. Readers see them when it is published as usual."""
    (record,) = _locked([edition.record])
    names = [name for name in translated_fields(type(record)) if name in edition.texts]
    for name in names:
        setattr(record, column(name, edition.language), edition.texts[name])
    record.version += 1
    record.save(update_fields=[*(column(name, edition.language) for name in names), "version"])
    for name in edition.made_from:
        note_provenance(record, name, edition.language, edition.made_from[name])
    Act.objects.create(
        act=uuid.uuid4(),
        record=record,
        language=edition.language,
        verb=Act.Verb.RESTORED,
        by=by,
        why=why or f"From edition {edition.number}",
    )
    return record


def note_provenance(record, field, language, made_from, state=Provenance.State.FINAL):
    """Writes down which source text a field's translation was made from."""
    Provenance.objects.update_or_create(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        field=field,
        language=language,
        defaults={"made_from": made_from, "state": state},
    )


def _locked(records):
    """The same records, freshly read and locked in one order, so that two publications cannot deadlock."""
    fresh = []
    for record in sorted(records, key=lambda record: (record._meta.label, record.pk)):
        fresh.append(type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk))
    return fresh
