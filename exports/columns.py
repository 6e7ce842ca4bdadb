"""Columns of an exported list, as expressions of its queryset: one set of columns makes CSV and spreadsheet alike.

The kind of a column decides how it is written. What somebody may have typed is `text` or `telephone` and is guarded;
`plain` is for what the system writes itself: references, our own words, dates.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, DateTimeField, F, Func, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left, Trim

from exports import cells

FEW = 12
LOCAL_TIME = "%(expressions)s AT TIME ZONE 'Europe/London'"


@dataclass(frozen=True)
class Column:
    """A heading, the value as it is (for a spreadsheet, which knows numbers and dates), how a CSV writes it, and the
    guard of `exports.cells` for what somebody may have typed; None for what the system writes."""

    heading: str
    value: Any
    written: Any
    width: int = 16
    pattern: str = ""  # of a date or time in a spreadsheet
    guard: Callable[[str], str] | None = cells.text


def text(heading, name, width=24):
    """What somebody typed."""
    value = _expression(name)
    return Column(heading, value, value, width)


def telephone(heading, name, width=20):
    value = _expression(name)
    return Column(heading, value, value, width, guard=cells.telephone)


def plain(heading, name, width=16):
    """What the system wrote itself and nobody can begin with a formula."""
    value = _expression(name)
    return Column(heading, value, value, width, guard=None)


number = plain


def day(heading, name, width=12):
    value = _expression(name)
    return Column(heading, value, value, width, "yyyy-mm-dd", guard=None)


def moment(heading, name, width=17):
    """A point in time, London's."""
    local = Func(_expression(name), template=LOCAL_TIME, output_field=DateTimeField())
    shown = Left(Cast(local, TextField()), len("2026-01-31 09:00"))  # `copy.py` asks for dates in ISO's form
    return Column(heading, local, shown, width, "yyyy-mm-dd hh:mm", guard=None)


def word(heading, name, words, width=22):
    """A stored key as the word that people read: `words` are pairs, as choices are. An unknown key is itself."""
    keys = {str(key): str(said) for key, said in words}
    key = _expression(name)
    if len(keys) <= FEW and isinstance(name, str):  # compared one by one they are found sooner
        found = [When(**{name: stored}, then=Value(said)) for stored, said in keys.items()]
        return plain(heading, Case(*found, default=key, output_field=TextField()), width)
    table = Value(json.dumps(keys, ensure_ascii=False))
    look_up = {"template": "(%(expressions)s)", "arg_joiner": "::jsonb ->> ", "output_field": TextField()}
    return plain(heading, Coalesce(Func(table, key, **look_up), key, output_field=TextField()), width)


def yes(heading, condition, width=10):
    """Yes where the condition holds, otherwise no."""
    answer = Case(When(condition, then=Value("yes")), default=Value("no"), output_field=CharField())
    return plain(heading, answer, width)


def staff(heading, name, width=20):
    """A member of staff, by full name or user name."""
    return text(heading, staff_name(name), width)


def staff_name(name):
    """The same as an expression; empty where there is nobody."""
    full = Trim(Concat(f"{name}__first_name", Value(" "), f"{name}__last_name"))
    return Case(
        When(**{f"{name}__isnull": True}, then=Value("")),
        When(**{f"{name}__first_name": "", f"{name}__last_name": ""}, then=F(f"{name}__username")),
        default=full,
        output_field=TextField(),
    )


def several(heading, rows, width=30):
    """The values of a subquery of one column, parted by commas, in its order."""
    joined = Func(ArraySubquery(rows), Value(", "), function="array_to_string", output_field=TextField())
    return text(heading, joined, width)


def _expression(name):
    return F(name) if isinstance(name, str) else name
