"""Figures as rows of the record they belong to, and how readers see them."""

from django.contrib import admin
from django.utils.html import format_html_join

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


class FigureInline(PairedInline):
    """The figures of exactly this record."""

    model = Figure
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
