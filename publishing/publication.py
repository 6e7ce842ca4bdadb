"""What readers have: launch, publish, withdraw, expire, unschedule, restore. Each is one transaction, and nothing else
changes the public's text."""

import uuid
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from publishing import languages
from publishing.fields import RichTextField
from publishing.models import Act, Desk, Edition, Provenance, Redirect
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


class WrongMoment(ValidationError):
    """A publication that would end before it begins, or an end that has passed; nothing was changed."""


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


def publish(records, in_languages, *, at=None, until=None, note="", by):
    """A launch of every one of the records in every one of the languages."""
    texts = [(record, language) for record in records for language in in_languages]
    return launch(texts, at=at, until=until, note=note, by=by)


@transaction.atomic
def launch(texts, *, at=None, until=None, note="", by):
    """Gives the public the working copy of every text, pairs of a record and a language, from `at` (now when left out)
    to `until` (open when left out), as one act.

    All or nothing: raises Incomplete when any required text is missing. An edition already scheduled for later stays
    scheduled; one live at `at` ends then. Returns the editions made.
    """
    texts = _fresh(texts)
    missing = [
        (record, language, field) for record, language in texts for field in missing_texts(record, language)
    ]
    if missing:
        raise Incomplete(missing)
    now = timezone.now()
    act, moment = uuid.uuid4(), max(at or now, now)
    if until and until <= moment:
        raise WrongMoment("The text would expire before it is published. Choose a later end, or none.")
    return [_publish_one(record, language, moment, until, now, act, note, by) for record, language in texts]


def _publish_one(record, language, moment, until, now, act, note, by):
    copy = WorkingCopy.of(record, language)
    editions = Edition.objects.of(record).filter(language=language)
    next_one = _make_room(editions, moment)
    edition = Edition.objects.create(
        record=record,
        language=language,
        number=(editions.aggregate(last=models.Max("number"))["last"] or 0) + 1,
        texts=copy.texts,
        made_from=copy.made_from,
        title=copy.texts["title"],
        plain=searchable(record, copy.texts),
        live=DateTimeTZRange(moment, _sooner(next_one, until)),
        expires_at=until,
        reviewed_at=moment,
        act=act,
        by=by,
        at=now,
        note=note,
    )
    Redirect.objects.update_or_create(
        record_type=edition.record_type, slug=record.slug, defaults={"record_id": record.pk}
    )
    Desk.objects.filter(
        record_type=edition.record_type, record_id=record.pk, language=language, text_md5__gt=""
    ).update(stage=Desk.Stage.NONE, text_md5="", moved_by=None, moved_at=None)
    verb = Act.Verb.SCHEDULED if moment > now else Act.Verb.PUBLISHED
    Act.objects.create(act=act, record=record, language=language, verb=verb, by=by, at=now, why=note)
    return edition


def _make_room(editions, moment):
    """Ends what is live at that moment and says when the next edition begins."""
    upper = None
    for edition in editions.exclude(live__isempty=True):
        window = edition.live
        if window.lower > moment:
            upper = _sooner(upper, window.lower)
        elif window.upper is None or window.upper > moment:
            _end(edition, moment)
    return upper


def _sooner(*moments):
    return min(filter(None, moments), default=None)


def _end(edition, moment):
    start = edition.live.lower
    edition.live = DateTimeTZRange(start, moment) if start < moment else DateTimeTZRange(empty=True)
    edition.save(update_fields=["live"])


@transaction.atomic
def withdraw(records, in_languages, *, why, by):
    """Takes the texts from the public now and cancels what is scheduled. Raises NothingToWithdraw."""
    now, act, acts = timezone.now(), uuid.uuid4(), []
    for record in locked(records):
        for language in in_languages:
            editions = _open(record, language, now)
            for edition in editions:
                _end(edition, now)
            if editions:
                acts.append(_act(act, record, language, Act.Verb.WITHDRAWN, by, why, now))
    if not acts:
        raise NothingToWithdraw("Nothing is live or scheduled in the languages chosen.")
    return Act.objects.bulk_create(acts)


def take_down(record, *, why="Taken down", by):
    """Takes a record from the public in every language, at once."""
    return withdraw([record], languages.codes(), why=why, by=by)


