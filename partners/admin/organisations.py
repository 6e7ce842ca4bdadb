from django.contrib import admin

from partners.models import Involvement, Organisation
from publishing import languages
from publishing.desk.base import TranslatedAdmin
from publishing.models.publishable import column

from .archiving import ArchivedFilter, ArchivingAdmin


def names_of(relation):
    """The names of organisations to look for in the list of what they have to do with, in every language."""
    return [f"{relation}__{column('name', code)}" for code in languages.codes()]


class InvolvementInline(admin.TabularInline):
    """What the organisation has to do with what the region offers. Each row names exactly one record."""

    model = Involvement
    extra = 0
    autocomplete_fields = ["opportunity", "asset", "case_study", "programme"]
    verbose_name_plural = "involvements (each in exactly one record)"


@admin.register(Organisation)
class OrganisationAdmin(ArchivingAdmin, TranslatedAdmin):
    list_display = ["names", "kind", "country", "what", "in_use"]
    list_filter = [ArchivedFilter, "kind", "country"]
    search_fields = ["key", "role_en"]
    inlines = [InvolvementInline]
    facts = [("Facts", ["kind", "country", "key"])]
    staff_only = ["source_note"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"key": ("name_en",)}

    @admin.display(description="what it is to us", ordering="role_en")
    def what(self, organisation):
        return organisation.role_en
