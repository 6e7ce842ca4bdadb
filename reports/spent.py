"""How long records took, measured by the database over any number of them: groups with counts, median and 90th
percentile. Percentiles are interpolated between the two nearest, as spreadsheets do."""

from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import Min, TextField, Value

from enquiries.models import Enquiry
from enquiries.working_time import LONDON, calendar

ALL = Value(None, output_field=TextField())  # the key of one group of all
PERCENTILES = "ARRAY[0.5, 0.9]"
HOUR = 3600
A_DAY = timedelta(days=1)

# Working time between two points in time is a difference: the office's time until the one less that until the other.
HOURS = """hours AS MATERIALIZED (
    SELECT * FROM unnest(%s::date[], %s::timestamptz[], %s::timestamptz[], %s::float8[])
        AS hours (day, opens, closes, before)
)"""
UNTIL = (
    "{days}.before + greatest(extract(epoch FROM least({moment}, {days}.closes) - {days}.opens), 0)::float8"
)
ON_DAY = "LEFT JOIN hours {days} ON {days}.day = ({moment} AT TIME ZONE 'Europe/London')::date"
# What lies within of the times in which we waited for the investor: counted once where two of them overlap.
PAUSED = """waited AS MATERIALIZED (
    SELECT pause.pk, unnest(pause.spans) AS span FROM (
        SELECT one.pk, range_agg(tstzrange(greatest(since, started), least(until, ended))) AS spans
        FROM (SELECT DISTINCT pk, started, ended FROM asked WHERE started < ended) one
        JOIN enquiries_wait ON enquiry_id = one.pk AND since < ended AND coalesce(until, ended) > started
        GROUP BY one.pk
    ) pause
), paused AS (
    SELECT waited.pk, sum({last} - ({first})) AS seconds
    FROM waited {on_first} {on_last} GROUP BY waited.pk
)"""
GROUPED = """WITH {tables} SELECT asked.grp, grouping(asked.grp) = 1, {chosen} FROM asked {joined}
    GROUP BY GROUPING SETS ((asked.grp), ())"""


def groups_of(rows, named, measures, *, before=(), joined=""):
    """({group: {measure: value}}, the same of all) of a queryset whose values are `named` columns, "grp" among them.
    `measures` are SQL over them; `before` are further tables of the query, each (SQL, parameters), and `joined` what is
    taken of them. Where a record is in several groups, what is said of all counts it several times."""
    sql, of_rows = rows.query.sql_with_params()
    tables = [(f"asked ({', '.join(named)}) AS MATERIALIZED ({sql})", of_rows), *before]
    chosen = ", ".join(f"{expression} AS {name}" for name, expression in measures.items())
    said = {"tables": ", ".join(table for table, _ in tables), "chosen": chosen, "joined": joined}
    given = [param for _, some in tables for param in some]
    with connection.cursor() as cursor:
        cursor.execute(GROUPED.format(**said), given)
        found = [
            (key, is_all, dict(zip(measures, values, strict=True)))
            for key, is_all, *values in cursor.fetchall()
        ]
    groups = {key: measured for key, is_all, measured in found if not is_all}
    return groups, next(measured for _, is_all, measured in found if is_all)


def in_working_hours(rows, named, measures, *, now, waits):
    """The same for rows that were `started` and `ended`: measures may ask for `hours`, the working time between the
    two, which is nothing where it has not ended. `waits` says whether our waits for the investor are left out."""
    tables = [(HOURS, hours_until(now))]
    joined = _on("s", "asked.started") + _on("e", "asked.ended")
    spent = f"{_until('e', 'asked.ended')} - ({_until('s', 'asked.started')})"
    if waits:
        first, last = "lower(waited.span)", "upper(waited.span)"
        sums = {"first": _until("f", first), "last": _until("l", last)}
        tables.append((PAUSED.format(**sums, on_first=_on("f", first), on_last=_on("l", last)), []))
        joined += " LEFT JOIN paused ON paused.pk = asked.pk"
        spent = f"{spent} - coalesce(paused.seconds, 0)"
    hours = f"CASE WHEN asked.ended IS NOT NULL THEN greatest({spent}, 0) / {HOUR} END"
    measures = {name: expression.replace("{hours}", hours) for name, expression in measures.items()}
    return groups_of(rows, named, measures, before=tables, joined=joined)


def _on(days, moment):
    return " " + ON_DAY.format(days=days, moment=moment)


def _until(days, moment):
    return UNTIL.format(days=days, moment=moment)


def hours_until(now):
    """The days of the calendar from the earliest enquiry until tomorrow, as four columns: the day, from when to when
    the office is open, and how many working seconds lay before it."""
    first = Enquiry.objects.aggregate(first=Min("received_at"))["first"] or now
    day, kept, passed, columns = _day(first), calendar(), 0.0, ([], [], [], [])
    while day <= _day(now) + A_DAY:
        opens, closes = kept.office(day) or [datetime.combine(day, time(12), tzinfo=LONDON)] * 2
        for column, value in zip(columns, (day, opens, closes, passed), strict=True):
            column.append(value)
        passed += (closes - opens).total_seconds()
        day += A_DAY
    return list(columns)


def _day(moment):
    return moment.astimezone(LONDON).date()
