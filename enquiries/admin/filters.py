"""Filters of the list of enquiries. Each has its choices from tables that are small; none asks the enquiries."""

from django.conf import settings
from django.contrib.auth import get_user_model

from accounts.models import Team
from enquiries import assignment, countries, measures
from enquiries.admin.known_filters import NOT_KNOWN, known_or_not
from enquiries.admin.measured_filters import FILTERS as MEASURED
from enquiries.measures import UNKNOWN
from enquiries.models import Enquiry, EnquiryOpportunity, Sector
from enquiries.models.stage import Stage
from opportunities.models import Opportunity, Theme
from publishing.desk.lists.filters import ChoiceFilter, between, of_column


class DueFilter(ChoiceFilter):
    """What we owe next, and by when."""

    title = parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("breached", "Late"), ("today", "Today"), ("soon", "In the next 7 days")]

    def narrow(self, queryset, value, request):
        found = {"breached": queryset.breached, "today": queryset.due_today, "soon": queryset.due_soon}
        return found[value]()


class OwedFilter(ChoiceFilter):
    """Whatever waits for a first reply, held ones too: the rows of the daily list, a manager's or one's own."""

    title, parameter_name = "first reply", "owed"

    def lookups(self, request, model_admin):
        return [("mine", "Owed by me"), ("all", "Owed by anybody")]

    def narrow(self, queryset, value, request):
        owed = queryset.owed_a_reply()
        if value == "all":
            return owed
        officers = [request.user, *assignment.stands_in_for(request.user)]
        return owed.falling_to(officers, list(request.user.teams.values_list("pk", flat=True)))


class OwnerFilter(ChoiceFilter):
    """Who answers for it: me, nobody, my teams, somebody who has left, or one officer."""

    title, parameter_name = "officer", "owner"

    def lookups(self, request, model_admin):
        staff = get_user_model().objects.filter(is_staff=True).order_by("first_name", "last_name", "username")
        return [
            *(("me", "Me"), ("nobody", "Nobody"), ("teams", "My teams"), ("left", "Somebody who has left")),
            (UNKNOWN, "No officer, open or closed"),
            *((str(user.pk), str(user)) for user in staff),
        ]

    def narrow(self, queryset, value, request):
        match value:
            case "me":
                return queryset.of(request.user)
            case "nobody":
                return queryset.with_nobody()
            case "teams":
                return queryset.filter(team__in=request.user.teams.values("pk"))
            case "left":
                return queryset.open().of_leavers()
            case measures.UNKNOWN:
                return queryset.filter(owner__isnull=True)
        return queryset.filter(owner=value)


class TeamFilter(ChoiceFilter):
    title = parameter_name = "team"

    def lookups(self, request, model_admin):
        return [
            (UNKNOWN, "No team"),
            *((str(pk), name) for pk, name in Team.objects.values_list("pk", "name")),
        ]

    def narrow(self, queryset, value, request):
        return queryset.filter(team__isnull=True) if value == UNKNOWN else queryset.filter(team=value)


class SectorFilter(ChoiceFilter):
    title = parameter_name = "sector"

    def lookups(self, request, model_admin):
        return [NOT_KNOWN, *Sector.objects.values_list("key", "name_en")]

    def narrow(self, queryset, value, request):
        if value == UNKNOWN:
            return queryset.filter(sectors__isnull=True)
        rows = Enquiry.sectors.through.objects.filter(sector__key=value)
        return queryset.filter(pk__in=rows.values("enquiry"))


class OpportunityFilter(ChoiceFilter):
    title = parameter_name = "opportunity"

    def lookups(self, request, model_admin):
        return [NOT_KNOWN, *Opportunity.objects.order_by("title_en").values_list("slug", "title_en")]

    def narrow(self, queryset, value, request):
        if value == UNKNOWN:
            return queryset.filter(opportunity_rows__isnull=True)
        rows = EnquiryOpportunity.objects.filter(opportunity__slug=value)
        return queryset.filter(pk__in=rows.values("enquiry"))


class ThemeFilter(ChoiceFilter):
    """Of an opportunity that is asked about. Not known: nothing is asked about, or what has no theme."""

    title = parameter_name = "theme"

    def lookups(self, request, model_admin):
        return [NOT_KNOWN, *Theme.objects.order_by("title_en").values_list("slug", "title_en")]

    def narrow(self, queryset, value, request):
        name = "opportunities__theme_rows__theme"
        wanted = {f"{name}__isnull": True} if value == UNKNOWN else {f"{name}__slug": value}
        return queryset.filter(pk__in=Enquiry.objects.filter(**wanted).values("pk"))


class HeldFilter(ChoiceFilter):
    """Held as a suspect: now, once, or never."""

    title = parameter_name = "held"

    def lookups(self, request, model_admin):
        return [("yes", "Held"), ("released", "Released"), ("no", "Never held")]

    def narrow(self, queryset, value, request):
        match value:
            case "yes":
                return queryset.held()
            case "released":
                return queryset.filter(released_at__isnull=False)
        return queryset.filter(held_at__isnull=True)


class CheckFilter(ChoiceFilter):
    title, parameter_name = "details", "check"

    def lookups(self, request, model_admin):
        return [("yes", "To check")]

    def narrow(self, queryset, value, request):
        return queryset.filter(details_to_check=True)


class MergedFilter(ChoiceFilter):
    """Duplicates, which were closed into another enquiry."""

    title = parameter_name = "merged"

    def lookups(self, request, model_admin):
        return [("yes", "Into another"), ("no", "Not merged")]

    def narrow(self, queryset, value, request):
        return queryset.filter(merged_into__isnull=value == "no")


FILTERS = [
    of_column("state", Enquiry.State.choices),
    DueFilter,
    OwedFilter,
    OwnerFilter,
    TeamFilter,
    of_column("stage", Stage.choices),
    known_or_not("country", countries.in_english),
    of_column("language", settings.LANGUAGES, title="answer in", column="reply_language"),
    of_column("channel", Enquiry.Channel.choices),
    SectorFilter,
    ThemeFilter,
    OpportunityFilter,
    *MEASURED,
    HeldFilter,
    CheckFilter,
    MergedFilter,
    between("received", "received_at", title="received"),
]
