"""What the public has of a record in each language, reckoned from the windows of its editions, for staff to see."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, JSONField, Q, When
from django.utils import timezone

from publishing import languages
from publishing.models import Edition
from publishing.translation_state import texts_of


@dataclass
class Standing:
    """One record in one language: live since, scheduled for, withdrawn on, or never published; and whether the working
    copy holds anything that readers neither have nor will have (`changed`)."""

    language: str
    live_since: datetime | None = None
    scheduled_for: datetime | None = None
    withdrawn_on: datetime | None = None
    changed: bool = False
    latest_texts: dict | None = field(default=None, repr=False)

    @property
    def state(self):
        if self.live_since:
            return "live"
        if self.scheduled_for:
            return "scheduled"
        return "withdrawn" if self.withdrawn_on else "never published"

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
    """{pk: {language: Standing}} for records of one model, in one query. Texts come only with editions that readers
    have or will have."""
    at, records = at or timezone.now(), list(records)
    if not records:
        return {}
    windows = defaultdict(list)
    for pk, language, window, texts in _editions(records, at):
        windows[pk, language].append((window, texts))
    return {
        record.pk: {code: _standing(record, code, windows[record.pk, code], at) for code in languages.codes()}
        for record in records
    }


def _editions(records, at):
    ahead = Q(live__contains=at) | Q(live__startswith__gt=at)
    return (
        Edition.objects.filter(
            record_type=ContentType.objects.get_for_model(records[0]),
            record_id__in=[record.pk for record in records],
            live__isempty=False,
        )
        .annotate(texts_ahead=Case(When(ahead, then=F("texts")), output_field=JSONField()))
        .order_by("live")
        .values_list("record_id", "language", "live", "texts_ahead")
    )


def _standing(record, code, windows, at):
    standing = Standing(code)
    for window, texts in windows:
        if window.lower > at:
            standing.scheduled_for = standing.scheduled_for or window.lower
        elif window.upper is None or window.upper > at:
            standing.live_since = window.lower
        else:
            standing.withdrawn_on = window.upper
        standing.latest_texts = texts or standing.latest_texts
    if standing.latest_texts is not None:
        standing.changed = any(
            text != standing.latest_texts.get(name, "") for name, text in texts_of(record, code).items()
        )
    return standing
