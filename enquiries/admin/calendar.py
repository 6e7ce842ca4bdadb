"""What the clock is reckoned by, kept by managers: office hours, closing days and targets.

Every change reckons the open enquiries again, in the same transaction or as its job.
"""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from enquiries import clock
from enquiries.beside import public_holidays
from enquiries.models import ClosingDay, OfficeHours, ResponseTarget
from enquiries.working_time import bank_holidays
from publishing.desk.base import DATES, DeskAdmin
from publishing.desk.display import tag, two_lines

MANAGE = "enquiries.manage_enquiry"
LEAST_OPEN = timedelta(hours=1)
MOST_HOURS = 800  # a hundred working days of eight hours
LAST_DAY = "This is the last day on which the office opens. An office that never opens answers nobody."


class TimeInput(forms.TimeInput):
    """The browser's own time."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class ReckoningAdmin(DeskAdmin):
    """Kept by those who may see what everybody owes. Saving and deleting reckons every open enquiry again."""

    formfield_overrides = DATES | {models.TimeField: {"widget": TimeInput}}

    def has_add_permission(self, request):
        return request.user.has_perm(MANAGE) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(MANAGE) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm(MANAGE) and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.changed_data:
            self.reckon(request)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.reckon(request)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self.reckon(request)

    def reckon(self, request):
        number, done = clock.calendar_changed()
        these = f"{number:,} open {'enquiry' if number == 1 else 'enquiries'}"
        if done:
            words = f"Due times of {these} have been reckoned again."
        else:
            words = f"Due times of {these} are being reckoned again; it takes a minute or two."
        self.message_user(request, words, messages.INFO)


class OfficeHoursForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes > opens and _length(opens, closes) < LEAST_OPEN:
            raise ValidationError(
                "The office opens for an hour at least. A day on which it is closed has no row."
            )
        return cleaned


@admin.register(OfficeHours)
class OfficeHoursAdmin(ReckoningAdmin):
    """One row a weekday on which the office opens. The last one stays."""

    form = OfficeHoursForm
    list_display = ["weekday", "opens_at", "closes_at"]
    fieldsets = [
        (
            None,
            {
                "fields": ["weekday", ("opens", "closes")],
                "description": "London’s time. A day of the week without a row is closed; so are bank holidays in "
                "England and closing days, whatever stands here.",
            },
        )
    ]
    actions = None

    def delete_view(self, request, object_id, extra_context=None):
        """Of two who delete the last two days at once, one is told."""
        with transaction.atomic():
            days = list(OfficeHours.objects.select_for_update().order_by("pk"))
            if len(days) < 2:
                self.message_user(request, LAST_DAY, messages.ERROR)
                return redirect(reverse("admin:enquiries_officehours_changelist"))
            return super().delete_view(request, object_id, extra_context)

    @admin.display(description="opens", ordering="opens")
    def opens_at(self, day):
        return f"{day.opens:%H:%M}"

    @admin.display(description="closes", ordering="closes")
    def closes_at(self, day):
        return f"{day.closes:%H:%M}"


@admin.register(ClosingDay)
class ClosingDayAdmin(ReckoningAdmin):
    """Days on which the office is closed beside weekends and bank holidays, which are shown here and cannot be
    changed."""

    change_list_template = "enquiries/admin/closing_days.html"
    empty_words = "No closing day of our own yet. Weekends and the bank holidays below are closed anyway."
    list_display = ["shown", "standing"]
    search_fields = ["name"]
    fieldsets = [
        (
            None,
            {
                "fields": [("day", "name")],
                "description": "The clock of every enquiry stands still on this day. Weekends and England’s bank "
                "holidays are closed already.",
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("-day")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.day in bank_holidays(obj.day.year):
            self.message_user(request, "That day is a bank holiday: it was closed already.", messages.WARNING)

    @admin.display(description="closing day", ordering="day")
    def shown(self, closing):
        return two_lines(closing.name, f"{closing.day:%A} {closing.day.day} {closing.day:%B %Y}")

    @admin.display(description="")
    def standing(self, closing):
        today = timezone.localdate()
        if closing.day == today:
            return tag("Closed today", "soon", "soon")
        return tag("To come", "tide", "scheduled") if closing.day > today else tag("Past", "bare")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"holidays": holidays_shown()} | (extra_context or {}))


class ResponseTargetForm(forms.ModelForm):
    def clean_hours(self):
        hours = self.cleaned_data["hours"]
        if hours > MOST_HOURS:
            raise ValidationError(f"At most {MOST_HOURS} working hours, which is a hundred working days.")
        return hours


@admin.register(ResponseTarget)
class ResponseTargetAdmin(ReckoningAdmin):
    """How soon we answer and qualify. What a sender was promised on the day is not changed by it."""

    form = ResponseTargetForm
    list_display = ["obligation", "hours", "warn_officer_hours", "warn_manager_hours"]
    fieldsets = [
        (
            None,
            {
                "fields": ["obligation", "hours", ("warn_officer_hours", "warn_manager_hours")],
                "description": "In working hours after receipt. The due times of all open enquiries follow; whoever "
                "has one that is due sooner than the warning is warned anew. What a sender was promised stays.",
            },
        )
    ]
    actions = None

    def has_add_permission(self, request):
        """Each obligation has its target from the first day."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["obligation"] if obj else []


def holidays_shown():
    """What stands beside the closing days: England's bank holidays, which are closed, and Korea's, which are not."""
    today = timezone.localdate()
    return [
        {
            "title": title,
            "note": note,
            "years": [
                {"year": year, "days": _days(country, year, today)} for year in (today.year, today.year + 1)
            ],
        }
        for country, title, note in (
            ("GB", "Bank holidays in England", "Closed, and not to be changed here."),
            (
                "KR",
                "Public holidays in Korea",
                "Working days here. Investors there may not read what we send.",
            ),
        )
    ]


def _days(country, year, today):
    found = bank_holidays(year) if country == "GB" else public_holidays(country, year)
    return [
        {"day": f"{day:%a} {day.day} {day:%B}", "name": name, "is_past": day < today}
        for day, name in sorted(found.items())
    ]


def _length(opens, closes):
    return timedelta(hours=closes.hour - opens.hour, minutes=closes.minute - opens.minute)
