"""A clock that stands until a test moves it, for everything that asks Django for the time."""

import datetime as real
from contextlib import contextmanager
from unittest import mock


class _Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real.datetime)


class Clock(real.datetime, metaclass=_Kind):
    """Stands in for the datetime of django.utils.timezone."""

    moment = None

    @classmethod
    def now(cls, tz=None):
        return cls.moment.astimezone(tz)

    @classmethod
    def advance(cls, **more):
        cls.moment += real.timedelta(**more)


@contextmanager
def standing_at(moment):
    Clock.moment = moment
    with mock.patch("django.utils.timezone.datetime", Clock):
        yield Clock
