"""What the public form asks, in the language of the page."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enquiries import countries, suspicion
from enquiries.forms.fields import (
    Email,
    Line,
    Prose,
    Telephone,
    TelephoneOfCountry,
    Website,
    showing_unreadable,
)
from enquiries.models import Enquiry, EnquiryConsent
from enquiries.models.enquiry import PLANS_LIMIT
from enquiries.names import FAMILY_FIRST

INPUT, SHORT = {"class": "input"}, {"class": "input input--s"}
HOW_HEARD = {
    Enquiry.HowHeard.SEARCH: _("Search engine"),
    Enquiry.HowHeard.PRESS: _("Press or an article"),
    Enquiry.HowHeard.SOCIAL: _("Social media"),
    Enquiry.HowHeard.EVENT: _("An event or exhibition"),
    Enquiry.HowHeard.VISIT: _("A delegation visit or a meeting"),
    Enquiry.HowHeard.TRADE_OFFICE: _("An embassy or trade office"),
    Enquiry.HowHeard.RECOMMENDATION: _("A recommendation"),
    Enquiry.HowHeard.OTHER: _("Another way"),
}
CONSENTS = {
    EnquiryConsent.Kind.EMAIL: _(
        "You may also e-mail me about other opportunities and events in the Liverpool City Region."
    ),
    EnquiryConsent.Kind.TELEPHONE: _(
        "You may also telephone me about other opportunities and events in the Liverpool City Region."
    ),
}


class EnquiryForm(TelephoneOfCountry, forms.Form):
    """The enquiry as an investor fills it in. `sectors` and `opportunities` give (key, name) pairs,
    and are called when they are looked at."""

    opportunities = forms.MultipleChoiceField(
        label=_("Opportunities you ask about"),
        required=False,
        error_messages={
            "invalid_choice": _(
                "One opportunity is no longer in the prospectus. Look through your choice again."
            )
        },
        widget=forms.CheckboxSelectMultiple,
    )
    plans = Prose(
        label=_("Your plans or question"),
        help_text=_("Up to 5,000 characters. Please leave out anything confidential."),
        limit=PLANS_LIMIT,
        missing=_("Write what you plan or want to know"),
        widget=forms.Textarea(INPUT | {"rows": 8}),
    )
    given_name = Line(
        label=_("Given name"),
        limit=100,
        missing=_("Enter your given name"),
        widget=forms.TextInput(SHORT | {"autocomplete": "given-name"}),
    )
    family_name = Line(
        label=_("Family name"),
        limit=100,
        missing=_("Enter your family name"),
        widget=forms.TextInput(SHORT | {"autocomplete": "family-name"}),
    )
    job_title = Line(
        label=_("Job title"),
        limit=150,
        widget=forms.TextInput(INPUT | {"autocomplete": "organization-title"}),
    )
    organisation = Line(
        label=_("Organisation"),
        limit=200,
        missing=_("Enter the name of your organisation"),
        widget=forms.TextInput(INPUT | {"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(
        label=_("Country of headquarters"),
        error_messages={
            "required": _("Choose the country of your headquarters"),
            "invalid_choice": _("Choose a country from the list"),
        },
        widget=forms.Select({"class": "select input--s", "autocomplete": "country"}),
    )
    website = Website(
        label=_("Website"),
        limit=300,
        widget=forms.TextInput(INPUT | {"autocomplete": "url", "inputmode": "url"}),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Your sectors"),
        required=False,
        error_messages={"invalid_choice": _("Choose sectors from the list")},
        widget=forms.CheckboxSelectMultiple,
    )
    email = Email(
        label=_("E-mail address"),
        help_text=_("We answer you at this address."),
        limit=254,
        missing=_("Enter an e-mail address we can answer, such as name@company.kr"),
        widget=forms.EmailInput(SHORT | {"autocomplete": "email"}),
    )
    telephone = Telephone(
        label=_("Telephone"),
        help_text=_("With the country code, such as +82 51 123 4567."),
        limit=40,
        widget=forms.TextInput(SHORT | {"autocomplete": "tel", "type": "tel"}),
    )
    reply_language = forms.ChoiceField(
        label=_("Language of our answer"),
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("Choose the language of our answer"),
            "invalid_choice": _("Choose the language of our answer"),
        },
        widget=forms.RadioSelect,
    )
    how_heard = forms.ChoiceField(
        label=_("How did you hear of us?"),
        required=False,
        error_messages={"invalid_choice": _("Choose an answer from the list")},
        widget=forms.Select({"class": "select input--s"}),
    )
    consent_email = forms.BooleanField(label=CONSENTS[EnquiryConsent.Kind.EMAIL], required=False)
    consent_telephone = forms.BooleanField(label=CONSENTS[EnquiryConsent.Kind.TELEPHONE], required=False)
    # How we know one opened form from another, how long it was open, and what led to it.
    submission_key = forms.CharField(widget=forms.HiddenInput, required=False)
    started = forms.CharField(widget=forms.HiddenInput, required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, sectors, opportunities, page="", chosen=()):
        initial = {"opportunities": list(chosen), "reply_language": get_language(), "page": page}
        initial |= {"submission_key": str(uuid.uuid4()), "started": suspicion.start_of_form()}
        super().__init__(
            None if data is None else without_unreadable(data), initial=initial, use_required_attribute=False
        )
        none = [("", _("Choose"))]
        self.fields["sectors"].choices = sectors
        self.fields["opportunities"].choices = opportunities
        self.fields["country"].choices = none + countries.choices(get_language())
        self.fields["how_heard"].choices = none + list(HOW_HEARD.items())
        for field in self.fields.values():
            if field.required:
                field.widget.attrs["aria-required"] = "true"
        if get_language() in FAMILY_FIRST:
            self.order_fields(["opportunities", "plans", "family_name", "given_name"])

    def clean(self):
        content = super().clean()
        asks_to_be_called = content.get("consent_telephone")
        if asks_to_be_called and not content.get("telephone") and "telephone" not in self.errors:
            self.add_error(
                "telephone", _("Enter a telephone number, or take back the tick for news by telephone")
            )
        return content

    @property
    def names(self):
        """The two fields of the name, in the order of the language."""
        return [field for field in self if field.name in {"given_name", "family_name"}]

    @property
    def consent_fields(self):
        return [self[f"consent_{kind}"] for kind in CONSENTS]

    @property
    def summary(self):
        """(field, sentence, whether the sentence needs the field's name before it) in the order of the page."""
        found = self.errors.as_data()
        return [
            (field, sentence, error.code in {"too_long", "unreadable"})
            for field in self
            for error in found.get(field.name, [])
            for sentence in error.messages
        ]

    @property
    def typed(self):
        """What was typed and chosen, field by field, as it came: the original of an enquiry."""
        hidden = {"submission_key", "started", "page"}
        several = {"sectors", "opportunities"}
        names = [name for name in self.fields if name not in hidden and name in self.data]
        return {name: self.data.getlist(name) if name in several else self.data[name] for name in names}

    @property
    def consents(self):
        """(kind, given, wording) of each question of consent, worded as it is shown."""
        return [
            (kind, self.cleaned_data[f"consent_{kind}"], str(wording)) for kind, wording in CONSENTS.items()
        ]

    @property
    def key(self):
        """The submission key, or None where a key was sent that we never made."""
        try:
            return uuid.UUID(self.cleaned_data["submission_key"])
        except ValueError:
            return None


def without_unreadable(data):
    """What was sent, with unreadable characters marked: what is shown again if it has to be corrected."""
    shown = data.copy()
    for name, values in data.lists():
        shown.setlist(name, [showing_unreadable(value) for value in values])
    return shown
