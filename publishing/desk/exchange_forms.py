"""What is asked before texts are taken out, and before a file comes back."""

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from publishing import languages
from publishing.exchange import spreadsheet, xliff
from publishing.exchange.files import MOST_BYTES, MOST_TEXTS, TOO_LARGE
from publishing.models.publishable import publishable_models
from publishing.rights import may_edit_text
from publishing.translations.state import CURRENT, MISSING, STALE, UNREVIEWED

FORMATS = {"xliff": xliff, "xlsx": spreadsheet}
STATES = [(state, capfirst(state)) for state in (MISSING, STALE, UNREVIEWED, CURRENT)]


def languages_of(user):
    """Languages into which the user may translate texts of at least one model."""
    return [
        code
        for code in languages.translations()
        if any(may_edit_text(user, model, code) for model in publishable_models())
    ]


def named(code):
    """Korean: 한국어. Staff know the one name, translators the other."""
    return f"{get_language_info(code)['name']}: {languages.own_name(code)}"


class TakeOutForm(forms.Form):
    """A selection of texts: one language, whole kinds of records or records chosen in a list, and states."""

    language = forms.ChoiceField(label="Into", widget=forms.RadioSelect)
    models = forms.MultipleChoiceField(label="Of", required=False, widget=forms.CheckboxSelectMultiple)
    states = forms.MultipleChoiceField(
        label="That are", required=False, choices=STATES, widget=forms.CheckboxSelectMultiple
    )
    file_format = forms.ChoiceField(
        label="As",
        choices=[("xliff", "XLIFF 1.2, for a translation tool"), ("xlsx", "Spreadsheet (.xlsx)")],
        widget=forms.RadioSelect,
    )
    records = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, user, initial=None):
        codes = languages_of(user)
        start = {"language": codes[0] if codes else "", "states": [MISSING, STALE], "file_format": "xliff"}
        super().__init__(data, prefix="out", initial=start | (initial or {}))
        self.user = user
        self.fields["language"].choices = [(code, named(code)) for code in codes]
        self.fields["models"].choices = [
            (model._meta.label_lower, capfirst(model._meta.verbose_name_plural))
            for model in publishable_models()
            if any(may_edit_text(user, model, code) for code in codes)
        ]

    def clean_records(self):
        """opportunities.opportunity:1,2;prospectus.page:3 as [(model, numbers)]; nothing: whole kinds of records."""
        asked = self.cleaned_data["records"]
        found = [part.partition(":") for part in asked.split(";")] if asked else []
        parts = [(label, [int(pk) for pk in pks.split(",") if is_number(pk)]) for label, _, pks in found]
        known = dict(self.fields["models"].choices)
        if any(label not in known or not pks for label, pks in parts):
            raise ValidationError("These records cannot be taken out. Choose them in their list again.")
        return [(apps.get_model(label), pks) for label, pks in parts]

    def chosen_records(self):
        """The records asked for, of models that the user may translate into the language."""
        if self.cleaned_data["records"]:
            querysets = [
                model._default_manager.filter(pk__in=pks) for model, pks in self.cleaned_data["records"]
            ]
        else:
            wanted = self.cleaned_data["models"] or dict(self.fields["models"].choices)
            querysets = [apps.get_model(label)._default_manager.all() for label in wanted]
        for queryset in querysets:
            if may_edit_text(self.user, queryset.model, self.cleaned_data["language"]):
                yield from queryset.order_by("slug")[:MOST_TEXTS]


def is_number(text):
    """Whether a text is a record's number."""
    return text.isascii() and text.isdigit() and len(text) < 19


class BringBackForm(forms.Form):
    """A file with translations."""

    file = forms.FileField(
        label="File",
        help_text=f"XLIFF 1.2 or .xlsx, at most {MOST_BYTES // 1024 // 1024} MB. Nothing changes yet: you see first "
        "what it would do.",
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.xml,.xlsx"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return file
