"""When a schedule is due, in London's time."""

from datetime import UTC, date

import pytest

from enquiries.working_time import USUAL_HOURS, Calendar
from reports.models import Schedule
from reports.schedules import due_times, in_words, next_due
from tests.reports.scheduled import (
    FIRST,
    LONDON,
    MONTHLY_31,
    OFFICE,
    WEEKLY,
    at,
)


def due(since, until, **given):
    found = due_times(Schedule(**{"at_hour": 8} | given), at(since), at(until), OFFICE)
    return [f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}" for moment in found]


def test_a_weekly_one_is_due_on_its_day_in_summer_and_in_winter():
    assert due("2026-10-19 08:00", "2026-11-02 08:00", **WEEKLY) == ["2026-10-26 08:00", "2026-11-02 08:00"]


def test_the_hour_is_londons_when_the_clocks_change():
    (summer,) = due_times(
        Schedule(**WEEKLY, at_hour=8), at("2026-10-18 00:00"), at("2026-10-20 00:00"), OFFICE
    )
    (winter,) = due_times(
        Schedule(**WEEKLY, at_hour=8), at("2026-10-25 00:00"), at("2026-10-27 00:00"), OFFICE
    )
    assert (summer.astimezone(UTC).hour, winter.astimezone(UTC).hour) == (7, 8)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_an_hour_that_is_skipped_or_comes_twice_is_one_time(day):
    sundays = {"frequency": "weekly", "weekday": 6, "at_hour": 1}
    assert len(due(f"{day} 00:00", f"{day} 23:00", **sundays)) == 1


def test_the_31st_is_the_last_day_of_a_shorter_month():
    found = due("2026-01-31 09:00", "2026-05-01 00:00", **MONTHLY_31)
    assert found == ["2026-02-28 08:00", "2026-03-31 08:00", "2026-04-30 08:00"]


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2026-05", "2026-05-01"),
        ("2027-01", "2027-01-04"),
        ("2026-08", "2026-08-03"),
        ("2026-09", "2026-09-02"),
    ],
    ids=[
        "a Friday",
        "after New Year's Day and a weekend",
        "after a weekend",
        "after a day on which we are closed",
    ],
)
def test_the_first_working_day_passes_over_weekends_bank_holidays_and_closing_days(month, day):
    assert due(f"{month}-01 00:00", f"{month}-28 00:00", **FIRST) == [f"{day} 08:00"]


def test_it_is_said_in_words():
    assert in_words(Schedule(**WEEKLY, at_hour=8)) == "every Monday at 08:00"
    assert in_words(Schedule(**MONTHLY_31, at_hour=8)) == "on day 31 of every month, or its last, at 08:00"
    assert in_words(Schedule(**FIRST, at_hour=9)) == "on the first working day of every month at 09:00"


def test_the_first_working_day_of_a_month_is_one_even_where_it_is_closed_later():
    told = at("2026-08-03 08:00")
    later = Calendar(USUAL_HOURS, frozenset({date(2026, 8, 3)}))
    assert next_due(Schedule(**FIRST, at_hour=8, starts_at=at("2026-01-01 00:00")), told, told, later) == at(
        "2026-09-01 08:00"
    )
