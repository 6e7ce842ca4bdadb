"""What readers have: launch, publish, withdraw, expire, unschedule, restore. Each is one transaction, and nothing else
changes the public's text."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone

from publishing import languages
from publishing.fields import RichTextField
from publishing.models import Act, Desk, Edition, Provenance
from publishing.models.publishable import column, translated_fields
from publishing.rows import key_of, key_of_row, of_records
from publishing.text.normal_form import plain_text
from publishing.text.tokens import without_tokens

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
        return working_copies([(record, language)])[record, language]


def working_copies(texts):
    """{(record, language): WorkingCopy} of pairs of a record and a language, in one query."""
    noted = defaultdict(dict)
    rows = Provenance.objects.filter(of_records(record for record, _language in texts))
    for row in rows.only("record_type_id", "record_id", "language", "field", "made_from"):
        noted[*key_of_row(row), row.language][row.field] = row.made_from
    return {
        (record, language): _working_copy(record, language, noted[*key_of(record), language])
        for record, language in texts
    }


def _working_copy(record, language, noted):
    names = translated_fields(type(record))
    texts = {name: getattr(record, column(name, language)) or "" for name in names}
    if language == languages.SOURCE:
        return WorkingCopy(texts, {})
    return WorkingCopy(texts, {name: noted[name] for name in names if texts[name] and name in noted})


def provenance_of(record, language):
    record_type = ContentType.objects.get_for_model(record)
    return Provenance.objects.filter(record_type=record_type, record_id=record.pk, language=language)


def missing_texts(record, language):
    """Names of the required fields that are empty in that language."""
    return [name for name in record.required_texts if not getattr(record, column(name, language))]


def searchable(record, texts):
    """All words of the texts in lower case, without markup."""
    rich = {field.name for field in record._meta.get_fields() if isinstance(field, RichTextField)}
    words = (without_tokens(plain_text(text)) if name in rich else text for name, text in texts.items())
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
    scheduled; one live at `at` ends then. Returns the editions made. As many queries for many texts as for one.
    """
    texts, now = _now_locked(texts)
    missing = [
        (record, language, field) for record, language in texts for field in missing_texts(record, language)
    ]
    if missing:
        raise Incomplete(missing)
    moment = max(at or now, now)
    if until and until <= moment:
        raise WrongMoment("The text would expire before it is published. Choose a later end, or none.")
    next_ones, numbers, copies = _make_room(texts, moment), _last_numbers(texts), working_copies(texts)
    act = uuid.uuid4()
    told = {"expires_at": until, "reviewed_at": moment, "act": act, "by": by, "at": now, "note": note}
    editions = [
        _edition(
            record,
            language,
            copies[record, language],
            number=numbers.get((*key_of(record), language), 0) + 1,
            live=DateTimeTZRange(moment, _sooner(next_ones.get((record, language)), until)),
            **told,
        )
        for record, language in texts
    ]
    Edition.objects.bulk_create(editions)
    _end_reviews(texts)
    verb = Act.Verb.SCHEDULED if moment > now else Act.Verb.PUBLISHED
    Act.objects.bulk_create(_act(act, record, code, verb, by, note, now) for record, code in texts)
    return editions


def _edition(record, language, copy, **told):
    return Edition(
        record=record,
        language=language,
        texts=copy.texts,
        made_from=copy.made_from,
        title=copy.texts["title"],
        plain=searchable(record, copy.texts),
        **told,
    )


def _make_room(texts, moment):
    """Ends what is live at that moment and says, by text, when its next edition begins."""
    next_ones, ended = {}, []
    for text, editions in _open(texts, moment).items():
        for edition in editions:
            if edition.live.lower > moment:
                next_ones[text] = _sooner(next_ones.get(text), edition.live.lower)
            else:
                ended.append(edition)
    _end(ended, moment)
    return next_ones


def _last_numbers(texts):
    """{(model, pk, language): number} of each text's last edition."""
    rows = Edition.objects.filter(of_records(record for record, _language in texts)).order_by()
    last = rows.values_list("record_type", "record_id", "language").annotate(last=models.Max("number"))
    return {
        (ContentType.objects.get_for_id(record_type).model_class(), pk, language): number
        for record_type, pk, language, number in last
    }


def _end_reviews(texts):
    """What is published is neither in review nor approved any more."""
    rows = Desk.objects.filter(of_records(record for record, _language in texts), text_md5__gt="")
    chosen = {(*key_of(record), language) for record, language in texts}
    reviewed = [row.pk for row in rows if (*key_of_row(row), row.language) in chosen]
    Desk.objects.filter(pk__in=reviewed).update(
        stage=Desk.Stage.NONE, text_md5="", moved_by=None, moved_at=None
    )


def _sooner(*moments):
    return min(filter(None, moments), default=None)


def _end(editions, moment):
    for edition in editions:
        start = edition.live.lower
        edition.live = DateTimeTZRange(start, moment) if start < moment else DateTimeTZRange(empty=True)
    Edition.objects.bulk_update(editions, ["live"])


