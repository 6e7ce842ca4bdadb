"""Figures as rows of the record they belong to, and how readers see them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.shortcuts import redirect
from django.utils.html import format_html_join

from opportunities.figure_uses import sentence, uses_of
from opportunities.models import Figure
from publishing import languages
from publishing.desk.base import PairedInline
from publishing.desk.display import in_language
from publishing.formats import format_money, format_quantity, language_of_figures
from publishing.models.publishable import column


def in_every_language(written):
    """What readers of each language see: `written` makes it from a code. Languages without figures of their own see
    those of another."""
    codes = dict.fromkeys(language_of_figures(code) for code in languages.codes())
    shown = [(code, written(code)) for code in codes]
    return format_html_join(" · ", "{}", ((in_language(text, code),) for code, text in shown if text))


def money(low, high):
    return in_every_language(lambda code: format_money(low, high, code))


def quantity(row):
    if row.value is None:
        return ""
    return in_every_language(
        lambda code: format_quantity(row.value, row.unit, code, row.qualifier, row.value_max)
    )


def refuse_what_texts_name(figures):
    """Raises a sentence for each figure that a text names: `figures` as they are stored, about to go or be renamed."""
    places = uses_of(figure.key for figure in figures)
    told = [sentence(figure, places[figure.key]) for figure in figures if figure.key in places]
    if told:
        raise ValidationError(told, code="named")


class FigureRows(BaseInlineFormSet):
    """Rows of figures, of which none goes or changes its key while a text names it."""

    def clean(self):
        super().clean()
        going = [form for form in self.initial_forms if self._should_delete_form(form)]
        going += [form for form in self.initial_forms if "key" in form.changed_data and form not in going]
        refuse_what_texts_name(Figure.objects.filter(pk__in=[form.instance.pk for form in going]))


class FigureForm(forms.ModelForm):
    """One figure by itself."""

    def clean_key(self):
        if self.instance.pk and "key" in self.changed_data:
            refuse_what_texts_name(Figure.objects.filter(pk=self.instance.pk))
        return self.cleaned_data["key"]


class KeptWhileNamed:
    """The admin of figures by themselves keeps to the same rule."""

    form = FigureForm

    def delete_view(self, request, object_id, extra_context=None):
        figure = self.get_object(request, unquote(object_id))
        if figure and self.has_delete_permission(request, figure):
            try:
                refuse_what_texts_name([figure])
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                return redirect("admin:opportunities_figure_change", figure.pk)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        places = uses_of(figure.key for figure in objs)
        told = [sentence(figure, places[figure.key]) for figure in objs if figure.key in places]
        return deleted, counts, needed, [*protected, *told]


class FigureInline(PairedInline):
    """The figures of exactly this record."""

    model = Figure
    formset = FigureRows
    autocomplete_fields = ["source"]
    prepopulated_fields = {"key": (column("label", languages.SOURCE),)}
    readonly_fields = ["readers_see"]
    verbose_name_plural = "figures (facts: public at once, in every language)"
    lines = [
        "label",
        ("qualifier", "value", "value_max", "unit"),
        ("as_at", "source", "position", "key"),
        ("note", "readers_see"),
    ]

    @admin.display(description="Readers see")
    def readers_see(self, figure):
        return quantity(figure)
