from django.contrib import admin

from opportunities.models import CaseStudy
from publishing.desk.base import PublishableAdmin

from .figures import FigureInline


@admin.register(CaseStudy)
class CaseStudyAdmin(PublishableAdmin):
    list_display_facts = ["year_established", "site", "position"]
    list_filter = ["themes"]
    list_select_related = ["site"]
    autocomplete_fields = ["themes", "site", "sources"]
    inlines = [FigureInline]
    facts = [("Facts", ["year_established", "themes", "site", "sources", "position"])]
    staff_only = ["source_note"]
