from django.contrib import admin

from opportunities.models import Opportunity, OpportunityTheme
from publishing import languages
from publishing.desk.base import PublishableAdmin
from publishing.formats import format_money

from .figures import FigureInline, money


class ThemeInline(admin.TabularInline):
    model = OpportunityTheme
    extra = 0
    min_num = 1
    autocomplete_fields = ["theme"]
    verbose_name_plural = "themes (the first gives the cover its tone)"


@admin.register(Opportunity)
class OpportunityAdmin(PublishableAdmin):
    list_display_facts = ["stage", "district", "value_in_list", "featured"]
    list_filter = ["stage", "district", "category", "themes"]
    list_select_related = ["site"]
    autocomplete_fields = ["site", "sources"]
    readonly_fields = ["value"]
    inlines = [ThemeInline, FigureInline]
    facts = [
        ("Facts", ["category", "stage", "district", "site", ("starts", "ends"), "featured"]),
        ("Money, whole pounds", [("value_min", "value_max"), "value", ("funding_secured", "gva")]),
        ("Where the facts come from", ["as_at", "sources"]),
    ]
    more_facts = [
        (
            "Jobs and carbon: facts, public at once",
            [("jobs_direct", "jobs_indirect", "jobs_construction", "jobs_apprenticeships"), "co2_saving"],
        ),
    ]
    staff_only = ["source_note"]

    @admin.display(description="value", ordering="value_max")
    def value_in_list(self, opportunity):
        return format_money(opportunity.value_min, opportunity.value_max, languages.SOURCE)

    @admin.display(description="Readers see")
    def value(self, opportunity):
        return money(opportunity.value_min, opportunity.value_max)
