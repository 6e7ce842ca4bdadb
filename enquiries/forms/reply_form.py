"""The forms of a reply and of a contact that took place outside the system."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from opportunities.models import Opportunity
from partners.models import Interaction

MOST_CHOSEN = 40


class ReplyForm(forms.Form):
    """A draft as it is typed. It is kept with whatever is missing or wrong; only sending asks for more."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    to = forms.CharField(max_length=254, required=False)
    subject = forms.CharField(max_length=200, required=False)
    body = forms.CharField(max_length=50_000, required=False, strip=False, widget=forms.Textarea)
    shortlist = forms.MultipleChoiceField(required=False)
    then_wait = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slugs = Opportunity.objects.facts().values_list("slug", flat=True)
        self.fields["shortlist"].choices = [(slug, slug) for slug in slugs]

    def clean_shortlist(self):
        chosen = self.cleaned_data["shortlist"]
        if len(chosen) > MOST_CHOSEN:
            raise ValidationError(f"Choose {MOST_CHOSEN} opportunities at most.")
        return chosen


class ContactForm(forms.Form):
    """A call, a meeting, a letter: by which channel, when, who to whom."""

    DIRECTIONS = [
        (Interaction.Direction.CONVERSATION, "We spoke with them"),
        (Interaction.Direction.FROM_US, "From us to them"),
        (Interaction.Direction.FROM_THEM, "From them to us"),
    ]

    channel = forms.ChoiceField(choices=Interaction.Channel.choices, initial=Interaction.Channel.TELEPHONE)
    direction = forms.ChoiceField(
        choices=DIRECTIONS, initial=Interaction.Direction.CONVERSATION, widget=forms.RadioSelect
    )
    at = forms.DateTimeField(
        label="When (London)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    subject = forms.CharField(max_length=250, help_text="What it was about, in a line.")
    notes = forms.CharField(
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What was said.",
    )
    reached = forms.BooleanField(
        label="It reached them",
        required=False,
        initial=True,
        help_text="Not ticked for a voicemail or an unanswered call: that counts as no answer.",
    )
    then_wait = forms.BooleanField(
        label="Now we wait for their answer",
        required=False,
        help_text="The clock of qualification stands still until they answer.",
    )

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at > timezone.now():
            raise ValidationError("This is still to come. Log a contact when it has taken place.")
        return at

    def clean(self):
        found = super().clean()
        if found.get("direction") == Interaction.Direction.FROM_THEM:
            found["reached"] = True  # what came from them has reached us
            if found.get("then_wait"):
                self.add_error("then_wait", "They have just spoken: it is we who owe the next answer.")
        return found
