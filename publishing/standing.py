"""The two things that are known of each record and language, for staff to see: what the public has, reckoned from the
windows of its editions, and how the working copy stands, reckoned against the last of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from publishing import languages
from publishing.models import Desk, Edition
from publishing.translation_state import fingerprint, texts_of


@dataclass
class Standing:
    """One record in one language.

    `changed`: the working copy holds anything that readers neither have nor will have (after a withdrawal: nor had).
    `expires_at`: when readers lose it, unless another text takes its place.
    `latest`: key of the edition it is compared with, the last that is live or scheduled, else the last that was.
    """

    language: str
    live_since: datetime | None = None
    scheduled_for: datetime | None = None
    withdrawn_on: datetime | None = None
    expires_at: datetime | None = None
    reviewed_at: datetime | None = None
    changed: bool = False
    written: bool = False
    latest: int | None = None
    desk: Desk | None = None
    latest_texts: dict | None = field(default=None, repr=False)
    stage_stands: bool = field(default=False, repr=False)

    @property
    def state(self):
        if self.live_since:
            return "live"
        if self.scheduled_for:
            return "scheduled"
        return "withdrawn" if self.withdrawn_on else "never published"

    @property
    def working(self):
        """unchanged, changed, in review or approved. A review of an earlier text no longer stands."""
        if not self.changed and (self.latest or not self.written):
            return "unchanged"
        return self.desk.stage if self.stage_stands else "changed"

    @property
    def at(self):
        """Since or for when it is so."""
        return self.live_since or self.scheduled_for or self.withdrawn_on

    @property
    def next_at(self):
        """When a successor of what is live now takes over."""
        return self.scheduled_for if self.live_since else None

    @property
    def own_name(self):
        return languages.own_name(self.language)


def standings(records, at=None):
    """{pk: {language: Standing}} for records of one model, in three queries."""
    return {pk: by_code for (_model, pk), by_code in standings_of_any(records, at).items()}


def standings_of_any(records, at=None):
    """{(model, pk): {language: Standing}} for records of any models, in three queries."""
    at, records = at or timezone.now(), list(records)
    if not records:
        return {}
    windows, desks = _windows(records), _desks(records)
    found = {
        _key(record): {code: _standing(code, windows[*_key(record), code], at) for code in languages.codes()}
        for record in records
    }
    latest = [standing.latest for by_code in found.values() for standing in by_code.values()]
    texts = dict(Edition.objects.filter(pk__in=filter(None, latest)).values_list("pk", "texts"))
    for record in records:
        for code, standing in found[_key(record)].items():
            desk = desks.get((*_key(record), code))
            _compare(standing, texts_of(record, code), texts.get(standing.latest), desk)
    return found


def _key(record):
    return type(record), record.pk


def _of(records):
    """A condition on rows that name a record by its type and key."""
    keys = defaultdict(set)
    for record in records:
        keys[ContentType.objects.get_for_model(record)].add(record.pk)
    condition = Q()
    for record_type, ids in keys.items():
        condition |= Q(record_type=record_type, record_id__in=ids)
    return condition


def _model_of(row):
    return ContentType.objects.get_for_id(row.record_type_id).model_class()


def _windows(records):
    rows = defaultdict(list)
    editions = Edition.objects.filter(_of(records), live__isempty=False).order_by("live")
    for edition in editions.only(
        "record_type_id", "record_id", "language", "live", "expires_at", "reviewed_at"
    ):
        rows[_model_of(edition), edition.record_id, edition.language].append(edition)
    return rows


def _desks(records):
    desks = Desk.objects.filter(_of(records)).select_related("moved_by", "assignee")
    return {(_model_of(desk), desk.record_id, desk.language): desk for desk in desks}


def _standing(code, editions, at):
    standing = Standing(code)
    for edition in editions:
        window = edition.live
        if window.lower > at:
            if not standing.live_since and not standing.scheduled_for:
                standing.expires_at = edition.expires_at
            standing.scheduled_for = standing.scheduled_for or window.lower
        elif window.upper is None or window.upper > at:
            standing.live_since, standing.reviewed_at = window.lower, edition.reviewed_at
            standing.expires_at = window.upper if window.upper == edition.expires_at else None
        else:
            standing.withdrawn_on = window.upper
        standing.latest = edition.pk
    return standing


def _compare(standing, texts, latest_texts, desk):
    standing.latest_texts, standing.desk = latest_texts, desk
    standing.written = any(texts.values())
    if latest_texts is not None:
        standing.changed = any(text != latest_texts.get(name, "") for name, text in texts.items())
    standing.stage_stands = bool(desk and desk.stage) and desk.text_md5 == fingerprint(texts)
