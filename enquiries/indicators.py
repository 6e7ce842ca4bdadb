"""The national service performance indicators (SPI), as expressions of a query: from one day of London's to another.

SPI1 is an enquiry received to the same processed: our `received_at` (of the earliest of what was merged into it) to the
first verdict, `qualified_at`. SPI2 is a project assigned to its project manager assigned: it is ours from `created_at`,
up to `project_manager_assigned_at`. SPI5 is a project moved to Won to aftercare offered: the last `ProjectChange` to
Won (the day it landed, where there is none) to `aftercare_offered_on`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    DateField,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate

from enquiries.measures import Started
from enquiries.models import Enquiry, InvestmentProject, ProjectChange
from enquiries.working_time import A_DAY, calendar

LONDON = ZoneInfo("Europe/London")
STATUS, WON = ProjectChange.What.STATUS, InvestmentProject.Status.WON
WITHIN, LATER, DONE, OPEN = "within", "later", "done", "open"


def day_of(moment):
    return TruncDate(moment, tzinfo=LONDON)


def days_between(start, end):
    """Whole days from one to the other; none where the end comes first."""
    days = Func(end, start, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())
    return Greatest(days, Value(0))


class WorkingDays(Func):
    """The working days after one day up to another; the first does not count, none where the end comes first. `days`
    are the working days of the calendar, in order."""

    output_field = IntegerField()

    def __init__(self, start, end, days):
        super().__init__(start, end)
        self.days = days

    def as_sql(self, compiler, connection, **more):
        (start, of_start), (end, of_end) = (compiler.compile(part) for part in self.source_expressions)
        until = f"width_bucket({end}, %s::date[])"
        since = f"width_bucket({start}, %s::date[])"
        return f"greatest({until} - {since}, 0)", [*of_end, self.days, *of_start, self.days]


def working_days(first, now):
    """The working days from a day (or a moment; None is now) on, in order, as `WorkingDays` asks for them. They go on
    for a year: aftercare may be agreed for a day to come."""
    first, last = (_london(first) if first else _london(now)), _london(now) + A_DAY * 366
    kept = calendar()
    days = (first + A_DAY * number for number in range((last - first).days + 1))
    return [day for day in days if kept.is_working_day(day)]


def _london(moment):
    return moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment


def won_on():
    """The day on which a project moved to Won, the last time it did; for one without that row, the day it landed."""
    rows = ProjectChange.objects.filter(project=OuterRef("pk"), what=STATUS, after=WON).order_by("-at", "-pk")
    moved = Subquery(rows.annotate(day=day_of("at")).values("day")[:1], output_field=DateField())
    return Coalesce(moved, "actual_land_date")


@dataclass(frozen=True)
class Indicator:
    """From which day to which. `rows` are the records it is about; `field` is what a period of it is told by, and
    `span` the filter of the list that tells the same. `earliest` gives the first day that its calendar must know."""

    rows: Callable
    start: Callable
    end: Callable
    field: str
    span: str
    earliest: Callable

    def timed(self, now):
        """The records with `since`, `until`, `days` and `working` days; the last three None while it is not done."""
        days = working_days(self.earliest(), now)
        found = self.rows().alias(since=self.start(), until=self.end())
        return found.annotate(
            days=_of_done(days_between(F("since"), F("until"))),
            working=_of_done(WorkingDays(F("since"), F("until"), days)),
        )


def _of_done(expression):
    """Nothing is said of what is not done: the greatest of nothing and nought is nought."""
    return Case(When(until__isnull=False, then=expression), default=None, output_field=IntegerField())


def standing(how, number=0):
    """The condition under which an indicator's record is done, still open, done within so many working days, or
    later."""
    return {
        DONE: Q(until__isnull=False),
        OPEN: Q(until__isnull=True),
        WITHIN: Q(working__lte=number),
        LATER: Q(working__gt=number),
    }[how]


def _received():
    return Enquiry.objects.aggregate(day=Min("received_at"))["day"]


def _created():
    return InvestmentProject.objects.aggregate(day=Min("created_at"))["day"]


def _won():
    return _won_projects().aggregate(day=Min("won_on"))["day"]


def _won_projects():
    return InvestmentProject.objects.filter(status=WON).annotate(won_on=won_on())


INDICATORS = {
    "spi1": Indicator(
        rows=lambda: Enquiry.objects.filter(merged_into__isnull=True),
        start=lambda: day_of(Started()),
        end=lambda: day_of("qualified_at"),
        field="received_at",
        span="received",
        earliest=_received,
    ),
    "spi2": Indicator(
        rows=InvestmentProject.objects.all,
        start=lambda: day_of("created_at"),
        end=lambda: day_of("project_manager_assigned_at"),
        field="created_at",
        span="created",
        earliest=_created,
    ),
    "spi5": Indicator(
        rows=_won_projects,
        start=lambda: F("won_on"),
        end=lambda: F("aftercare_offered_on"),
        field="won_on",
        span="won",
        earliest=_won,
    ),
}
