"""What a launch asks for once, for all of its texts."""

from django import forms

from publishing.desk.publication_forms import AheadField, comment
from publishing.translations.state import fingerprint, texts_of


def mark_of(record, language):
    """The value of a text's tick: which text, and what it said when it was shown."""
    said = fingerprint(texts_of(record, language))[:16]
    return f"{record._meta.label_lower}:{record.pk}:{language}:{said}"


class SignForm(forms.Form):
    """Submitting or approving: a comment."""

    note = comment("Note", "For colleagues. Kept with every text.")


class LaunchForm(SignForm):
    """Publishing: from when, until when."""

    at = AheadField(label="From, London time", required=False, help_text="Empty: now.")
    until = AheadField(label="Until, London time", required=False, help_text="Empty: no end.")

    field_order = ["at", "until", "note"]

    @property
    def has_more(self):
        """Whether the rarely used part is to stand open."""
        return any(self[name].value() or self[name].errors for name in self.fields)

    def clean(self):
        cleaned = super().clean()
        at, until = cleaned.get("at"), cleaned.get("until")
        if at and until and until <= at:
            self.add_error("until", "This is not after the beginning. Choose a later end, or none.")
        return cleaned
