"""Filters of the list of investment projects and of its board."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from enquiries import countries
from enquiries.admin.known_filters import NOT_KNOWN, known_or_not
from enquiries.admin.measured_filters import of_indicator
from enquiries.indicators import won_on
from enquiries.measures import UNKNOWN
from enquiries.models import Sector
from enquiries.models.project_words import InvestmentType, Likelihood
from enquiries.project_stages import ENDS, Stage, Status
from publishing.desk.lists.filters import BetweenFilter, ChoiceFilter, between, of_column

CURRENT, GOING, ALL, MINE = "current", "going", "all", "mine"


class StatusFilter(ChoiceFilter):
    """How it goes. The board asks for what is current; “All” is said in the address, so that it can be asked for there
    too."""

    title = parameter_name = "status"
    off = {"status": ALL}

    def lookups(self, request, model_admin):
        return [(ALL, "All"), (CURRENT, "Not lost or abandoned"), (GOING, "Not ended"), *Status.choices]

    def choices(self, changelist):
        _, everything, *rest = super().choices(changelist)
        return [everything | {"selected": self.value() in (None, ALL)}, *rest]

    def narrow(self, queryset, value, request):
        if value == CURRENT:
            return queryset.exclude(status__in=[Status.LOST, Status.ABANDONED])
        if value == GOING:
            return queryset.exclude(status__in=ENDS)
        return queryset if value == ALL else queryset.filter(status=value)


class ManagerFilter(ChoiceFilter):
    """Who manages the project or the relation with its client."""

    title = parameter_name = "manager"

    def lookups(self, request, model_admin):
        staff = User.objects.filter(is_staff=True).order_by("first_name", "last_name", "username")
        return [(MINE, "Me"), *((str(user.pk), str(user)) for user in staff)]

    def narrow(self, queryset, value, request):
        number = request.user.pk if value == MINE else value
        return queryset.filter(Q(client_relationship_manager=number) | Q(project_manager=number))


class SectorFilter(ChoiceFilter):
    title = parameter_name = "sector"

    def lookups(self, request, model_admin):
        return [NOT_KNOWN, *Sector.objects.values_list("key", "name_en")]

    def narrow(self, queryset, value, request):
        if value == UNKNOWN:
            return queryset.filter(sectors__isnull=True)
        return queryset.filter(sectors__key=value)


class LandingFilter(ChoiceFilter):
    """When it landed, or is expected to. Financial years begin in April."""

    title, parameter_name = "landing in", "landing"

    def lookups(self, request, model_admin):
        this = financial_year(timezone.localdate())
        years = [(f"fy{year}", f"{year}-{(year + 1) % 100:02d}") for year in range(this - 3, this + 5)]
        return [
            ("late", "Expected date has passed"),
            ("soon", "The next 90 days"),
            *years,
            ("none", "No date"),
        ]

    def narrow(self, queryset, value, request):
        today = timezone.localdate()
        match value:
            case "late":
                return queryset.filter(
                    landing__lt=today, actual_land_date__isnull=True, ended_on__isnull=True
                )
            case "soon":
                return queryset.filter(landing__range=(today, today + timedelta(days=90)))
            case "none":
                return queryset.filter(landing__isnull=True)
        year = int(value.removeprefix("fy"))
        return queryset.filter(landing__gte=date(year, 4, 1), landing__lt=date(year + 1, 4, 1))


class ValueFilter(ChoiceFilter):
    title, parameter_name = "total investment", "value"

    def lookups(self, request, model_admin):
        return [("known", "Known"), NOT_KNOWN]

    def narrow(self, queryset, value, request):
        return queryset.filter(total_investment__isnull=value == UNKNOWN)


class WonFilter(BetweenFilter):
    """The day on which it moved to Won."""

    name, column, title = "won", "ended_on", "moved to Won"

    def queryset(self, request, queryset):
        self.column = "won_on"
        return super().queryset(request, queryset.alias(won_on=won_on()))


def financial_year(day):
    return day.year if day.month >= 4 else day.year - 1


FILTERS = [
    of_column("stage", Stage.choices),
    StatusFilter,
    known_or_not("likelihood_to_land", Likelihood.choices, title="likelihood"),
    of_column("investment_type", InvestmentType.choices, title="type"),
    ManagerFilter,
    SectorFilter,
    known_or_not("country", countries.in_english),
    LandingFilter,
    between("landing", "landing", title="landing between"),
    ValueFilter,
    between("created", "created_at", title="created"),
    WonFilter,
    of_indicator("spi2"),
    of_indicator("spi5"),
]
