"""Filters of the list of investment projects and of its board."""

from datetime import date, timedelta

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from enquiries import countries
from enquiries.models import InvestmentProject, Sector
from enquiries.project_stages import Status

CURRENT, ALL, MINE = "current", "all", "mine"


class StatusFilter(admin.SimpleListFilter):
    """How it goes. The board asks for what is current; “All” is said in the address, so that it can be asked for there
    too."""

    title = parameter_name = "status"

    def lookups(self, request, model_admin):
        return [(CURRENT, "Not lost or abandoned"), *Status.choices]

    def choices(self, changelist):
        _, *rest = super().choices(changelist)
        asked = self.value() in (None, ALL)
        everything = changelist.get_query_string({self.parameter_name: ALL})
        return [{"selected": asked, "query_string": everything, "display": "All"}, *rest]

    def queryset(self, request, queryset):
        if self.value() == CURRENT:
            return queryset.exclude(status__in=[Status.LOST, Status.ABANDONED])
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


class ManagerFilter(admin.SimpleListFilter):
    """Who manages the project or the relation with its client."""

    title = parameter_name = "manager"

    def lookups(self, request, model_admin):
        crm = InvestmentProject.objects.order_by().values("client_relationship_manager")
        manager = InvestmentProject.objects.order_by().values("project_manager")
        staff = User.objects.filter(Q(pk__in=crm) | Q(pk__in=manager)).order_by("first_name", "username")
        return [(MINE, "Me"), *((str(user.pk), str(user)) for user in staff)]

    def queryset(self, request, queryset):
        number = str(request.user.pk) if self.value() == MINE else self.value()
        if not number:
            return queryset
        if not (number.isascii() and number.isdigit() and len(number) < 18):
            return queryset.none()
        return queryset.filter(Q(client_relationship_manager=number) | Q(project_manager=number))


class SectorFilter(admin.SimpleListFilter):
    title = parameter_name = "sector"

    def lookups(self, request, model_admin):
        return list(Sector.objects.values_list("key", "name_en"))

    def queryset(self, request, queryset):
        return queryset.filter(sectors__key=self.value()) if self.value() else queryset


class CountryFilter(admin.SimpleListFilter):
    """Countries that a project comes from."""

    title = parameter_name = "country"

    def lookups(self, request, model_admin):
        found = InvestmentProject.objects.order_by().exclude(country="").values_list("country", flat=True)
        return sorted(((code, countries.name(code)) for code in found.distinct()), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(country=self.value()) if self.value() else queryset


class LandingFilter(admin.SimpleListFilter):
    """When it landed, or is expected to. Financial years begin in April."""

    title, parameter_name = "landing in", "landing"

    def lookups(self, request, model_admin):
        this = financial_year(timezone.localdate())
        years = [(f"fy{year}", f"{year}-{(year + 1) % 100:02d}") for year in range(this - 2, this + 4)]
        return [
            ("late", "Expected date has passed"),
            ("soon", "The next 90 days"),
            *years,
            ("none", "No date"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "late":
                return queryset.filter(
                    landing__lt=today, actual_land_date__isnull=True, ended_on__isnull=True
                )
            case "soon":
                return queryset.filter(landing__range=(today, today + timedelta(days=90)))
            case "none":
                return queryset.filter(landing__isnull=True)
            case str(asked) if asked.startswith("fy") and asked[2:].isdigit() and len(asked) == 6:
                return queryset.filter(**_within(int(asked[2:])))
        return queryset


def financial_year(day):
    return day.year if day.month >= 4 else day.year - 1


def _within(year):
    year = min(max(year, 1), 9998)
    return {"landing__gte": date(year, 4, 1), "landing__lt": date(year + 1, 4, 1)}
