"""Periods of a report: days of London, months, quarters and financial years from April to March."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONDON = ZoneInfo("Europe/London")
A_DAY = timedelta(days=1)
MONTH, QUARTER, YEAR = 1, 3, 12  # in months
FIRST_MONTH = 4  # of the financial year

NAMED = [
    ("this-month", _("This month")),
    ("last-month", _("Last month")),
    ("this-quarter", _("This quarter")),
    ("last-quarter", _("Last quarter")),
    ("this-year", _("This financial year")),
    ("last-year", _("Last financial year")),
    ("last-12-months", _("The last 12 whole months")),
    ("all", _("All time")),
    ("days", _("From one day to another")),
]
LENGTHS = {"month": MONTH, "quarter": QUARTER, "year": YEAR}


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; None is open. `months` is the unit by which it has one before it, 0 where
    that is simply as many days."""

    first: date | None
    last: date | None
    months: int = 0

    def __post_init__(self):
        if self.first and self.last and self.last < self.first:
            raise ValueError("A period ends on or after its first day.")

    @property
    def is_open(self):
        return self.first is None or self.last is None

    @property
    def edges(self):
        """(its first moment, the first moment after it), London's; None where it is open."""
        start = self.first and midnight(self.first)
        return start, self.last and midnight(self.last + A_DAY)

    def within(self, field):
        """The condition that a point in time lies in it."""
        start, end = self.edges
        return _between(field, start, end)

    def within_days(self, field):
        """The condition that a date lies in it."""
        return _between(field, self.first, self.last and self.last + A_DAY)

    def holds(self, moment):
        """Whether a point in time lies in it."""
        day = moment.astimezone(LONDON).date()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def before(self):
        """The period before, of the same kind and, while this one runs, as far into it. None before an open one."""
        if self.is_open:
            return None
        if not self.months:
            length = self.last - self.first
            return Period(self.first - A_DAY - length, self.first - A_DAY)
        return Period(shifted(self.first, -self.months), shifted(self.last, -self.months), self.months)

    def narrowed(self, other):
        """The days that lie in both; None where there are none."""
        first = max((day for day in (self.first, other.first) if day), default=None)
        last = min((day for day in (self.last, other.last) if day), default=None)
        return None if first and last and last < first else Period(first, last)

    def query(self, name):
        """The parameters by which a list of admin shows the same days."""
        edges = {f"{name}_from": self.first, f"{name}_to": self.last}
        return {parameter: day.isoformat() for parameter, day in edges.items() if day}


def _between(field, start, end):
    condition = Q()
    if start:
        condition &= Q(**{f"{field}__gte": start})
    if end:
        condition &= Q(**{f"{field}__lt": end})
    return condition


def midnight(day):
    return datetime.combine(day, time(), tzinfo=LONDON)


def shifted(day, months):
    """The same day so many months on; the last of a month stays the last."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    length = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def starting(day, months):
    """The first day of the month, quarter or financial year that holds the day."""
    into = (day.month - FIRST_MONTH) % 12 % months
    return shifted(day.replace(day=1), -into)


def whole(first, months):
    """A whole month, quarter or financial year by its first day."""
    return Period(first, shifted(first, months) - A_DAY, months)


def named(name, today):
    """The period that a name means on that day, London's. One that runs ends today."""
    if name == "all":
        return Period(None, None)
    if name == "last-12-months":
        first = shifted(today.replace(day=1), -12)
        return Period(first, shifted(first, 12) - A_DAY, YEAR)
    which, length = name.split("-")
    months = LENGTHS[length]
    first = starting(today, months)
    if which == "this":
        return Period(first, today, months)
    return whole(shifted(first, -months), months)


def split(period, months, today):
    """The months, quarters or financial years of a period, in order, the outer ones cut to it."""
    first, last = period.first, min(period.last or today, today)
    found = []
    while first <= last:
        unit = whole(starting(first, months), months)
        found.append(Period(first, min(unit.last, last), months))
        first = unit.last + A_DAY
    return found


def label(period, language_of_months):
    """What a month, quarter or financial year is called: Apr 2026, 2026/27 Q1, 2026/27. `language_of_months` formats a
    month."""
    start = starting(period.first, period.months)
    if period.months == MONTH:
        return language_of_months(start)
    year = starting(period.first, YEAR).year
    financial = f"{year}/{(year + 1) % 100:02d}"
    if period.months == YEAR:
        return financial
    return f"{financial} Q{(start.month - FIRST_MONTH) % 12 // 3 + 1}"
