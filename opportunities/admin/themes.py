from django.contrib import admin

from opportunities.models import Programme, Theme
from publishing.desk.base import PublishableAdmin

from .figures import FigureInline, money


@admin.register(Theme)
class ThemeAdmin(PublishableAdmin):
    list_display_facts = ["position"]
    inlines = [FigureInline]
    facts = [("Facts", ["position"])]


@admin.register(Programme)
class ProgrammeAdmin(PublishableAdmin):
    list_display_facts = ["kind", "position"]
    list_filter = ["themes"]
    autocomplete_fields = ["themes", "sources"]
    readonly_fields = ["worth"]
    inlines = [FigureInline]
    facts = [
        ("Facts", ["kind", "themes", "value", "worth", ("starts", "ends"), "sources", "position"]),
    ]
    staff_only = ["source_note"]

    @admin.display(description="Readers see")
    def worth(self, programme):
        return money(programme.value, programme.value)
