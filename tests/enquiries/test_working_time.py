"""Working time, to the minute. What is expected was written down by hand from a wall calendar, London's time: nothing
here is reckoned by what it tests. Office hours are 9 to 17 on weekdays; a first reply is due within 16 working hours,
qualification within 80; the promise is closing time on the second working day after the day of receipt."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enquiries.working_time import LONDON, USUAL_HOURS, Calendar, bank_holidays

SEOUL = ZoneInfo("Asia/Seoul")
OFFICE = Calendar(USUAL_HOURS)
REPLY, QUALIFICATION = timedelta(hours=16), timedelta(hours=80)


def london(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


# received, first reply due, qualification due, promised by
YEAR = """
2025-12-24 16:59 | 2025-12-30 16:59 | 2026-01-12 16:59 | 2025-12-30 17:00  Christmas Eve; Christmas and Boxing Day
2025-12-31 09:00 | 2026-01-02 17:00 | 2026-01-14 17:00 | 2026-01-05 17:00  New Year's Day is free
2026-01-01 10:00 | 2026-01-05 17:00 | 2026-01-15 17:00 | 2026-01-05 17:00  on New Year's Day itself
2026-01-02 16:59 | 2026-01-06 16:59 | 2026-01-16 16:59 | 2026-01-06 17:00  a Friday, one minute before closing
2026-01-02 17:00 | 2026-01-06 17:00 | 2026-01-16 17:00 | 2026-01-06 17:00  a Friday, at closing
2026-01-02 17:01 | 2026-01-06 17:00 | 2026-01-16 17:00 | 2026-01-06 17:00  a Friday, after it
2026-01-03 12:00 | 2026-01-06 17:00 | 2026-01-16 17:00 | 2026-01-06 17:00  Saturday
2026-01-04 23:59 | 2026-01-06 17:00 | 2026-01-16 17:00 | 2026-01-06 17:00  Sunday, a minute before Monday
2026-01-05 00:00 | 2026-01-06 17:00 | 2026-01-16 17:00 | 2026-01-07 17:00  Monday, at midnight
2026-01-05 08:59 | 2026-01-06 17:00 | 2026-01-16 17:00 | 2026-01-07 17:00  before opening
2026-01-05 09:00 | 2026-01-06 17:00 | 2026-01-16 17:00 | 2026-01-07 17:00  at opening
2026-01-05 09:01 | 2026-01-07 09:01 | 2026-01-19 09:01 | 2026-01-07 17:00  a minute after opening
2026-01-05 12:34 | 2026-01-07 12:34 | 2026-01-19 12:34 | 2026-01-07 17:00  at noon
2026-01-05 16:59 | 2026-01-07 16:59 | 2026-01-19 16:59 | 2026-01-07 17:00  a Monday, before closing
2026-01-06 20:00 | 2026-01-08 17:00 | 2026-01-20 17:00 | 2026-01-08 17:00  in the evening
2026-02-13 15:00 | 2026-02-17 15:00 | 2026-02-27 15:00 | 2026-02-17 17:00  Seollal in Korea is a working day here
2026-02-16 10:00 | 2026-02-18 10:00 | 2026-03-02 10:00 | 2026-02-18 17:00  the first day of Seollal
2026-02-17 09:30 | 2026-02-19 09:30 | 2026-03-03 09:30 | 2026-02-19 17:00  Seollal itself
2026-02-27 16:59 | 2026-03-03 16:59 | 2026-03-13 16:59 | 2026-03-03 17:00  February has 28 days
2026-03-02 11:00 | 2026-03-04 11:00 | 2026-03-16 11:00 | 2026-03-04 17:00  a free day in Korea alone
2026-03-26 15:15 | 2026-03-30 15:15 | 2026-04-13 15:15 | 2026-03-30 17:00  summer time begins on the Sunday
2026-03-27 16:59 | 2026-03-31 16:59 | 2026-04-14 16:59 | 2026-03-31 17:00  a Friday, the clocks go forward
2026-03-29 00:59 | 2026-03-31 17:00 | 2026-04-14 17:00 | 2026-03-31 17:00  a minute before they do
2026-03-29 02:00 | 2026-03-31 17:00 | 2026-04-14 17:00 | 2026-03-31 17:00  a minute after
2026-03-30 09:30 | 2026-04-01 09:30 | 2026-04-15 09:30 | 2026-04-01 17:00  the first morning of summer time
2026-04-01 10:00 | 2026-04-07 10:00 | 2026-04-17 10:00 | 2026-04-07 17:00  Good Friday and Easter Monday between
2026-04-02 16:59 | 2026-04-08 16:59 | 2026-04-20 16:59 | 2026-04-08 17:00  Maundy Thursday
2026-04-03 12:00 | 2026-04-08 17:00 | 2026-04-20 17:00 | 2026-04-08 17:00  Good Friday
2026-04-06 12:00 | 2026-04-08 17:00 | 2026-04-20 17:00 | 2026-04-08 17:00  Easter Monday
2026-05-01 09:30 | 2026-05-06 09:30 | 2026-05-18 09:30 | 2026-05-06 17:00  before the early May bank holiday
2026-05-04 09:30 | 2026-05-06 17:00 | 2026-05-18 17:00 | 2026-05-06 17:00  on it
2026-05-05 14:00 | 2026-05-07 14:00 | 2026-05-19 14:00 | 2026-05-07 17:00  Children's Day in Korea
2026-05-22 16:59 | 2026-05-27 16:59 | 2026-06-08 16:59 | 2026-05-27 17:00  before the spring bank holiday
2026-05-25 08:00 | 2026-05-27 17:00 | 2026-06-08 17:00 | 2026-05-27 17:00  on it
2026-07-31 23:30 | 2026-08-04 17:00 | 2026-08-14 17:00 | 2026-08-04 17:00  a Friday night; Saturday in Seoul
2026-08-28 16:59 | 2026-09-02 16:59 | 2026-09-14 16:59 | 2026-09-02 17:00  before the summer bank holiday
2026-08-31 10:00 | 2026-09-02 17:00 | 2026-09-14 17:00 | 2026-09-02 17:00  on it
2026-09-23 13:00 | 2026-09-25 13:00 | 2026-10-07 13:00 | 2026-09-25 17:00  before Chuseok, which is not counted
2026-09-24 09:15 | 2026-09-28 09:15 | 2026-10-08 09:15 | 2026-09-28 17:00  the day before Chuseok, free in Korea
2026-09-25 16:59 | 2026-09-29 16:59 | 2026-10-09 16:59 | 2026-09-29 17:00  Chuseok
2026-10-09 10:10 | 2026-10-13 10:10 | 2026-10-23 10:10 | 2026-10-13 17:00  Hangul Day
2026-10-23 16:59 | 2026-10-27 16:59 | 2026-11-06 16:59 | 2026-10-27 17:00  a Friday, the clocks go back on Sunday
2026-10-24 23:59 | 2026-10-27 17:00 | 2026-11-06 17:00 | 2026-10-27 17:00  the night they do
2026-10-25 01:30 | 2026-10-27 17:00 | 2026-11-06 17:00 | 2026-10-27 17:00  in the hour that comes twice
2026-10-26 09:00 | 2026-10-27 17:00 | 2026-11-06 17:00 | 2026-10-28 17:00  the first morning of winter time
2026-11-23 10:00 | 2026-11-25 10:00 | 2026-12-07 10:00 | 2026-11-25 17:00  a Monday like any other
2026-11-27 16:59 | 2026-12-01 16:59 | 2026-12-11 16:59 | 2026-12-01 17:00  a Friday, one minute before closing
2026-12-11 17:30 | 2026-12-15 17:00 | 2026-12-29 17:00 | 2026-12-15 17:00  Christmas falls into qualification
2026-12-23 12:00 | 2026-12-29 12:00 | 2027-01-11 12:00 | 2026-12-29 17:00  Christmas, Boxing Day and its substitute
2026-12-24 16:59 | 2026-12-30 16:59 | 2027-01-12 16:59 | 2026-12-30 17:00  Christmas Eve
2026-12-25 09:00 | 2026-12-30 17:00 | 2027-01-12 17:00 | 2026-12-30 17:00  Christmas Day
2026-12-26 09:00 | 2026-12-30 17:00 | 2027-01-12 17:00 | 2026-12-30 17:00  Boxing Day, a Saturday
2026-12-28 09:00 | 2026-12-30 17:00 | 2027-01-12 17:00 | 2026-12-30 17:00  the Monday in its stead
2026-12-31 15:45 | 2027-01-05 15:45 | 2027-01-15 15:45 | 2027-01-05 17:00  over New Year
2027-01-01 00:01 | 2027-01-05 17:00 | 2027-01-15 17:00 | 2027-01-05 17:00  New Year's Day 2027, a Friday
2027-03-25 16:59 | 2027-03-31 16:59 | 2027-04-12 16:59 | 2027-03-31 17:00  Easter and the change of clocks in one
2027-03-26 10:00 | 2027-03-31 17:00 | 2027-04-12 17:00 | 2027-03-31 17:00  Good Friday 2027
2027-03-29 16:00 | 2027-03-31 17:00 | 2027-04-12 17:00 | 2027-03-31 17:00  Easter Monday 2027
2027-04-30 09:01 | 2027-05-05 09:01 | 2027-05-17 09:01 | 2027-05-05 17:00  before the early May bank holiday of 2027
2027-05-03 12:00 | 2027-05-05 17:00 | 2027-05-17 17:00 | 2027-05-05 17:00  on it
2027-05-28 16:59 | 2027-06-02 16:59 | 2027-06-14 16:59 | 2027-06-02 17:00  before the spring bank holiday of 2027
2027-05-31 12:00 | 2027-06-02 17:00 | 2027-06-14 17:00 | 2027-06-02 17:00  on it
2027-08-27 16:59 | 2027-09-01 16:59 | 2027-09-13 16:59 | 2027-09-01 17:00  before the summer bank holiday of 2027
2027-08-30 12:00 | 2027-09-01 17:00 | 2027-09-13 17:00 | 2027-09-01 17:00  on it
2027-09-15 11:11 | 2027-09-17 11:11 | 2027-09-29 11:11 | 2027-09-17 17:00  Chuseok 2027
2027-12-24 16:59 | 2027-12-30 16:59 | 2028-01-12 16:59 | 2027-12-30 17:00  both days of Christmas have a substitute
2027-12-25 12:00 | 2027-12-30 17:00 | 2028-01-12 17:00 | 2027-12-30 17:00  Christmas 2027, a Saturday
2027-12-27 12:00 | 2027-12-30 17:00 | 2028-01-12 17:00 | 2027-12-30 17:00  the Monday in its stead
2027-12-28 12:00 | 2027-12-30 17:00 | 2028-01-12 17:00 | 2027-12-30 17:00  the Tuesday in Boxing Day's stead
2027-12-31 16:59 | 2028-01-05 16:59 | 2028-01-17 16:59 | 2028-01-05 17:00  New Year's Day 2028 is a Saturday: Monday too
2028-02-28 16:59 | 2028-03-01 16:59 | 2028-03-13 16:59 | 2028-03-01 17:00  a leap year
2028-02-29 12:00 | 2028-03-02 12:00 | 2028-03-14 12:00 | 2028-03-02 17:00  the leap day itself
"""
ROWS = [[part.strip()[:16] for part in line.split("|")] for line in YEAR.strip().splitlines()]


@pytest.mark.parametrize(("received", "reply", "qualification", "promise"), ROWS)
def test_a_year_written_by_hand_matches_to_the_minute(received, reply, qualification, promise):
    received = london(received)
    assert OFFICE.after(received, REPLY) == london(reply)
    assert OFFICE.after(received, QUALIFICATION) == london(qualification)
    assert OFFICE.promised_by(received) == london(promise)


def test_every_bank_holiday_of_england_is_known_substitutes_among_them():
    of_2026 = "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"
    of_2027 = "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28"
    assert set(bank_holidays(2026)) == {date.fromisoformat(f"2026-{day}") for day in of_2026.split()}
    assert set(bank_holidays(2027)) == {date.fromisoformat(f"2027-{day}") for day in of_2027.split()}


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-23 08:30", "2026-11-24 17:00"),  # 23:30 on Sunday in London: the office opens on Monday
        ("2026-11-24 02:00", "2026-11-25 17:00"),  # Tuesday there, Monday 17:00 here
        ("2026-11-24 01:59", "2026-11-25 16:59"),  # a minute before closing here
        ("2026-07-04 00:30", "2026-07-07 16:30"),  # Saturday there, Friday 16:30 in summer here
        ("2027-01-01 08:00", "2027-01-05 17:00"),  # next year there
    ],
)
def test_a_moment_that_is_another_day_in_seoul_counts_as_londons(received, due):
    there = datetime.fromisoformat(received).replace(tzinfo=SEOUL)
    assert OFFICE.after(there, REPLY) == london(due)


# received on Monday 5 January 2026 at 10:00: 16 working hours are Wednesday the 7th at 10:00
@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ("", "2026-01-07 10:00"),
        ("05 12:00 – 05 13:00", "2026-01-07 11:00"),  # within a day
        ("05 16:00 – 06 10:00", "2026-01-07 12:00"),  # over a night: one hour and one
        ("05 12:00 – 07 12:00", "2026-01-09 10:00"),  # over two days
        ("09 09:00 – 09 12:00", "2026-01-07 10:00"),  # after the due moment
        ("07 10:00 – 07 11:00", "2026-01-07 10:00"),  # begins at the due moment
        ("07 09:59 – 07 11:00", "2026-01-07 11:01"),  # begins a minute before it
        ("02 09:00 – 05 09:30", "2026-01-07 10:00"),  # ended before receipt
        ("02 09:00 – 05 11:00", "2026-01-07 11:00"),  # began before receipt
        ("05 12:00 – 05 12:00", "2026-01-07 10:00"),  # of no length
        ("05 18:00 – 06 08:00", "2026-01-07 10:00"),  # at night
        ("05 17:00 – 06 09:00", "2026-01-07 10:00"),  # from closing to opening
        ("10 00:00 – 11 23:59", "2026-01-07 10:00"),  # a weekend, after it
        ("05 11:00 – 05 12:00, 05 12:00 – 05 13:00", "2026-01-07 12:00"),  # adjacent
        ("05 11:00 – 05 13:00, 05 12:00 – 05 14:00", "2026-01-07 13:00"),  # overlapping
        ("05 11:00 – 05 15:00, 05 12:00 – 05 13:00", "2026-01-07 14:00"),  # one within the other
        ("06 12:00 – 06 13:00, 05 12:00 – 05 13:00", "2026-01-07 12:00"),  # in any order
        ("05 09:00 – 06 17:00", "2026-01-08 17:00"),  # the clock begins on Wednesday
        ("07 09:00 – 09 17:00", "2026-01-12 10:00"),  # over a weekend by its end
    ],
)
def test_pauses_move_the_due_moment_by_their_working_time(pauses, due):
    spans = [
        tuple(london(f"2026-01-{end.strip()}") for end in span.split("–"))
        for span in pauses.split(",")
        if span
    ]
    assert OFFICE.after(london("2026-01-05 10:00"), REPLY, spans) == london(due)


@pytest.mark.parametrize(
    ("pause", "due"),
    [
        (("2026-03-27 16:00", "2026-03-30 10:00"), "2026-03-31 12:00"),  # over the change to summer time
        (
            ("2026-10-23 16:00", "2026-10-26 10:00"),
            "2026-10-27 12:00",
        ),  # and back: two working hours both times
        (("2026-12-24 16:00", "2026-12-29 10:00"), "2026-12-30 12:00"),  # over Christmas
    ],
)
def test_a_pause_over_a_change_of_clocks_or_a_holiday_counts_working_hours_alone(pause, due):
    begins, ends = map(london, pause)
    received = begins.replace(hour=10)
    assert OFFICE.after(received, REPLY, [(begins, ends)]) == london(due)


def test_closing_days_are_not_counted():
    closed = Calendar(USUAL_HOURS, frozenset({date(2026, 1, 6), date(2026, 1, 10)}))
    assert closed.after(london("2026-01-05 10:00"), REPLY) == london("2026-01-08 10:00")
    assert closed.promised_by(london("2026-01-05 10:00")) == london("2026-01-08 17:00")
    assert closed.after(london("2026-01-06 10:00"), REPLY) == london("2026-01-08 17:00")


def test_hours_of_their_own_for_a_day_and_a_weekend_that_works():
    shop = Calendar({0: (time(10), time(12)), 5: (time(9), time(13)), 6: (time(23), time(23, 30))})
    assert shop.after(london("2026-01-05 11:00"), timedelta(hours=2)) == london("2026-01-10 10:00")
    assert shop.after(london("2026-01-10 12:30"), timedelta(hours=1)) == london("2026-01-11 23:30")
    assert shop.longest_day == timedelta(hours=4)


def test_an_office_that_is_open_through_the_night_of_a_change_works_an_hour_less_or_more():
    night = Calendar({6: (time(0), time(6))})
    assert night.between(london("2026-03-29 00:00"), london("2026-03-29 06:00")) == timedelta(hours=5)
    assert night.between(london("2026-10-25 00:00"), london("2026-10-25 06:00")) == timedelta(hours=7)


def test_an_office_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="never opens"):
        Calendar({})


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        ("2026-11-23 08:59", "2026-11-20"),
        ("2026-11-23 09:00", "2026-11-23"),
        ("2026-11-29 12:00", "2026-11-27"),
        ("2026-12-28 12:00", "2026-12-24"),
    ],
)
def test_the_last_day_on_which_the_office_opened(now, opened):
    assert OFFICE.last_opened(london(now)) == date.fromisoformat(opened)


# Rules that hold for every moment

MOMENTS = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
WORK = st.integers(1, 200 * 60).map(lambda minutes: timedelta(minutes=minutes))
SPANS = st.lists(
    st.tuples(MOMENTS, st.integers(0, 60 * 24 * 20)).map(
        lambda span: (span[0], span[0] + timedelta(minutes=span[1]))
    ),
    max_size=4,
)
OFFICES = st.sampled_from(
    [
        OFFICE,
        Calendar(USUAL_HOURS, frozenset({date(2026, 1, 5), date(2026, 12, 24)})),
        Calendar({0: (time(9, 30), time(16, 15)), 6: (time(0), time(6))}),
        Calendar({day: (time(0), time(23, 59)) for day in range(7)}),
    ]
)


@given(OFFICES, MOMENTS, WORK, SPANS)
@example(OFFICE, datetime(2026, 1, 2, 16, 59, tzinfo=UTC), REPLY, [])
@settings(max_examples=80, deadline=None)
def test_the_time_worked_until_the_due_moment_is_what_was_asked(office, start, work, pauses):
    assert office.between(start, office.after(start, work, pauses), pauses) == work


@given(OFFICES, MOMENTS, WORK, WORK)
@settings(max_examples=50, deadline=None)
def test_more_work_and_a_later_start_are_never_due_earlier(office, start, work, more):
    due = office.after(start, work)
    assert due < office.after(start, work + more)
    assert due <= office.after(start + more, work)


@given(OFFICES, MOMENTS, WORK, SPANS)
@settings(max_examples=50, deadline=None)
def test_a_pause_only_moves_the_due_moment_later(office, start, work, pauses):
    without = office.after(start, work)
    paused = office.after(start, work, pauses)
    assert paused >= without
    assert paused == office.after(start, work, [*pauses, *pauses])


@given(OFFICES, MOMENTS, WORK, SPANS)
@settings(max_examples=50, deadline=None)
def test_nothing_is_ever_due_outside_office_hours(office, start, work, pauses):
    due = office.after(start, work, pauses)
    opens, closes = office.office(due.astimezone(LONDON).date())
    assert start < due and opens < due <= closes
    assert not any(begins < due < ends for begins, ends in pauses)


@given(OFFICES, MOMENTS, MOMENTS)
@example(OFFICE, datetime(2025, 3, 31, 22, 59, tzinfo=UTC), datetime(2027, 10, 31, 23, 1, tzinfo=UTC))
@settings(max_examples=80, deadline=None)
def test_working_time_between_any_two_moments_is_that_of_its_days(office, start, end):
    worked, day = timedelta(), start.astimezone(LONDON).date()
    while day <= end.astimezone(LONDON).date():
        if office.is_working_day(day):
            opens, closes = (datetime.combine(day, at, tzinfo=LONDON) for at in office.hours[day.weekday()])
            opens, closes = max(opens.astimezone(UTC), start), min(closes.astimezone(UTC), end)
            worked += max(closes - opens, timedelta())
        day += timedelta(days=1)
    assert office.between(start, end) == worked
