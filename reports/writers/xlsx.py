"""A report as XLSX: numbers as numbers, money in pounds, dates as dates, text always as text; the last sheet states the
scope. A listing is read in portions, so that its length does not matter."""

import unicodedata
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import get_language_info, gettext, pgettext

from exports import workbook
from exports.spreadsheets import values
from exports.workbook import Facts, Heading
from reports import stated
from reports.display import plain
from reports.periods import LONDON
from reports.tables import NUMERIC, Kind
from reports.words import said

PATTERNS = {
    Kind.TEXT: "",
    Kind.NUMBER: "#,##0",
    Kind.POUNDS: "[$£-809]#,##0",
    Kind.SHARE: "0.0%",
    Kind.HOURS: "#,##0.0",
    Kind.DAYS: "#,##0.0",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
NARROWEST, WIDEST = 12, 60  # in characters
TWO_PLACES = frozenset("WF")  # signs twice as wide as a Latin letter


def write(taken, path, *, follow=iter):
    """Write a report to a file. A listing is read here, so the snapshot in which it was taken must still be open;
    `follow` is handed its rows, and may note how far they are. Returns how many rows were written."""
    with translation.override(taken.language):
        columns, rows, bold = _listing(taken.content) if taken.is_listing else _table(taken.content)
        workbook.write(
            path,
            _apart(columns),
            follow(rows),
            expected=taken.scope.rows,
            name=pgettext("name of a sheet", "Rows") + " {}" if taken.is_listing else gettext("Figures"),
            bold=bold,
            facts=Facts(gettext("Scope"), scope_facts(taken)),
            right_to_left=get_language_info(taken.language)["bidi"],
        )
    return taken.scope.rows


def scope_facts(taken):
    """(label, words) of all that a copy says of itself, in the active language."""
    return [
        (gettext("Report"), taken.scope.title),
        (gettext("What it counts"), taken.scope.about),
        *stated.lines(taken),
        *((gettext("Note"), note) for note in stated.notes(taken)),
    ]


def _listing(listing):
    """(columns, rows, rows that stand out)."""
    columns = [Heading(said(column.heading), column.width, column.pattern) for column in listing.columns]
    return columns, values(listing.queryset, listing.columns), []


def _table(table):
    """The totals are the last row, and stand out."""
    totals = [table.totals] if table.totals else []
    rows = [_cells(row, table.columns) for row in [*table.rows, *totals]]
    columns = [
        Heading(
            str(column.heading), _width(column.heading, [row[place] for row in rows]), PATTERNS[column.kind]
        )
        for place, column in enumerate(table.columns)
    ]
    return columns, rows, [len(rows)] if totals else []


def _cells(row, columns):
    return [_cell(value, column.kind) for value, column in zip(row.cells, columns, strict=True)]


def _cell(value, kind):
    """A value as what it is, with which a spreadsheet reckons. What is not known is an empty cell."""
    if isinstance(value, datetime):
        return value.astimezone(LONDON).replace(tzinfo=None)
    if value is None or isinstance(value, date):
        return value
    if kind in NUMERIC and not isinstance(value, str):
        exact = plain(value, kind)
        return exact if isinstance(exact, int) else float(exact)
    return str(value)


def _width(heading, values):
    """As wide as its longest text, within reason."""
    texts = [str(heading), *(value for value in values if isinstance(value, str))]
    return min(max(NARROWEST, *(_places(text) + 2 for text in texts)), WIDEST)


def _places(text):
    return sum(2 if unicodedata.east_asian_width(sign) in TWO_PLACES else 1 for sign in text)


def _apart(columns):
    """No two columns of a sheet have the same heading."""
    seen, found = {}, []
    for column in columns:
        seen[column.heading] = number = seen.get(column.heading, 0) + 1
        found.append(column if number == 1 else column._replace(heading=f"{column.heading} ({number})"))
    return found
