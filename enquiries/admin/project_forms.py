"""The fields and forms of an investment project in the staff admin."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from enquiries import countries
from enquiries.models import InvestmentProject, Sector
from enquiries.project_stages import Status, next_stage
from enquiries.projects import missing_for_next
from publishing.desk.forms import DayInput

MOST_POUNDS = 10**15
AMOUNT = re.compile(r"£?\s*(?P<digits>\d[\d,.\s]*?)\s*(?P<unit>k|m|bn)?", re.IGNORECASE)
UNITS = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}
WHY = forms.Textarea({"rows": 2})


def pounds(value):
    """£1,250,000; nothing for nothing."""
    return "" if value is None else f"£{value:,}"


class PoundsInput(forms.TextInput):
    """Whole pounds in groups of three digits."""

    def format_value(self, value):
        return pounds(value) if isinstance(value, int) else super().format_value(value)


class Pounds(forms.Field):
    """An amount as people type it: 1250000, £1,250,000, 1.25m."""

    widget = PoundsInput

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        found = AMOUNT.fullmatch(str(value).strip())
        try:
            digits = re.sub(r"[,\s]", "", found["digits"]) if found else ""
            amount = Decimal(digits) * UNITS[(found["unit"] or "").lower()] if digits else None
        except InvalidOperation:
            amount = None
        if amount is None or amount != int(amount):
            raise forms.ValidationError("Enter whole pounds, such as £1,250,000 or 1.25m.")
        if amount > MOST_POUNDS:
            raise forms.ValidationError("That is more than any project can be worth.")
        return int(amount)

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except forms.ValidationError:
            return True


def several(db_field):
    """Checkboxes for a short list of words; for countries two boxes with a search, plain without script."""
    choices = db_field.base_field.flatchoices
    many = len(choices) > 40
    name = db_field.verbose_name
    return forms.TypedMultipleChoiceField(
        label=name[:1].upper() + name[1:],
        choices=choices,
        required=False,
        help_text=db_field.help_text,
        widget=FilteredSelectMultiple(name, False) if many else forms.CheckboxSelectMultiple,
    )


def staff_at_work(chosen=()):
    """Members of staff that a project may be given to, and those who have it."""
    at_work = Q(is_active=True, is_staff=True)
    return User.objects.filter(at_work | Q(pk__in=chosen)).order_by("first_name", "last_name", "username")


class ProjectForm(forms.ModelForm):
    """The facts of a project. Stage and status move by verbs of their own; what the next stage demands and the project
    lacks is said at its field."""

    class Meta:
        model = InvestmentProject
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        project = self.instance
        if "sectors" in self.fields:
            chosen = project.sectors.values("pk") if project.pk else []
            self.fields["sectors"].queryset = Sector.objects.filter(Q(retired_at=None) | Q(pk__in=chosen))
        if project.pk:
            stage = next_stage(project.stage)
            for item in missing_for_next(project):
                if item.name in self.fields:
                    field = self.fields[item.name]
                    field.help_text = f"Needed for {stage.label}. {field.help_text}".strip()


class VerbForm(forms.Form):
    """One act on a project. `shown` is the standing that its user saw."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, initial={"shown": project.standing} | kwargs.pop("initial", {}), **kwargs)
        self.project = project

    def given(self):
        """What the verb is called with, beside the project and who does it."""
        return dict(self.cleaned_data)


class MoveForm(VerbForm):
    stage = forms.ChoiceField(choices=InvestmentProject.Stage)
    why = forms.CharField(label="Why", widget=WHY, required=False, max_length=2000)


class StatusForm(VerbForm):
    status = forms.ChoiceField(
        label="It is now",
        choices=[(s.value, s.label) for s in (Status.ONGOING, Status.DELAYED, Status.DORMANT)],
    )
    why = forms.CharField(label="Why", widget=WHY, required=False, max_length=2000)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, project=project, **kwargs)
        status = self.fields["status"]
        status.choices = [pair for pair in status.choices if pair[0] != project.status]


class EndForm(VerbForm):
    on = forms.DateField(label="On", widget=DayInput)
    why = forms.CharField(label="Why", widget=WHY, max_length=2000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"on": timezone.localdate()}, **kwargs)


class LoseForm(EndForm):
    country_lost_to = forms.ChoiceField(label="To which country", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country_lost_to"].choices = [("", "Not known"), *countries.in_english()]


class WinForm(VerbForm):
    landed_on = forms.DateField(label="Landed on", widget=DayInput)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, project=project, initial={"landed_on": project.actual_land_date}, **kwargs)


class ReopenForm(VerbForm):
    why = forms.CharField(label="Why", widget=WHY, max_length=2000)
