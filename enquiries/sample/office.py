"""The office's working time laid out once as a table, so that a million clocks are reckoned in seconds. It gives what
`enquiries.working_time.Calendar` gives; a test compares the two for every row."""

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from functools import cache

from enquiries.working_time import LONDON, PROMISED_DAYS

HOUR = 3600


class Office:
    """Moments and lengths are in whole seconds."""

    def __init__(self, calendar, start, end):
        self.calendar = calendar
        self.opens, self.closes, self.before, self.until = [], [], [], []
        worked = 0
        day, last = _day(start), _day(end)
        while day <= last:
            if office := calendar.office(day):
                opens, closes = (int(moment.timestamp()) for moment in office)
                self.opens.append(opens)
                self.closes.append(closes)
                self.before.append(worked)
                worked += closes - opens
                self.until.append(worked)
            day += timedelta(days=1)
        self.promised = cache(self._promised)

    def worked_by(self, moment):
        """Working time from the beginning of the table until the moment."""
        place = bisect_right(self.opens, moment) - 1
        if place < 0:
            return 0
        return self.before[place] + min(moment, self.closes[place]) - self.opens[place]

    def moment(self, worked):
        """When so much working time has passed; the end of a day rather than the beginning of the next."""
        place = bisect_left(self.until, worked)
        return self.opens[place] + worked - self.before[place]

    def after(self, start, working, pauses=()):
        """When so much working time has passed since the start, the pauses not counted."""
        worked = self.worked_by(start) + working
        for begins, ends in pauses:
            begins, ends = self.worked_by(max(begins, start)), self.worked_by(max(ends, start))
            if begins < worked:
                worked += ends - begins
        return self.moment(worked)

    def promised_by(self, received_at):
        return self.promised(datetime.fromtimestamp(received_at, UTC).astimezone(LONDON).date())

    def _promised(self, day):
        return int(self.calendar.office(self.calendar.working_days_after(day, PROMISED_DAYS))[1].timestamp())


def _day(moment):
    return datetime.fromtimestamp(moment, UTC).date()
