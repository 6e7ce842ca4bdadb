from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from prospectus.models import Event, NewsItem, Page
from prospectus.models.event import known_zone
from publishing.desk.base import PublishableAdmin
from publishing.desk.forms import MomentInput, PublishableForm
from publishing.formats import format_time_span


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    list_display_facts = ["slug", "position"]
    facts = [("Facts", ["special", "position"])]


@admin.register(NewsItem)
class NewsItemAdmin(PublishableAdmin):
    list_display_facts = ["date", "category"]
    list_filter = ["category"]
    autocomplete_fields = ["organisations", "opportunities", "memoranda", "visits", "sources"]
    facts = [
        ("Facts", ["date", "category"]),
        ("Leads on to", ["organisations", "opportunities", "memoranda", "visits"]),
        ("Where it comes from", ["sources"]),
    ]
    staff_only = ["source_note"]


class ZonedMoment(forms.DateTimeField):
    """A date and time on the clock of the place where it happens, whatever the clock of the editor."""

    widget = MomentInput
    zone = None

    def prepare_value(self, value):
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value):
        with timezone.override(self.zone):
            return super().to_python(value)


class EventForm(PublishableForm):
    starts_at = ZonedMoment(label="Starts", help_text="On the clock of the event's zone.")
    ends_at = ZonedMoment(label="Ends")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            if name in self.fields:
                self.fields[name].zone = self._zone()

    def _zone(self):
        """The zone sent along, else the event's own; one that does not exist is refused in its own field."""
        chosen = self.data.get("zone") or self.instance.zone
        try:
            known_zone(chosen)
        except ValidationError:
            chosen = self.instance.zone
        return ZoneInfo(chosen)


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    form = EventForm
    list_display_facts = ["when", "district", "organiser"]
    list_filter = ["district"]
    list_select_related = ["organiser"]
    autocomplete_fields = ["organiser", "venue_organisation", "site", "sources"]
    facts = [
        ("When, on the clock of the place", ["zone", "starts_at", "ends_at"]),
        ("Where", ["district", "postcode", "site", "venue_organisation"]),
    ]
    more_facts = [
        (
            "More facts, public at once",
            ["organiser", ("series", "held_in"), ("cost", "booking_required"), "sources"],
        ),
    ]
    staff_only = ["source_note"]

    @admin.display(description="when", ordering="starts_at")
    def when(self, event):
        return format_time_span(event.starts_at, event.ends_at, "en", event.zone)
