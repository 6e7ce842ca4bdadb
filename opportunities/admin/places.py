from django.contrib import admin

from opportunities.models import Site
from publishing.desk.base import PublishableAdmin

LOCATION = ("Place on the chart", [("latitude", "longitude"), "precision"])


@admin.register(Site)
class SiteAdmin(PublishableAdmin):
    list_display_facts = ["kind", "district", "parent"]
    list_filter = ["district", "precision"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent", "sources"]
    facts = [("Facts", ["kind", "district", "parent", "area_acres", "sources"]), LOCATION]