@transaction.atomic
def withdraw(records, in_languages, *, why, by):
    """Takes the texts from the public now and cancels what is scheduled. Raises NothingToWithdraw."""
    act = uuid.uuid4()
    texts, now = _now_locked([(record, language) for record in records for language in in_languages])
    ahead = _open(texts, now)
    if not ahead:
        raise NothingToWithdraw("Nothing is live or scheduled in the languages chosen.")
    _end([edition for editions in ahead.values() for edition in editions], now)
    return Act.objects.bulk_create(
        _act(act, record, code, Act.Verb.WITHDRAWN, by, why, now)
        for record, code in texts
        if (record, code) in ahead
    )


def take_down(record, *, why="", by):
    """Takes a record from the public in every language, at once."""
    return withdraw([record], languages.codes(), why=why or "Taken down", by=by)


@transaction.atomic
def expire(texts, at, *, why="", by):
    """Says when readers lose each text: they have one until then without a gap, the present one or what is scheduled to
    follow it. What is scheduled for later still begins in its time. None: it has no end.

    Raises NothingToWithdraw where nothing is live or scheduled, WrongMoment where the end is not ahead.
    """
    act, texts, now = uuid.uuid4(), *_now_locked(texts)
    ahead, changed = _open(texts, now), []
    for record, language in texts:
        editions = ahead.get((record, language))
        if not editions:
            raise NothingToWithdraw(
                f"“{record}” is neither live nor scheduled in {languages.own_name(language)}."
            )
        if at and at <= max(now, editions[0].live.lower):
            raise WrongMoment("The end must lie ahead, and after the beginning.")
        starts = [edition.live.lower for edition in editions[1:]]
        for edition, next_one in zip_longest(editions, starts):
            if at is None or edition.live.lower < at:
                edition.expires_at = at
                edition.live = DateTimeTZRange(edition.live.lower, _sooner(at, next_one))
                changed.append(edition)
    Edition.objects.bulk_update(changed, ["expires_at", "live"])
    when = f"{timezone.localtime(at):%-d %B %Y, %H:%M}" if at else "No end"
    told = f"{when}. {why}" if why else when
    return Act.objects.bulk_create(
        _act(act, record, code, Act.Verb.EXPIRY_SET, by, told, now) for record, code in texts
    )


@transaction.atomic
def unschedule(texts, *, why="", by):
    """Cancels what is scheduled, as if it had never been: what is live keeps its own end. Raises NothingToWithdraw."""
    act, texts, now = uuid.uuid4(), *_now_locked(texts)
    ahead, cancelled, given_back = _open(texts, now), [], []
    for record, language in texts:
        editions = ahead.get((record, language), [])
        scheduled = [edition for edition in editions if edition.live.lower > now]
        if not scheduled:
            raise NothingToWithdraw(f"“{record}” is not scheduled in {languages.own_name(language)}.")
        cancelled += scheduled
        starts = {edition.live.lower for edition in scheduled}
        for edition in editions:
            if edition.live.lower <= now and edition.live.upper in starts:
                edition.live = DateTimeTZRange(edition.live.lower, edition.expires_at)
                given_back.append(edition)
    _end(cancelled, now)
    Edition.objects.bulk_update(given_back, ["live"])
    return Act.objects.bulk_create(
        _act(act, record, code, Act.Verb.UNSCHEDULED, by, why, now) for record, code in texts
    )


def _open(texts, now):
    """{text: its editions live or still to come at that moment, the earliest first}, in one query; a text without any
    has no entry."""
    wanted = {(*key_of(record), language): (record, language) for record, language in texts}
    still = Q(live__upper_inf=True) | Q(live__endswith__gt=now)
    rows = Edition.objects.filter(
        still, of_records(record for record, _language in texts), live__isempty=False
    )
    found = defaultdict(list)
    for edition in rows.order_by("live").defer("texts", "made_from", "title", "plain", "search"):
        text = wanted.get((*key_of_row(edition), edition.language))
        if text:
            found[text].append(edition)
    return dict(found)


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
    provenance_of(record, edition.language).exclude(field__in=edition.made_from).delete()
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


def _now_locked(texts):
    """The texts with their records locked, and the moment at which they were: who waited must not act in the past."""
    texts = _fresh(texts)
    return texts, timezone.now()


def _fresh(texts):
    """The same texts, each once, with their records freshly read and locked."""
    texts = list(texts)
    fresh = {key_of(record): record for record in locked([record for record, _language in texts])}
    return list(dict.fromkeys((fresh[key_of(record)], language) for record, language in texts))


def locked(records):
    """The same records, each once, freshly read and locked in one order, so that two publications cannot deadlock."""
    keys = defaultdict(set)
    for record in records:
        keys[type(record)].add(record.pk)
    found = []
    for model in sorted(keys, key=lambda model: model._meta.label):
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=keys[model])
        found += rows.order_by("pk")
    if len(found) < sum(map(len, keys.values())):
        raise ObjectDoesNotExist("A record was deleted meanwhile.")
    return found
