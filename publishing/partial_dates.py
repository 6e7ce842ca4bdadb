"""Dates known in part: a year, a month, a day, or a range of one of these. The value and its model field."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from publishing.formats import format_partial_date

HELP_TEXT = (
    "As exactly as it is known: 2022, 2022-03, 2022-03-14, or a range such as 2022-03/2022-05 or 2022/2024."
)
LONGEST_POINT, LONGEST = len("2022-03-14"), len("2022-03-14/2022-03-18")
POINT = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
SQL_POINT = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


class Point(NamedTuple):
    """One end of a partial date; what is not known is None."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self):
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def iso(self):
        return "-".join([f"{self.year:04}", *(f"{number:02}" for number in self[1:] if number is not None)])

    @property
    def first_day(self):
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self):
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@total_ordering
@dataclass(frozen=True, init=False, repr=False)
class PartialDate:
    """A date said no more exactly than it is known. Immutable; ordered by first day, then last day.

    `iso` is the stored form, always the same for the same date. `str()` is for readers: it is in the active
    language, so nothing that is stored, exported or compared may use it.
    """

    start: Point
    end: Point

    def __init__(self, text):
        ends = [_read_point(piece.strip(), text) for piece in str(text).strip().split("/")]
        if len(ends) > 2:
            raise ValueError(f"“{text}” has more than two ends. Write a range as 2022-03/2022-05.")
        start, end = ends[0], ends[-1]
        if start.precision != end.precision:
            raise ValueError(f"“{text}” mixes a {start.precision} with a {end.precision}. Use one of them.")
        if start.first_day > end.first_day:
            raise ValueError(f"“{text}” ends before it begins. Put the earlier date first.")
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    @classmethod
    def from_day(cls, day):
        return cls(day.isoformat()[:LONGEST_POINT])

    @property
    def iso(self):
        return self.start.iso if self.start == self.end else f"{self.start.iso}/{self.end.iso}"

    @property
    def precision(self):
        return self.start.precision if self.start == self.end else "range"

    @property
    def first_day(self):
        return self.start.first_day

    @property
    def last_day(self):
        return self.end.last_day

    def __lt__(self, other):
        return self._order() < other._order() if isinstance(other, PartialDate) else NotImplemented

    def __str__(self):
        return format_partial_date(self)

    def __repr__(self):
        return f"PartialDate({self.iso!r})"

    def _order(self):
        return self.first_day, self.last_day, self.iso


def _read_point(piece, whole):
    match = POINT.fullmatch(piece)
    if not match:
        raise ValueError(f"“{whole}” is not a date. Write 2022, 2022-03, 2022-03-14 or 2022-03/2022-05.")
    point = Point(*(int(number) if number else None for number in match.groups()))
    if point.month is not None and not 1 <= point.month <= 12:
        raise ValueError(f"“{whole}” has the month {point.month:02}; months run from 01 to 12.")
    try:
        date(point.year, point.month or 1, point.day or 1)
    except ValueError as error:
        raise ValueError(f"“{whole}” is not in the calendar: {error}.") from None
    return point


def _clean(value):
    """A PartialDate of whatever a form, a fixture or a row gives; empty stays as it is."""
    if value is None or value == "" or isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.from_day(value) if isinstance(value, date) else PartialDate(value)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error


class PartialDateFormField(forms.CharField):
    """One line of text, shown in the stored form whatever the language of the page."""

    def to_python(self, value):
        return _clean(super().to_python(_iso(value)))

    def prepare_value(self, value):
        return _iso(value)

    def has_changed(self, initial, data):
        return super().has_changed(_clean(initial), data)


class AssignedPartialDate(DeferredAttribute):
    """Makes a PartialDate of text when assigned; text that is none waits for validation to refuse it."""

    def __set__(self, instance, value):
        try:
            value = _clean(value)
        except ValidationError:
            pass
        instance.__dict__[self.field.attname] = value


class PartialDateField(models.Field):
    """A PartialDate, stored as text in its normal form (varchar(21)), which the database checks for shape.

    Ordering by the column is ordering by text. Among dates of one shape (all days, all months) that is the
    order of their starts. Where shapes mix, a year stands before its months, a month before its days, and a
    range of years after the months of its first year.
    """

    description = "A year, month, day, or a range of them"
    descriptor_class = AssignedPartialDate

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = LONGEST
        kwargs.setdefault("help_text", HELP_TEXT)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        if kwargs.get("help_text") == HELP_TEXT:
            del kwargs["help_text"]
        return name, path, args, kwargs

    def get_internal_type(self):
        return "CharField"

    def db_check(self, connection):
        # Empty passes here, because Django does not alter a column when `blank` changes; forms refuse it.
        return f"{connection.ops.quote_name(self.column)} ~ '^({SQL_POINT}(/{SQL_POINT})?)?$'"

    def from_db_value(self, value, expression, connection):
        return _clean(value)

    def to_python(self, value):
        return _clean(value)

    def get_prep_value(self, value):
        value = _clean(super().get_prep_value(value))
        return None if value == "" and self.null else _iso(value)

    def value_to_string(self, obj):
        return _iso(self.value_from_object(obj))

    def formfield(self, **kwargs):
        empty = {"empty_value": None} if self.null else {}
        return super().formfield(**{"form_class": PartialDateFormField, **empty, **kwargs})


def _iso(value):
    return value.iso if isinstance(value, PartialDate) else value
