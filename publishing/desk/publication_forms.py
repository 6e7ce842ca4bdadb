"""Forms of the publication page, one for each verb."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing import languages
from publishing.desk.forms import MomentInput
from publishing.models import Edition


class LanguagesField(forms.MultipleChoiceField):
    """Which languages an act is about, each by its own name."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        choices = [(code, languages.own_name(code)) for code in languages.codes()]
        super().__init__(
            choices=choices, error_messages={"required": "Choose at least one language."}, **kwargs
        )


class PublishForm(forms.Form):
    """Publish now, or at a date and time."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)
    in_languages = LanguagesField(label="Languages")
    at = forms.DateTimeField(
        label="From, London time", required=False, widget=MomentInput, help_text="Leave empty to publish now."
    )
    note = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For colleagues. Kept with the edition.",
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.initial.setdefault("opened_version", record.version)

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at and at <= timezone.now():
            raise ValidationError(
                "This moment has passed. Leave it empty to publish now, or choose a later one."
            )
        return at

    def clean_opened_version(self):
        opened = self.cleaned_data["opened_version"]
        if opened != self.record.version:
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_version")] = self.record.version
            self.add_error(
                None,
                "The record was saved after you opened this page, so nothing was published. What stands here now is "
                "the newer text: look at it and, if it is right, publish again.",
            )
        return opened


class WithdrawForm(forms.Form):
    """Take texts from the public, with a reason."""

    in_languages = LanguagesField(label="Languages")
    why = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why, for colleagues."},
    )


class RestoreForm(forms.Form):
    """Put an edition's texts back into the working copy."""

    edition = forms.ModelChoiceField(queryset=Edition.objects.none(), widget=forms.HiddenInput)
    replace = forms.BooleanField(required=False)

    def __init__(self, *args, record, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.fields["edition"].queryset = Edition.objects.of(record)

    def clean(self):
        cleaned = super().clean()
        edition = cleaned.get("edition")
        if edition and self.standing[edition.language].changed and not cleaned.get("replace"):
            name = languages.own_name(edition.language)
            raise ValidationError(
                f"The working copy in {name} has changes that were never published, and restoring edition "
                f"{edition.number} replaces them. Tick “replace the changed working copy” to do so."
            )
        return cleaned
