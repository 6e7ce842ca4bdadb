from django.contrib import admin

from partners.models import DelegationVisit, VisitOrganisation, VisitPerson, VisitStop
from publishing.desk.base import PairedInline, PublishableAdmin

from .contact_points import PeopleInline
from .organisations import names_of


class VisitOrganisationInline(admin.TabularInline):
    model = VisitOrganisation
    extra = 0
    autocomplete_fields = ["organisation"]
    verbose_name_plural = "organisations taking part"


class VisitPersonInline(PeopleInline, admin.TabularInline):
    model = VisitPerson
    extra = 0
    autocomplete_fields = ["person"]
    verbose_name_plural = "people, in protocol order"


class VisitStopInline(PairedInline):
    model = VisitStop
    autocomplete_fields = ["site", "organisation"]
    lines = ["purpose", ("date", "site", "organisation", "position")]


@admin.register(DelegationVisit)
class DelegationVisitAdmin(PublishableAdmin):
    list_display_facts = ["reference", "direction", "starts", "lead"]
    list_filter = ["direction"]
    list_select_related = ["lead"]
    autocomplete_fields = ["lead", "sources"]
    search_fields = ["slug", "reference", *names_of("lead")]
    inlines = [VisitOrganisationInline, VisitPersonInline, VisitStopInline]
    facts = [
        ("Facts", ["reference", "direction", ("starts", "ends"), "lead", "headcount", "sources"]),
    ]
    staff_only = ["duration_note", "source_note", "confidence"]