@transaction.atomic
def expire(texts, at, *, why="", by):
    """Says when readers lose each text: what is live now or, if nothing is, what comes next. None: it has no end.

    Raises NothingToWithdraw where nothing is live or scheduled, WrongMoment where the end is not ahead.
    """
    now, act = timezone.now(), uuid.uuid4()
    acts = []
    for record, language in _fresh(texts):
        ahead = _open(record, language, now)
        if not ahead:
            raise NothingToWithdraw(
                f"“{record}” is neither live nor scheduled in {languages.own_name(language)}."
            )
        edition, *later = ahead
        if at and at <= max(now, edition.live.lower):
            raise WrongMoment("The end must lie ahead, and after the beginning.")
        edition.expires_at = at
        next_one = later[0].live.lower if later else None
        edition.live = DateTimeTZRange(edition.live.lower, _sooner(at, next_one))
        edition.save(update_fields=["expires_at", "live"])
        when = f"{timezone.localtime(at):%-d %B %Y, %H:%M}" if at else "No end"
        acts.append(_act(act, record, language, Act.Verb.EXPIRY_SET, by, why or when, now))
    return Act.objects.bulk_create(acts)


@transaction.atomic
def unschedule(texts, *, why="", by):
    """Cancels what is scheduled, as if it had never been: what is live keeps its own end. Raises NothingToWithdraw."""
    now, act, acts = timezone.now(), uuid.uuid4(), []
    for record, language in _fresh(texts):
        ahead = _open(record, language, now)
        scheduled = [edition for edition in ahead if edition.live.lower > now]
        if not scheduled:
            raise NothingToWithdraw(f"“{record}” is not scheduled in {languages.own_name(language)}.")
        starts = {edition.live.lower for edition in scheduled}
        for edition in scheduled:
            _end(edition, now)
        for edition in ahead:
            if edition.live.upper in starts:
                edition.live = DateTimeTZRange(edition.live.lower, edition.expires_at)
                edition.save(update_fields=["live"])
        acts.append(_act(act, record, language, Act.Verb.UNSCHEDULED, by, why, now))
    return Act.objects.bulk_create(acts)


def _open(record, language, now):
    """Editions live or still to come, the earliest first."""
    editions = Edition.objects.of(record).filter(language=language, live__isempty=False).order_by("live")
    return [edition for edition in editions if edition.live.upper is None or edition.live.upper > now]


@transaction.atomic
def restore(edition, *, by, why=""):
    """Puts an edition's texts back into the working copy. Readers see them when it is published as usual."""
    (record,) = locked([edition.record])
    restore_texts(record, edition)
    why = why or f"From edition {edition.number}"
    _act(uuid.uuid4(), record, edition.language, Act.Verb.RESTORED, by, why, timezone.now()).save()
    return record


def restore_texts(record, edition):
    """Writes an edition's texts, and what each was made from, into the working copy of its (locked) record."""
    names = [name for name in translated_fields(type(record)) if name in edition.texts]
    for name in names:
        setattr(record, column(name, edition.language), edition.texts[name])
    record.version += 1
    record.save(update_fields=[*(column(name, edition.language) for name in names), "version"])
    for name in edition.made_from:
        note_provenance(record, name, edition.language, edition.made_from[name])


def note_provenance(record, field, language, made_from, state=Provenance.State.FINAL):
    """Writes down which source text a field's translation was made from."""
    Provenance.objects.update_or_create(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        field=field,
        language=language,
        defaults={"made_from": made_from, "state": state},
    )


def _act(act, record, language, verb, by, why, at):
    return Act(act=act, record=record, language=language, verb=verb, by=by, at=at, why=why)


def _fresh(texts):
    """The same texts with their records freshly read and locked."""
    texts = list(texts)
    records = locked([record for record, _language in texts])
    fresh = {(type(record), record.pk): record for record in records}
    return [(fresh[type(record), record.pk], language) for record, language in texts]


def locked(records):
    """The same records, each once, freshly read and locked in one order, so that two publications cannot deadlock."""
    once = {(record._meta.label, record.pk): type(record) for record in records}
    return [
        model._default_manager.select_for_update(of=("self",)).get(pk=pk)
        for (_label, pk), model in sorted(once.items(), key=lambda item: item[0])
    ]
