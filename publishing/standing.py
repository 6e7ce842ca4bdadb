"""The two things that are known of each record and language, for staff to see: what the public has, reckoned from the
windows of its editions, and how the working copy stands, reckoned against the last of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from publishing import languages
from publishing.models import Desk, Edition
from publishing.rows import key_of, key_of_row, of_records
from publishing.translations.state import fingerprint, texts_of


@dataclass
class Standing:
    """One record in one language.

    `changed`: the working copy is neither what readers have nor what they will have (after a withdrawal: nor had).
    `expires_at`: when readers lose it, all that is scheduled to follow without a gap included.
    `live_edition`, `latest`: keys of what is live, and of the last that is live or scheduled, else the last that was.
    """

    language: str
    live_since: datetime | None = None
    scheduled_for: datetime | None = None
    withdrawn_on: datetime | None = None
    expires_at: datetime | None = None
    reviewed_at: datetime | None = None
    changed: bool = False
    written: bool = False
    live_edition: int | None = None
    latest: int | None = None
    ahead: list = field(default_factory=list, repr=False)
    desk: Desk | None = None
    live_texts: dict | None = field(default=None, repr=False)
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
        key_of(record): {
            code: _standing(code, windows[*key_of(record), code], at) for code in languages.codes()
        }
        for record in records
    }
    compared = {
        key
        for by_code in found.values()
        for standing in by_code.values()
        for key in (*standing.ahead, standing.latest)
    }
    published = dict(Edition.objects.filter(pk__in=compared - {None}).values_list("pk", "texts"))
    for record in records:
        for code, standing in found[key_of(record)].items():
            desk = desks.get((*key_of(record), code))
            _compare(standing, texts_of(record, code), published, desk)
    return found


def _windows(records):
    rows = defaultdict(list)
    editions = Edition.objects.filter(of_records(records), live__isempty=False).order_by("live")
    for edition in editions.only(
        "record_type_id", "record_id", "language", "live", "expires_at", "reviewed_at"
    ):
        rows[*key_of_row(edition), edition.language].append(edition)
    return rows


def _desks(records):
    desks = Desk.objects.filter(of_records(records)).select_related("moved_by", "assignee")
    return {(*key_of_row(desk), desk.language): desk for desk in desks}


def _standing(code, editions, at):
    standing = Standing(code)
    for edition in editions:
        window = edition.live
        standing.latest = edition.pk
        if window.upper and window.upper <= at:
            standing.withdrawn_on = window.upper
            continue
        standing.ahead.append(edition.pk)
        if window.lower > at:
            standing.scheduled_for = standing.scheduled_for or window.lower
        else:
            standing.live_since, standing.reviewed_at = window.lower, edition.reviewed_at
            standing.live_edition = edition.pk
        if len(standing.ahead) == 1 or standing.expires_at == window.lower:
            standing.expires_at = window.upper
    return standing


def _compare(standing, texts, published, desk):
    """`published`: texts of editions by key."""
    standing.live_texts, standing.latest_texts = (
        published.get(standing.live_edition),
        published.get(standing.latest),
    )
    standing.desk, standing.written = desk, any(texts.values())
    if standing.latest:
        compared = [published[key] for key in standing.ahead or [standing.latest]]
        standing.changed = not any(_same(texts, other) for other in compared)
    standing.stage_stands = bool(desk and desk.stage) and desk.text_md5 == fingerprint(texts)


def _same(texts, other):
    return all(text == other.get(name, "") for name, text in texts.items())
