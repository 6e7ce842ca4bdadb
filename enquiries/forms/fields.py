"""Fields of the public form: each puts what was typed into normal form and says in a sentence what is wrong with it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.text import telephones
from publishing.text.normal_form import normal_line, normal_prose

# Stands for what cannot be shown; no text that holds it is accepted.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
BLANKS = "\t\n\r"
CHANGES_DIRECTION = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def showing_unreadable(text):
    """The text with every control character, and what could turn the order of letters, shown as a mark."""
    return "".join(UNREADABLE if _is_unreadable(c) else c for c in text)


def _is_unreadable(character):
    code = ord(character)
    if character in BLANKS:
        return False
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in CHANGES_DIRECTION


def readable(text):
    if UNREADABLE in text:
        raise ValidationError(
            _(
                "There is a character here that cannot be read, shown as %(mark)s. Take it out or type it again."
            ),
            code="unreadable",
            params={"mark": UNREADABLE},
        )


class Line(forms.CharField):
    """One line of text, with a sentence for being empty and one for being too long."""

    normalise = staticmethod(normal_line)
    too_long = _("This is %(length)d characters long. Shorten it to %(limit)d or fewer.")

    def __init__(self, *, limit, missing="", **kwargs):
        super().__init__(error_messages={"required": missing}, required=bool(missing), **kwargs)
        self.limit = limit

    def to_python(self, value):
        return self.normalise(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        readable(value)
        if len(value) > self.limit:
            raise ValidationError(
                self.too_long, code="too_long", params={"length": len(value), "limit": self.limit}
            )


class Prose(Line):
    """Several lines of text."""

    normalise = staticmethod(normal_prose)
    widget = forms.Textarea


class Email(Line):
    """An address that mail can be sent to."""

    widget = forms.EmailInput
    wrong = _("Enter an e-mail address we can answer, such as name@company.kr")

    def validate(self, value):
        super().validate(value)
        if value:
            forms.EmailField(max_length=self.limit, error_messages={"invalid": self.wrong}).clean(value)


class Website(Line):
    """An address of the web, completed to https:// where its beginning was left out."""

    widget = forms.TextInput
    wrong = _("Enter the address of a website, such as www.company.kr")

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        checker = forms.URLField(assume_scheme="https", error_messages={"invalid": self.wrong})
        address = checker.clean(value)
        if not address.lower().startswith(("http://", "https://")):
            raise ValidationError(self.wrong, code="invalid")
        if len(address) > self.limit:
            raise ValidationError(
                self.too_long, code="too_long", params={"length": len(address), "limit": self.limit}
            )
        return address


class Telephone(Line):
    """Any way of writing a number; `international` gives the one way in which it is stored."""

    widget = forms.TextInput
    wrong = _("Enter the number with its country code, such as +82 51 123 4567")


def international(number, country):
    """+82 51 123 4567: digits and blanks only. A number without + is read as one of that country."""
    try:
        return telephones.international(number, country)
    except ValueError as error:
        raise ValidationError(Telephone.wrong, code="invalid") from error


class TelephoneOfCountry:
    """For a form with `telephone` and `country`: a number without its country code is read as one of the country of
    headquarters."""

    def clean(self):
        content = super().clean()
        if content.get("telephone"):
            try:
                content["telephone"] = international(content["telephone"], content.get("country"))
            except ValidationError as error:
                self.add_error("telephone", error)
        return content
