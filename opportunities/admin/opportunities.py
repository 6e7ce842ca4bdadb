from django.contrib import admin

from opportunities.models import Opportunity, OpportunityTheme
from publishing.admin_base import PublishableAdmin

from .figures import FigureInline, money


class ThemeInline(admin.TabularInline):
    model = OpportunityTheme
    extra = 0
    min_num = 1
    autocomplete_fields = ["theme"]
    verbose_name_plural = "themes (the first gives the cover its tone)"


@admin.register(Opportunity)
class OpportunityAdmin(PublishableAdmin):
    list_display_facts = ["stage", "district", "value", "featured"]
    list_filter = ["stage", "district", "category", "themes"]
    list_select_related = ["site"]
    autocomplete_fields = ["site", "sources"]
    readonly_fields = ["value"]
    inlines = [ThemeInline, FigureInline]
    facts = [
        ("Facts", ["category", "stage", "district", "site", ("starts", "ends"), "featured"]),
        ("Money, whole pounds", [("value_min", "value_max"), "value", ("funding_secured", "gva")]),
        (
            "Jobs and carbon",
            [
                ("jobs_direct", "jobs_indirect"),
                ("jobs_construction", "jobs_apprenticeships"),
                "co2_saving",
            ],
        ),
        ("Where the facts come from", ["as_at", "sources"]),
    ]
    staff_only = ["source_note"]

    @admin.display(description="Readers see", ordering="value_max")
    def value(self, opportunity):
        return money(opportunity.value_min, opportunity.value_max)
