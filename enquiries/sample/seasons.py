"""When they write: more after events and in spring and autumn, less in August and at Christmas, in their own mornings
and afternoons, hardly at weekends, and a little more every year."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from enquiries.sample.senders import CODES, COUNTRIES, SHARES

DAY = 86400
MONTHS = (1.0, 1.05, 1.15, 1.05, 1.05, 1.2, 0.95, 0.55, 1.2, 1.25, 1.15, 0.7)
WEEKDAYS = (1.15, 1.15, 1.1, 1.05, 0.9, 0.16, 0.14)
EVENTS = ((3, 12), (6, 18), (9, 24), (11, 6))  # fairs and visits, every year about then
AFTER_EVENT = (1.6, 2.6, 2.2, 1.8, 1.5, 1.3, 1.2)
# Shares of the hours of a sender's own day.
HOURS = (1, 1, 0, 0, 0, 1, 2, 5, 14, 22, 24, 18, 10, 15, 20, 19, 16, 11, 6, 4, 4, 3, 2, 1)


def weight(day, growth):
    found = MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * growth
    if day.month == 12 and day.day > 20:
        found *= 0.4
    for month, start in EVENTS:
        since = (day - date(day.year, month, start)).days
        if 0 <= since < len(AFTER_EVENT):
            found *= AFTER_EVENT[since]
    return found


def receipts(rng, number, years, now):
    """So many (moment, country), moments in seconds, in order, none after `now` (also in seconds)."""
    today = datetime.fromtimestamp(now, UTC).date()
    days = [today - timedelta(days=back) for back in range(round(365.25 * years), -1, -1)]
    weights = [weight(day, 1 + place / len(days)) for place, day in enumerate(days)]
    weights[-1] *= (now % DAY) / DAY
    chosen = zip(
        rng.choices(days, weights, k=number),
        rng.choices(CODES, SHARES, k=number),
        rng.choices(range(24), HOURS, k=number),
        strict=True,
    )
    return sorted(
        (_by(now, _midnight(day, country) + hour * 3600 + rng.randrange(3600)), country)
        for day, country, hour in chosen
    )


def _by(now, moment):
    """What would still be to come was a day or two earlier."""
    while moment > now:
        moment -= DAY
    return moment


@cache
def _midnight(day, country):
    zone = ZoneInfo(COUNTRIES[country][1])
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
