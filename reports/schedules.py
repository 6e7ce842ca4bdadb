"""When schedules are due. Pure: days and hours are London's, whatever the clocks do; moments are UTC."""

from calendar import monthrange
from datetime import UTC, datetime, time, timedelta

from django.utils.dates import WEEKDAYS

from reports.models import Schedule
from reports.periods import A_DAY, LONDON, MONTH, midnight, shifted, starting

Frequency = Schedule.Frequency
AHEAD = timedelta(days=70)  # within which the next of every kind lies
A_MOMENT = timedelta(microseconds=1)


def due_times(schedule, since, until, calendar):
    """The moments after `since` and up to `until` at which a schedule is due, in order. `calendar` knows
    working days."""
    day, last = (moment.astimezone(LONDON).date() for moment in (since, until))
    while day <= last:
        if falls_on(schedule, day, calendar):
            due = datetime.combine(day, time(schedule.at_hour), tzinfo=LONDON).astimezone(UTC)
            if since < due <= until:
                yield due
        day += A_DAY


def falls_on(schedule, day, calendar):
    match schedule.frequency:
        case Frequency.WEEKLY:
            return day.weekday() == schedule.weekday
        case Frequency.MONTHLY:
            return day.day == min(schedule.day_of_month, monthrange(day.year, day.month)[1])
    earlier = (day.replace(day=number) for number in range(1, day.day))
    return calendar.is_working_day(day) and not any(map(calendar.is_working_day, earlier))


def since_when(schedule, done):
    """From which moment on it may be due again; `done` is the due time of its newest run. A month has one first working
    day, even where a closing day that is entered later makes another day the first."""
    if done is None:
        return schedule.starts_at
    if schedule.frequency == Frequency.FIRST_WORKING_DAY:
        first = starting(done.astimezone(LONDON).date(), MONTH)
        done = midnight(shifted(first, 1)).astimezone(UTC) - A_MOMENT
    return max(schedule.starts_at, done)


def next_due(schedule, now, done, calendar):
    """When it is due next; None while it is paused."""
    if schedule.paused_at:
        return None
    since = max(now, since_when(schedule, done))
    return next(due_times(schedule, since, since + AHEAD, calendar), None)


def in_words(schedule):
    """Every Monday at 08:00."""
    at = f"at {schedule.at_hour:02d}:00"
    match schedule.frequency:
        case Frequency.WEEKLY:
            return f"every {WEEKDAYS[schedule.weekday]} {at}"
        case Frequency.MONTHLY if schedule.day_of_month > 28:
            return f"on day {schedule.day_of_month} of every month, or its last, {at}"
        case Frequency.MONTHLY:
            return f"on day {schedule.day_of_month} of every month {at}"
    return f"on the first working day of every month {at}"
