from django.conf import settings
from django.contrib import admin

from enquiries.admin.measured_filters import WrittenOrUnknownFilter
from exports.admin import ReadOnly
from publishing.desk.lists import LargeListAdmin
from publishing.desk.lists.filters import between, of_column
from reports.models import PageCount


class PageFilter(WrittenOrUnknownFilter):
    title, parameter_name = "page", "path"


class ReferrerFilter(WrittenOrUnknownFilter):
    title, parameter_name = "came from", "referrer"


class CampaignFilter(WrittenOrUnknownFilter):
    title = parameter_name = "campaign"


@admin.register(PageCount)
class PageCountAdmin(LargeListAdmin, ReadOnly):
    """What the report on reads adds up, a row for each day and page: the web server's log in numbers. Read only."""

    list_display = ["day", "path", "language", "referrer", "campaign", "reads"]
    list_display_links = None
    list_orders = [("-day", "-pk")]
    list_filter = [
        between("day", "day", title="day"),
        of_column("language", lambda: settings.LANGUAGES),
        PageFilter,
        ReferrerFilter,
        CampaignFilter,
    ]
    search_fields = []
