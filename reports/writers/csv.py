"""A report as CSV: UTF-8 with a byte order mark, every cell quoted and guarded, CR LF. Its scope follows after an empty
line, so that the first line stays the heading. Figures are raw digits, dates ISO's, times London's."""

from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from exports import cells, copy
from reports import stated
from reports.display import plain
from reports.periods import LONDON
from reports.tables import NUMERIC, Kind
from reports.taking import snapshot, take
from reports.words import said


def parts(report, form, user, language):
    """(rows, bytes) of the file, read in one snapshot: what was matched and what is written are of one moment."""
    with snapshot() as moment:
        taken = take(report, form, user, moment=moment, language=language)
        if taken.is_listing:
            yield from copy.parts(taken.content.queryset, _columns(taken), lambda sent: ending(taken, sent))
        else:
            yield from _table(taken)


def _columns(taken):
    """Those of a listing, with their headings in the report's language."""
    with translation.override(taken.language):
        return [replace(column, heading=said(column.heading)) for column in taken.content.columns]


def _table(taken):
    table = taken.content
    yield (
        0,
        (copy.BYTE_ORDER_MARK + copy.line(cells.text(column.heading) for column in table.columns)).encode(),
    )
    rows = [*table.rows, *([table.totals] if table.totals else [])]
    lines = (copy.line(map(written, row.cells, kinds(table))) for row in rows)
    yield len(table.rows), "".join([*lines, "\r\n", *map(copy.line, ending(taken, len(table.rows)))]).encode()


def kinds(table):
    return [column.kind for column in table.columns]


def ending(taken, sent):
    """The scope, a line each, and that it was all."""
    if sent != taken.scope.rows:
        raise RuntimeError("Other rows were written than were counted.")
    facts = [f"{label}: {words}" for label, words in stated.lines(taken)]
    with translation.override(taken.language):
        complete = gettext("Complete.")
    return [[cells.text(line)] for line in (taken.scope.title, *facts, *stated.notes(taken), complete)]


def written(value, kind):
    """A cell of a table. What is not known is empty."""
    if value is None:
        return ""
    if kind in NUMERIC:
        return cells.number(value if isinstance(value, str) else plain(value, kind))
    if kind == Kind.MOMENT:
        return (
            f"{value.astimezone(LONDON):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else cells.text(value)
        )
    return value.isoformat() if kind == Kind.DAY else cells.text(value)
