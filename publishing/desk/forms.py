"""Forms of the staff admin for publishable records: the record itself, and publish, withdraw, restore."""

from functools import cached_property

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing import languages
from publishing.desk.display import mark_states
from publishing.models import Edition
from publishing.models.publishable import column, translated_fields
from publishing.translation_state import STALE, UNREVIEWED, states_of, texts_of

MADE = {
    STALE: "The English has changed since this was made.",
    UNREVIEWED: "Nobody has noted which English this was made from, or reviewed it.",
}


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    """The browser's own date."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class PublishableForm(forms.ModelForm):
    """The working copy and the facts of one record.

    Two editors: who saves over a version newer than the one they opened is refused, and keeps what they typed. The row
    is locked while the versions are compared, so two who save at one instant cannot both win.
    """

    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts_before = {}
        self.next_version = 1
        if self.instance.pk:
            self.initial["opened_version"] = self.instance.version
            self._mark_states()

    def _mark_states(self):
        states = {column(name, languages.SOURCE): "source" for name in translated_fields(self._meta.model)}
        for code, by_field in states_of([self.instance])[self.instance.pk].items():
            for name, state in by_field.items():
                if state:
                    states[column(name, code)] = (state, MADE.get(state, ""))
        mark_states(self, states)

    @cached_property
    def changed_data(self):
        """Without texts that differ only in what normal form levels: browsers send two characters a line end."""
        return [name for name in super().changed_data if not self._same_text(name)]

    def _same_text(self, name):
        normalise = getattr(self._meta.model, name, None) and getattr(
            self._meta.model._meta.get_field(name), "normalise", None
        )
        if not normalise:
            return False
        sent = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return normalise(sent or "") == (self.initial.get(name) or "")

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            stored = (
                type(self.instance)._default_manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
            )
            self.texts_before = {code: texts_of(stored, code) for code in languages.codes()}
            self.next_version = stored.version + 1
            if cleaned.get("opened_version") != stored.version:
                raise ValidationError(self._newer(), code="newer")
        return cleaned

    def _newer(self):
        entry = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self.instance), object_id=str(self.instance.pk)
        ).select_related("user")[:1]
        who = f" ({entry[0].user}, {entry[0].action_time.astimezone():%d %B, %H:%M})" if entry else ""
        return (
            f"This record was saved after you opened it{who}, so nothing of yours was saved. What you typed still "
            "stands below. Open the record in another tab, see what changed, and put your words in there."
        )


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
