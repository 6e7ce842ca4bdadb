"""Working time in England, to the minute: what every promise and target is reckoned in.

`Calendar` is pure: office hours by weekday in London's time, closing days, England's bank holidays. `calendar()` reads
the one that staff keep in admin. Korea's hour and holidays are shown beside it (`clock_display.py`) and never
counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from enquiries.models import ClosingDay, OfficeHours

LONDON, SEOUL = ZoneInfo("Europe/London"), ZoneInfo("Asia/Seoul")
PROMISED_DAYS = 2
A_DAY = timedelta(days=1)
USUAL_HOURS = {weekday: (time(9), time(17)) for weekday in range(5)}


@cache
def bank_holidays(year):
    """{day: name} of England's bank holidays of a year, substitute days among them."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


@dataclass(frozen=True)
class Calendar:
    """When the office answers. `hours` is {weekday: (opens, closes)} with Monday 0, London's time."""

    hours: dict
    closing_days: frozenset = frozenset()
    _offices: dict = field(default_factory=dict, init=False, repr=False, compare=False)
    _months: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self):
        if not self.hours:
            raise ValueError("An office that never opens can promise nothing.")

    @property
    def longest_day(self):
        """The working time of the office's longest day: what “a working day” is where hours are said in days."""
        return max(_length(opens, closes) for opens, closes in self.hours.values())

    def is_working_day(self, day: date):
        return (
            day.weekday() in self.hours
            and day not in self.closing_days
            and day not in bank_holidays(day.year)
        )

    def office(self, day: date):
        """From when to when the office is open on that day, in UTC; None where it is closed. Reckoned once a day and
        calendar: thousands of enquiries ask for the same days."""
        if day not in self._offices:
            self._offices[day] = self._reckoned_office(day)
        return self._offices[day]

    def _reckoned_office(self, day):
        if not self.is_working_day(day):
            return None
        opens, closes = self.hours[day.weekday()]
        return tuple(datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC) for at in (opens, closes))

    def last_opened(self, now: datetime):
        """The newest working day whose office has opened by that moment, London's day."""
        day = now.astimezone(LONDON).date()
        while (office := self.office(day)) is None or office[0] > now:
            day -= A_DAY
        return day

    def working_days_after(self, day: date, number: int):
        """The working day that many working days after that day, which itself does not count."""
        while number:
            day += A_DAY
            number -= self.is_working_day(day)
        return day

    def promised_by(self, received_at: datetime):
        """When the office closes on the second working day after the day of receipt, London's day."""
        day = self.working_days_after(received_at.astimezone(LONDON).date(), PROMISED_DAYS)
        return self.office(day)[1].astimezone(LONDON)

    def open_times(self, start: datetime, pauses: Iterable[tuple[datetime, datetime]] = ()):
        """The spans of working time from a moment on, for ever, without the pauses: pairs in UTC, in order."""
        pauses = sorted(pauses)
        day = start.astimezone(LONDON).date()
        while True:
            if office := self.office(day):
                opens, closes = max(office[0], start), office[1]
                for begins, ends in pauses:
                    if ends <= opens or begins >= closes:
                        continue
                    if begins > opens:
                        yield opens, begins
                    opens = max(opens, ends)
                if opens < closes:
                    yield opens, closes
            day += A_DAY

    def after(self, start: datetime, working: timedelta, pauses=()):
        """The moment by which so much working time has passed since the start, the pauses not counted. Time that ends
        with the office's day ends at its closing, not at the next opening."""
        for opens, closes in self.open_times(start, pauses):
            if closes - opens >= working:
                return opens + working
            working -= closes - opens
        raise AssertionError("working time has no end")

    def between(self, start: datetime, end: datetime, pauses=()):
        """How much working time lies between two moments; nothing where the end is first. Whole months are reckoned
        once a calendar: an enquiry may be years late, and a list has fifty of them."""
        first, last = _month(start), _month(end)
        if pauses or last - first < 2:
            return self._day_by_day(start, end, pauses)
        months = (self._in_month(month) for month in range(first + 1, last))
        edges = self._day_by_day(start, _begins(first + 1)) + self._day_by_day(_begins(last), end)
        return sum(months, edges)

    def _in_month(self, month):
        if month not in self._months:
            self._months[month] = self._day_by_day(_begins(month), _begins(month + 1))
        return self._months[month]

    def _day_by_day(self, start, end, pauses=()):
        worked = timedelta()
        for opens, closes in self.open_times(start, pauses):
            if opens >= end:
                return worked
            worked += min(closes, end) - opens
            if closes >= end:
                return worked
        return worked


def _month(moment):
    """The months since the year nought, in London."""
    day = moment.astimezone(LONDON)
    return day.year * 12 + day.month - 1


def _begins(month):
    year, month = divmod(month, 12)
    return datetime(year, month + 1, 1, tzinfo=LONDON)


def _length(opens, closes):
    return datetime.combine(date.min, closes) - datetime.combine(date.min, opens)


def calendar():
    """The calendar that staff keep, in two queries. Without any office hours the usual ones hold: Monday to Friday,
    nine to five."""
    hours = {row.weekday: (row.opens, row.closes) for row in OfficeHours.objects.all()}
    closing_days = frozenset(ClosingDay.objects.values_list("day", flat=True))
    return Calendar(hours or USUAL_HOURS, closing_days)
