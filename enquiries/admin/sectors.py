from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from enquiries.models import Sector
from publishing import languages
from publishing.desk.display import tag
from publishing.models.publishable import column

NAMES = [column("name", code) for code in languages.codes()]


@admin.register(Sector)
class SectorAdmin(TranslationAdmin):
    """What the form offers. Retired, not deleted."""

    list_display = [*NAMES, "position", "standing"]
    fields = ["key", "name", "position", "retired_at"]
    search_fields = NAMES
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="in the form?")
    def standing(self, sector):
        return tag("Retired", "plain") if sector.retired_at else tag("Offered", "good", "done")
