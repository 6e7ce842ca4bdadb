"""The form of a publishable record in the staff admin."""

from functools import cached_property

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from publishing import languages
from publishing.desk.display import mark_states
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
