"""What is never published because it is a fact: assets, statistics, figures and sources."""

from django.contrib import admin

from opportunities.models import Asset, Figure, Source, Statistic
from publishing import languages
from publishing.desk.base import TranslatedAdmin
from publishing.formats import format_quantity

from .figures import KeptWhileNamed, quantity
from .places import LOCATION

QUANTITY = [
    ("Number", ["qualifier", ("value", "value_max"), "unit", "readers_see"]),
    ("Where it comes from", ["as_at", "source"]),
]


@admin.register(Asset)
class AssetAdmin(TranslatedAdmin):
    list_display = ["number", "names", "kind", "status", "district", "site"]
    list_display_links = ["number", "names"]
    list_filter = ["status", "district", "themes", "precision"]
    list_select_related = ["site"]
    autocomplete_fields = ["themes", "site"]
    search_fields = ["=number"]
    facts = [("Facts", [("number", "status"), "kind", "district", "site", "themes"]), LOCATION]
    staff_only = ["name_confidence", "note"]


class QuantityAdmin(TranslatedAdmin):
    list_display = ["names", "seen", "as_at", "source", "position"]
    list_filter = ["unit", "qualifier"]
    list_select_related = ["source"]
    autocomplete_fields = ["source"]
    search_fields = ["key"]
    texts_heading = "Label"
    readonly_fields = ["readers_see"]
    staff_only = ["note"]

    @admin.display(description="Readers see")
    def readers_see(self, row):
        return quantity(row)

    @admin.display(description="readers see", ordering="value")
    def seen(self, row):
        return format_quantity(row.value, row.unit, languages.SOURCE, row.qualifier, row.value_max)


@admin.register(Statistic)
class StatisticAdmin(QuantityAdmin):
    facts = [*QUANTITY, ("Order", ["position", "key"])]


@admin.register(Figure)
class FigureAdmin(KeptWhileNamed, QuantityAdmin):
    """Every figure of every record. To add one, open its record: the rows are there."""

    list_display = ["names", "seen", "owner", "as_at", "source"]
    list_select_related = ["source", "theme", "opportunity", "case_study", "programme"]
    autocomplete_fields = ["source", "theme", "opportunity", "case_study", "programme"]
    facts = [
        *QUANTITY,
        ("Belongs to exactly one", ["theme", "opportunity", "case_study", "programme"]),
        ("Order", ["position", "key"]),
    ]

    @admin.display(description="of")
    def owner(self, figure):
        return figure.theme or figure.opportunity or figure.case_study or figure.programme


@admin.register(Source)
class SourceAdmin(TranslatedAdmin):
    list_display = ["names", "title", "kind", "publisher", "date", "confidence"]
    list_filter = ["kind", "confidence"]
    search_fields = ["title", "publisher", "key"]
    texts_heading = "What readers are told"
    facts = [("Facts", ["title", "kind", "publisher", "date", "key"])]
    staff_only = ["confidence", "supports"]
