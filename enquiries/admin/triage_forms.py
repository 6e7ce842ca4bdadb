"""The forms of the verbs of triage: each on the record, and on a page of its own where something is to be corrected."""

from django import forms

from accounts.models import Team, User
from enquiries.models import Enquiry
from enquiries.models.stage import Stage
from enquiries.stages import MOVES

REASON = forms.Textarea(attrs={"rows": 2})
LONGEST_REASON = 2000


def officers():
    """Who can be given enquiries: whoever may work on them and has not left."""
    found = User.objects.with_perm("enquiries.change_enquiry", is_active=True)
    return found.order_by("first_name", "last_name", "username")


def reason(required=True, label="Why", help_text=""):
    return forms.CharField(
        label=label, widget=REASON, max_length=LONGEST_REASON, required=required, help_text=help_text
    )


class VerbForm(forms.Form):
    """A form about one enquiry."""

    def __init__(self, *args, enquiry, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry = enquiry


class Receiver(forms.Form):
    """To whom something is given: an officer, a team, or both."""

    officer = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Nobody in particular")
    team = forms.ModelChoiceField(Team.objects.none(), required=False, empty_label="No team")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers()
        self.fields["team"].queryset = Team.objects.in_use()

    def clean(self):
        found = super().clean()
        if not self.errors and not found.get("officer") and not found.get("team"):
            raise forms.ValidationError("Choose an officer, a team or both.")
        return found


class AssignForm(Receiver, VerbForm):
    why = reason(help_text="They read it in the mail that tells them.")
    field_order = ["officer", "team", "why"]


class MoveForm(VerbForm):
    stage = forms.ChoiceField()
    shown = forms.ChoiceField(choices=Stage, widget=forms.HiddenInput, required=False)
    why = reason(required=False, help_text="Needed to close.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        possible = MOVES[Stage(self.enquiry.stage)]
        self.fields["stage"].choices = [
            (stage.value, stage.label)
            for stage in Stage
            if stage in possible or stage.value == self.data.get("stage")
        ]


class QualifyForm(VerbForm):
    readiness = forms.ChoiceField(choices=[("", "Choose"), *Enquiry.Readiness.choices])
    quality = forms.ChoiceField(choices=[("", "Choose"), *Enquiry.Quality.choices])
    why = reason(required=False, label="What makes you think so")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readiness"].initial = self.enquiry.investment_readiness
        self.fields["quality"].initial = self.enquiry.quality


class NoteForm(VerbForm):
    text = forms.CharField(
        label="Note",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text="For colleagues. It stops no clock.",
    )


class WhyForm(VerbForm):
    why = reason()


class MergeForm(VerbForm):
    into = forms.CharField(widget=forms.HiddenInput)
    why = reason(required=False)

    def clean_into(self):
        found = Enquiry.objects.filter(reference=self.cleaned_data["into"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError("There is no enquiry with that reference.")
        return found


class HandOverForm(Receiver):
    why = reason(help_text="It stands on every enquiry, and in the mail to whoever gets them.")
    rules = forms.BooleanField(label="Their assignment rules as well", required=False, initial=True)
    field_order = ["officer", "team", "why", "rules"]
