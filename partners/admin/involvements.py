from django.contrib import admin
from django.db.models import Q

from partners.models import Involvement
from publishing import languages
from publishing.desk.base import DeskAdmin
from publishing.models.publishable import column

NAMES = ["organisation__name", "opportunity__title", "asset__name", "case_study__title", "programme__title"]
RECORDS = ["opportunity", "asset", "case_study", "programme"]


class RecordFilter(admin.SimpleListFilter):
    title = parameter_name = "record"

    def lookups(self, request, model_admin):
        return [(name, name.replace("_", " ").capitalize()) for name in RECORDS]

    def queryset(self, request, queryset):
        return queryset.exclude(Q(**{self.value(): None})) if self.value() in RECORDS else None


@admin.register(Involvement)
class InvolvementAdmin(DeskAdmin):
    """Who does what in what: an organisation's role in exactly one record."""

    list_display = ["organisation", "role", "record", "position"]
    list_filter = ["role", RecordFilter, "organisation__kind"]
    list_select_related = ["organisation", *RECORDS]
    autocomplete_fields = ["organisation", *RECORDS]
    search_fields = [column(name, code) for name in NAMES for code in languages.codes()]
    fieldsets = [
        (None, {"fields": ["organisation", "role", "position"]}),
        ("In exactly one of these", {"fields": RECORDS}),
    ]

    @admin.display(description="in")
    def record(self, involvement):
        return next(filter(None, (getattr(involvement, name) for name in RECORDS)), None)
