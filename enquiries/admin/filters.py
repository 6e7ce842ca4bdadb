"""Filters of the list of enquiries, each with its choices; only countries are read from the enquiries themselves."""

from django.contrib import admin

from enquiries import countries
from enquiries.models import Enquiry, Sector


class HeldFilter(admin.SimpleListFilter):
    title = "held"
    parameter_name = "held"

    def lookups(self, request, model_admin):
        return [("yes", "Held"), ("released", "Released"), ("no", "Never held")]

    def queryset(self, request, queryset):
        match self.value():
            case "yes":
                return queryset.held()
            case "released":
                return queryset.filter(released_at__isnull=False)
            case "no":
                return queryset.filter(held_at__isnull=True)
        return queryset


class CountryFilter(admin.SimpleListFilter):
    """Countries that somebody has written from."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request, model_admin):
        found = Enquiry.objects.order_by().values_list("country", flat=True).distinct()
        return sorted(((code, countries.name(code)) for code in found), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(country=self.value()) if self.value() else queryset


class SectorFilter(admin.SimpleListFilter):
    title = "sector"
    parameter_name = "sector"

    def lookups(self, request, model_admin):
        return list(Sector.objects.values_list("key", "name_en"))

    def queryset(self, request, queryset):
        return queryset.filter(sectors__key=self.value()) if self.value() else queryset
