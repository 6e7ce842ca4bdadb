"""What an officer fills in: an enquiry that came by telephone or at an event, the file of a mail, a corrected time."""

import uuid
from datetime import UTC, datetime, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from enquiries import countries
from enquiries.forms.enquiry_form import without_unreadable
from enquiries.forms.fields import Email, Line, Prose, Telephone, TelephoneOfCountry, Website
from enquiries.models import Enquiry, EnquiryConsent, Sector
from enquiries.models.enquiry import LONDON, PLANS_LIMIT
from opportunities.models import Opportunity

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
ASKED = [("", "Not asked"), ("yes", "Yes"), ("no", "No")]
SEVERAL = {"sectors", "opportunities"}
HIDDEN = {"submission_key"}


class LondonTime(forms.DateTimeField):
    """A moment in London that has been. Of an hour that comes twice in autumn the first is meant: it buys no time."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": "Enter day and time, such as 23/11/2026 10:15"}

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        try:
            naive = parse_datetime(value.strip()) or super().to_python(value).replace(tzinfo=None)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if naive.tzinfo:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if naive.year < EARLIEST.year or naive.year > 9000:
            raise ValidationError("Look at the year again.")
        moment = naive.replace(tzinfo=LONDON).astimezone(UTC)
        if moment.astimezone(LONDON).replace(tzinfo=None) != naive:
            raise ValidationError("There was no such time: the clocks went forward.")
        return moment

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.now() + timedelta(seconds=59):
            raise ValidationError("That is still to come. Enter when it was received.")


class ByHandForm(TelephoneOfCountry, forms.Form):
    """An enquiry that did not come by the website, as an officer writes it down."""

    channel = forms.ChoiceField(
        label="How it came", choices=[(one.value, one.label) for one in Enquiry.Channel if one != "website"]
    )
    received_at = LondonTime(
        label="Received", help_text="London time, when it reached us: the clock runs from then."
    )
    plans = Prose(
        label="What they ask",
        limit=PLANS_LIMIT,
        missing="Write what they plan or want to know",
        widget=forms.Textarea({"rows": 7}),
    )
    family_name = Line(label="Family name", limit=100)
    given_name = Line(label="Given name", limit=100)
    organisation = Line(label="Organisation", limit=200)
    job_title = Line(label="Job title", limit=150)
    email = Email(label="E-mail", limit=254)
    telephone = Telephone(
        label="Telephone", limit=40, help_text="With the country code, or with the country chosen."
    )
    country = forms.ChoiceField(label="Country of headquarters", required=False)
    website = Website(label="Website", limit=300)
    reply_language = forms.ChoiceField(label="Answer in", choices=settings.LANGUAGES)
    how_heard = forms.ChoiceField(
        label="How they heard of us", required=False, choices=[("", "Not known"), *Enquiry.HowHeard.choices]
    )
    opportunities = forms.MultipleChoiceField(
        label="Opportunities they ask about", required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(label="Sectors", required=False, widget=forms.CheckboxSelectMultiple)
    consent_email = forms.ChoiceField(label="News by e-mail", choices=ASKED, required=False)
    consent_telephone = forms.ChoiceField(label="News by telephone", choices=ASKED, required=False)
    consent_wording = Line(
        label="The words in which you asked", limit=500, help_text="As said, in the language of the answer."
    )
    acknowledge = forms.BooleanField(
        label="Send the automatic acknowledgement",
        required=False,
        help_text="Needs an e-mail address. It stops no clock.",
    )
    submission_key = forms.CharField(widget=forms.HiddenInput, required=False)

    groups = [
        ("The enquiry", [["channel", "received_at"], ["plans"]]),
        (
            "Who asks",
            [
                ["family_name", "given_name"],
                ["organisation", "job_title"],
                ["email", "telephone"],
                ["country", "website"],
                ["reply_language", "how_heard"],
            ],
        ),
        ("What about", [["opportunities"], ["sectors"]]),
        ("Consents", [["consent_email", "consent_telephone"], ["consent_wording"]]),
        ("Acknowledgement", [["acknowledge"]]),
    ]

    def __init__(self, data=None):
        initial = {
            "submission_key": str(uuid.uuid4()),
            "received_at": timezone.localtime(timezone.now(), LONDON),
        }
        initial |= {"channel": Enquiry.Channel.TELEPHONE, "reply_language": settings.LANGUAGES[0][0]}
        super().__init__(None if data is None else without_unreadable(data), initial=initial)
        self.fields["country"].choices = [("", "Not known"), *countries.in_english()]
        self.fields["sectors"].choices = [(one.key, one.name_en) for one in Sector.objects.offered()]
        asked_about = Opportunity.objects.facts().order_by("title_en").values_list("slug", "title_en")
        self.fields["opportunities"].choices = list(asked_about)

    def clean(self):
        content = super().clean()
        who = ("family_name", "organisation", "email", "telephone")
        if not any(content.get(name) for name in who) and not any(name in self.errors for name in who):
            raise ValidationError(
                "Say who asks: a family name, an organisation, an e-mail address or a telephone."
            )
        if content.get("acknowledge") and not content.get("email") and "email" not in self.errors:
            self.add_error("acknowledge", "Enter the e-mail address, or take the tick away")
        asked = content.get("consent_email") or content.get("consent_telephone")
        if asked and not content.get("consent_wording") and "consent_wording" not in self.errors:
            self.add_error("consent_wording", "Write the words in which you asked")
        return content

    @property
    def rows(self):
        """[(heading, [[field, …], …])] as the page shows them."""
        return [
            (heading, [[self[name] for name in line] for line in lines]) for heading, lines in self.groups
        ]

    @property
    def key(self):
        try:
            return uuid.UUID(self.cleaned_data["submission_key"])
        except ValueError:
            return None

    @property
    def consents(self):
        """[(kind, given)] of what was asked."""
        answers = [(kind, self.cleaned_data[f"consent_{kind}"]) for kind in EnquiryConsent.Kind.values]
        return [(kind, answer == "yes") for kind, answer in answers if answer]

    @property
    def typed(self):
        """What was typed and chosen, as it came: the original of an enquiry entered by hand."""
        names = [name for name in self.fields if name not in HIDDEN and name in self.data]
        return {name: self.data.getlist(name) if name in SEVERAL else self.data[name] for name in names}


class UploadForm(forms.Form):
    """One mail, saved as a file."""

    file = forms.FileField(
        label="The mail (.eml)",
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ".eml,message/rfc822"}),
        help_text="Up to 25 MB, as your mail program saves it.",
        error_messages={"required": "Choose the file of a mail"},
    )
    acknowledge = forms.BooleanField(
        label="Send the automatic acknowledgement if it is a new enquiry",
        required=False,
        help_text="It stops no clock.",
    )


class ReceiptForm(forms.Form):
    """When an enquiry was really received, and how we know."""

    received_at = LondonTime(label="Received", help_text="London time.")
    why = forms.CharField(
        label="How you know", max_length=2000, widget=forms.Textarea({"rows": 2}), strip=True
    )
