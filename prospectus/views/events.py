from datetime import UTC, date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, F, Prefetch, When
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opportunities.models import Site
from prospectus.feeds import LanguageFeed
from prospectus.models import Event
from prospectus.views.base import RecordPage, gone
from prospectus.views.lists import RecordList
from publishing.addresses import Moved, Withdrawn, find_readable
from publishing.formats import format_date, format_time_span, formatter
from publishing.reading import read

# The clock on the wall of most readers of a language; a language without one gets the event's own zone only.
READERS_ZONES = {"ko": "Asia/Seoul"}


class Occasion:
    """An event as a page shows it: its time where it takes place and, if that differs, where it is read."""

    def __init__(self, reading, language):
        self.reading, self.record = reading, reading.record
        event = reading.record
        self.is_past = event.is_past
        starts, ends = (
            moment.astimezone(ZoneInfo(event.zone)) for moment in (event.starts_at, event.ends_at)
        )
        self.date = format_date(starts)
        self.one_day = starts.date() == ends.date()
        self.hours = _("%(starts)s–%(ends)s") % {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
        self.zone = formatter(language).clock(event.zone)
        self.span = format_time_span(event.starts_at, event.ends_at, zone=event.zone)
        readers_zone = READERS_ZONES.get(language, event.zone)
        self.readers_span = (
            ""
            if readers_zone == event.zone
            else format_time_span(event.starts_at, event.ends_at, zone=readers_zone)
        )


class EventList(RecordList):
    """What is to come, soonest first; then what has taken place, latest first."""

    template_name = "prospectus/events.html"
    section = "events"
    queryset = Event.objects.all()

    def rows(self, fallback):
        past = Case(When(ends_at__lt=timezone.now(), then=1), default=0)
        soonest = Case(When(past=0, then=F("starts_at")))
        return super().rows(fallback).annotate(past=past).order_by("past", soonest, "-starts_at", "slug")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        occasions = [Occasion(reading, self.language) for reading in context["rows"]]
        return context | {
            "upcoming": [occasion for occasion in occasions if not occasion.is_past],
            "past": [occasion for occasion in occasions if occasion.is_past],
        }


class EventPage(RecordPage):
    template_name = "prospectus/event.html"
    section = "events"
    queryset = Event.objects.select_related("organiser").prefetch_related(
        Prefetch("site", Site.objects.facts()), "sources"
    )

    @cached_property
    def others(self):
        """Other events of the same series."""
        if not self.record.series:
            return []
        rows = self.readable(Event.objects.facts()).filter(series=self.record.series)
        return list(rows.exclude(pk=self.record.pk).order_by("starts_at"))

    def get_context_data(self, **kwargs):
        event = self.record
        readings = self.read([event, event.site, *self.others])
        return super().get_context_data(**kwargs) | {
            "occasion": Occasion(readings[event], self.language),
            "event": readings[event],
            "record": event,
            "site": readings.get(event.site),
            "others": [Occasion(reading, self.language) for reading in readings.of(self.others)],
            "held_in": [
                get_language_info(code.strip())["name_translated"]
                for code in event.held_in.split(",")
                if code
            ],
            "sources": event.sources.all(),
        }


class EventFeed(LanguageFeed):
    queryset = Event.objects.order_by("-starts_at", "slug")
    list_name, feed_name, lead = "prospectus:events", "prospectus:event_feed", "summary"

    def title(self):
        return _("Events of the Liverpool City Region investment prospectus")

    def item_description(self, reading):
        event = reading.record
        when = format_time_span(event.starts_at, event.ends_at, zone=event.zone)
        return f"{when}. {reading.venue}. {reading.summary}"


@login_not_required
@require_safe
def event_calendar(request, slug):
    """The event as a calendar file, on the clock of the place where it happens."""
    language = request.LANGUAGE_CODE
    try:
        event, _languages = find_readable(Event.objects.facts(), slug, language)
    except Moved as moved:
        return HttpResponsePermanentRedirect(reverse("prospectus:event_calendar", args=[moved.slug]))
    except Withdrawn:
        return gone(request)
    calendar = calendar_of(read([event], language)[event])
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{event.slug}.ics"'},
    )


def calendar_of(reading):
    event = reading.record
    zone = ZoneInfo(event.zone)
    entry = icalendar.Event()
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", reading.published_at.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("summary", reading.title)
    entry.add("description", reading.summary)
    entry.add(
        "location", ", ".join(part for part in (reading.venue, reading.address, event.postcode) if part)
    )
    entry.add("url", settings.SITE_URL + event.get_absolute_url())
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Liverpool City Region//Investment prospectus//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    calendar.add_missing_timezones(date(event.starts_at.year, 1, 1), date(event.ends_at.year + 1, 1, 1))
    return calendar
