"""Working time in England: what the promise of an answer is reckoned in.

Pure functions. A working day is Monday to Friday without England's bank holidays; office hours are London's.
"""

from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON, SEOUL = ZoneInfo("Europe/London"), ZoneInfo("Asia/Seoul")
OPENS, CLOSES = time(9), time(17)
PROMISED_DAYS = 2
SATURDAY = 5


@cache
def bank_holidays(year):
    """England's bank holidays of a year, substitute days among them."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day):
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_days_after(day, number):
    """The working day that many working days after that day, which itself does not count."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def promised_by(received_at):
    """The end of the second working day after the day of receipt, London's day, as an aware moment."""
    day = working_days_after(received_at.astimezone(LONDON).date(), PROMISED_DAYS)
    return datetime.combine(day, CLOSES, tzinfo=LONDON)
