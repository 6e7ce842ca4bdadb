"""A report as one JSON object: what it is, its scope, columns, rows, totals. A listing's rows come in portions, so that
memory does not grow with them. The last member says that it was all."""

import json
from datetime import date, datetime
from decimal import Decimal

from django.utils import translation

from exports.spreadsheets import values
from reports import stated
from reports.display import plain
from reports.periods import LONDON
from reports.tables import NUMERIC
from reports.taking import snapshot, take
from reports.words import said

PORTION = 500  # rows joined into one piece


def parts(report, form, user, language):
    """(rows, bytes) of the file, read in one snapshot."""
    with snapshot() as moment:
        taken = take(report, form, user, moment=moment, language=language)
        head = {"report": report.name, "scope": scope_of(taken), "columns": columns_of(taken)}
        yield 0, (_text(head)[:-1] + ', "rows": [').encode()
        sent = 0
        for count, text in _listed(taken.content) if taken.is_listing else _table(taken.content):
            yield count, ((", " if sent else "") + text).encode()
            sent += count
        if sent != taken.scope.rows:
            raise RuntimeError("Other rows were written than were counted.")
        tail = {"totals": _totals(taken), "notes": stated.notes(taken), "complete": True}
        yield 0, ("], " + _text(tail)[1:] + "\n").encode()


def scope_of(taken):
    scope = taken.scope
    return {
        "title": scope.title,
        "about": scope.about,
        "chosen": taken.chosen,
        "parameters": [{"label": label, "value": words} for label, words in scope.parameters],
        "rows": scope.rows,
        "matched": scope.matched,
        "by": scope.by,
        "as_of": scope.as_of.astimezone(LONDON).isoformat(timespec="seconds"),
        "language": taken.language,
    }


def columns_of(taken):
    """What stands in a row. The columns of a listing are told by their headings."""
    if taken.is_listing:
        with translation.override(taken.language):
            return [
                {"key": column.heading, "heading": said(column.heading)} for column in taken.content.columns
            ]
    return [
        {"key": column.key, "heading": str(column.heading), "kind": column.kind.value}
        for column in taken.content.columns
    ]


def _listed(listing):
    keys = [str(column.heading) for column in listing.columns]
    portion = []
    for row in values(listing.queryset, listing.columns):
        portion.append(_text(dict(zip(keys, row, strict=True))))
        if len(portion) == PORTION:
            yield len(portion), ", ".join(portion)
            portion = []
    if portion:
        yield len(portion), ", ".join(portion)


def _table(table):
    for row in table.rows:
        yield 1, _text(_named(table, row))


def _totals(taken):
    return (
        None
        if taken.is_listing or taken.content.totals is None
        else _named(taken.content, taken.content.totals)
    )


def _named(table, row):
    return {
        column.key: plain(value, column.kind)
        if column.kind in NUMERIC and not isinstance(value, str)
        else value
        for column, value in zip(table.columns, row.cells, strict=True)
    }


def _text(value):
    return json.dumps(value, ensure_ascii=False, default=_as_json)


def _as_json(value):
    """Dates and times are ISO's; a time of ours says how far it is from UTC, one of a listing is London's."""
    if isinstance(value, datetime):
        return (value.astimezone(LONDON) if value.tzinfo else value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
