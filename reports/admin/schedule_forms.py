"""Forms of a schedule. What is asked of the report is its own form (`Report.asking`)."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst

from reports.models import Schedule, ScheduleRecipient
from reports.schedules import Frequency, in_words
from reports.scheduling import may_see

NEEDED = {Frequency.WEEKLY: "weekday", Frequency.MONTHLY: "day_of_month"}
MISSING = {
    "weekday": "Say on which day of the week.",
    "day_of_month": "Say on which day of the month, 1 to 31.",
}


class ScheduleForm(forms.ModelForm):
    """When, and to whom. A change of the time counts from now on: nothing is due for days that are over."""

    prefix = "schedule"
    weekday = forms.TypedChoiceField(
        choices=[("", "Choose a day"), *((number, day) for number, day in WEEKDAYS.items())],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="For every week.",
    )
    day_of_month = forms.IntegerField(
        min_value=1,
        max_value=31,
        required=False,
        help_text="For every month. In a shorter month its last day.",
    )
    at_hour = forms.IntegerField(
        label="Hour in London", min_value=0, max_value=23, initial=8, help_text="0 to 23."
    )
    recipients = forms.ModelMultipleChoiceField(
        get_user_model().objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one colleague."},
        help_text="Each gets a link, and must be allowed to see the report when they open it.",
    )

    class Meta:
        model = Schedule
        fields = ["name", "frequency", "weekday", "day_of_month", "at_hour", "owner"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.was_due = in_words(self.instance) if self.instance.pk else ""
        at_work = get_user_model().objects.filter(is_active=True, is_staff=True)
        at_work = at_work.order_by("first_name", "last_name", "username")
        self.fields["recipients"].queryset = at_work.exclude(email="")
        self.fields["owner"].queryset = at_work
        self.fields["owner"].help_text = "Is told when it fails or is late."
        if self.instance.pk:
            self.fields["recipients"].initial = [row.user_id for row in self.instance.recipients.all()]

    def clean_recipients(self):
        people = self.cleaned_data["recipients"]
        if barred := [str(user) for user in people if not may_see(self.instance, user)]:
            raise forms.ValidationError(f"May not see this report: {', '.join(barred)}.")
        return people

    def clean(self):
        """Days that the frequency does not ask for are left out, so that nobody has to empty them."""
        cleaned = super().clean()
        needed = NEEDED.get(cleaned.get("frequency"))
        for name in NEEDED.values():
            if name != needed:
                cleaned[name] = None
                self.errors.pop(name, None)
            elif cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, MISSING[name])
        return cleaned

    def save(self, commit=True):
        schedule = self.instance
        if self.was_due and self.was_due != in_words(schedule):
            schedule.starts_at = timezone.now()
        schedule.save()
        chosen = self.cleaned_data["recipients"]
        schedule.recipients.exclude(user__in=chosen).delete()
        for user in chosen:
            ScheduleRecipient.objects.get_or_create(schedule=schedule, user=user)
        return schedule


def usual_name(schedule, report):
    return capfirst(str(schedule.pack or report.title))[:150]
