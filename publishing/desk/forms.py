"""The form of a publishable record in the staff admin."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from publishing import languages
from publishing.addresses import refuse_taken
from publishing.desk.differences import difference, put, who_moved
from publishing.desk.field_states import mark_texts
from publishing.desk.opened import Opened, stored_values
from publishing.fields import NormalForm
from publishing.models.publishable import column, translated_fields
from publishing.translations.state import texts_of

SHOWN_ONLY = "_kept"  # sent along by what shows a typed form again after signing in: nothing is to be saved
NEWER = (
    "saved this record after you opened it. Nothing of yours was saved, and nothing of it is lost: it stands below. "
    "Look at what differs, choose, and save again."
)
UNKNOWN = "This form does not say which texts it showed when it was opened, so nothing was saved over what stands now."
TAKEN = "Their text stands in the form now. Nothing is saved yet."
AFTER_SIGNING_IN = (
    "Your session had ended, so nothing was saved, and nothing is lost: what you typed stands below. "
    "Look it over and save it."
)


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

    Two editors: a save is refused when anything the form showed has moved since, by whichever route. What was typed
    stays; what was not touched becomes theirs; the form then knows the newer state, so that the next save is knowingly
    over it. The row is locked while it is compared: of two who save at one instant one is told.
    """

    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    minor = forms.BooleanField(required=False)
    ours = ("opened", "minor")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts_before, self.next_version = {}, 1
        self.opened_with, self.taken_over, self._stored = Opened(), [], None
        source = languages.english_name(languages.SOURCE)
        self.fields["minor"].label = f"The {source} changed only in ways that leave the translations right"
        if self.instance.pk:
            mark_texts(self)
            if not self.is_bound:
                values = stored_values(self.instance, self.model_names, self.initial)
                self.initial["opened"] = Opened.now(self.instance.version, values).write()

    @property
    def is_shown_again(self):
        """Whether this is what somebody typed before they had to sign in, to look at and then to save."""
        return SHOWN_ONLY in self.data

    @property
    def model_names(self):
        """The fields that are columns or lists of the record."""
        columns = {field.name for field in self._meta.model._meta.get_fields()}
        return [name for name in self.fields if name in columns]

    @cached_property
    def changed_data(self):
        """Without texts that differ only in what normal form levels: browsers send two characters a line end."""
        changed = [name for name in super().changed_data if name not in self.ours]
        return [
            name
            for name in changed
            if not self._is_text(name) or self._typed_over(name, self.initial.get(name))
        ]

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            records = type(self.instance)._default_manager.select_for_update(of=("self",))
            self._compare(records.get(pk=self.instance.pk))
        if self.is_shown_again:
            raise ValidationError(AFTER_SIGNING_IN, code="kept")
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if "slug" in self.changed_data and "slug" not in self.errors:
            try:
                refuse_taken(self._meta.model, self.cleaned_data["slug"])
            except ValidationError as error:
                self.add_error("slug", error)

    def _compare(self, stored):
        self._stored, self.next_version = stored, stored.version + 1
        self.texts_before = normal_texts(stored)
        now = stored_values(stored, self.model_names)
        self.opened_with = Opened.read(self.data.get(self.add_prefix("opened")))
        if (stored.version, now) != (self.opened_with.version, self.opened_with.values):
            raise ValidationError(self._show_both(now), code="newer")
        if self.data.get("_take") in self.opened_with.both:
            self.data = self.data.copy()
            self._put_theirs(self.data["_take"])
            raise ValidationError(TAKEN, code="taken")

    def _show_both(self, now):
        """Keeps what was typed, takes over the rest, and makes the form know what stands there now."""
        opened, typed, both = self.opened_with, self._typed_translations(now), []
        self.data = self.data.copy()
        for name in self.model_names:
            seen = opened.knows(name)
            if (seen and opened.values[name] == now[name]) or not self._typed_over(name, now[name]):
                continue
            if not seen or self._typed_over(name, opened.values[name]):
                both.append(name)
            else:
                theirs = getattr(self._stored, name)
                self.taken_over.append(difference(self, name, opened.values[name], theirs))
                self._put_theirs(name)
        self.opened_with = Opened.now(self._stored.version, now, both=both, typed=typed)
        self.data[self.add_prefix("opened")] = self.opened_with.write()
        if opened.version is None:
            return UNKNOWN
        return f"{who_moved(self._stored, opened.moment)} {NEWER}"

    def _typed_translations(self, now):
        """{column: [translation, source beside it]}: what was typed beside a source that is not the one stored."""
        found = {}
        for name, code in translations_of(type(self.instance)):
            own, source = column(name, code), column(name, languages.SOURCE)
            if {own, source} <= set(self.fields) and self._typed_over(own, self.opened_with.values.get(own)):
                text, beside = self._sent(own), self._sent(source)
                earlier = self.opened_with.typed.get(own, [None])
                if earlier[0] == text:
                    found[own] = earlier
                elif beside != now[source]:
                    found[own] = [text, beside]
        return found

    def made_elsewhere(self):
        """(field, language, source) of translations saved as they were typed beside another source than the one that
        stands there now, and which this save leaves alone."""
        for name, code in translations_of(type(self.instance)):
            text, beside = self.opened_with.typed.get(column(name, code), ("", ""))
            source = getattr(self.instance, column(name, languages.SOURCE)) or ""
            if (
                text
                and text == getattr(self.instance, column(name, code))
                and text != self.texts_before[code][name]
                and source == self.texts_before[languages.SOURCE][name]
            ):
                yield name, code, beside

    @property
    def conflicts(self):
        """What both changed and still differs: theirs as stored, mine as the form has it."""
        return [
            difference(
                self, name, getattr(self._stored, name), getattr(self._stored, name), mine=self._mine(name)
            )
            for name in self.opened_with.both
            if name in self.fields and self._typed_over(name, self.opened_with.values.get(name))
        ]

    def _mine(self, name):
        return self._sent(name) if self._is_text(name) else self.cleaned_data.get(name, self._sent(name))

    def _put_theirs(self, name):
        model_field = self._meta.model._meta.get_field(name)
        value = model_field.value_from_object(self._stored)
        put(self, name, [one.pk for one in value] if model_field.many_to_many else value)

    def _is_text(self, name):
        return isinstance(self._meta.model._meta.get_field(name), NormalForm)

    def _sent(self, name):
        sent = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return self._meta.model._meta.get_field(name).normalise(sent or "") if self._is_text(name) else sent

    def _typed_over(self, name, value):
        """Whether what was sent differs from a value as stored."""
        model_field = self._meta.model._meta.get_field(name)
        if self._is_text(name):
            return self._sent(name) != model_field.normalise(value or "")
        if value is not None and not model_field.many_to_many:
            value = model_field.to_python(value)
        return self.fields[name].has_changed(value, self._sent(name))


def normal_texts(record):
    """The working copy as the form would save it unchanged: {language: {field: text}}."""
    return {
        code: {
            name: record._meta.get_field(column(name, code)).normalise(text)
            for name, text in texts_of(record, code).items()
        }
        for code in languages.codes()
    }


def translations_of(model):
    """(field, language) of every translation that such a record may have."""
    return [(name, code) for name in translated_fields(model) for code in languages.translations()]
