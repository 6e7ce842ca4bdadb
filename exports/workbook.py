"""An XLSX file, row by row in flat memory. Text is written as text, whatever it begins with: no cell is a formula.
Numbers and dates are written as what they are. What no sheet can hold goes on in the next one.
"""

import re
from datetime import date, datetime
from itertools import chain, islice
from math import ceil
from typing import Any, NamedTuple

from rustpy_xlsxwriter import FastExcel, Format

SHEET = 1_048_575  # rows of a sheet below its heading
CELL = 32_767  # characters of a cell, as UTF-16 counts them
CUT = " … [cut here: a cell of a spreadsheet holds no more. The CSV has the whole text.]"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
MOMENT = "yyyy-mm-dd hh:mm"
FIRST_YEAR = 1900  # of a spreadsheet's calendar


class Heading(NamedTuple):
    """A column of a sheet. A column of `exports.columns` does as well."""

    heading: str
    width: int = 16
    pattern: str = ""  # of a number, date or time


class Facts(NamedTuple):
    """A sheet that says of the others what they hold: (label, value) pairs, the first of which stand in its heading.
    The values are text and whole numbers."""

    name: str
    pairs: list[tuple[str, Any]]


def write(path, columns, rows, *, expected, name="Rows {}", bold=(), facts=None, right_to_left=False):
    """Write every row to the file. `expected` is about how many there are: it says how many sheets are made ready, with
    room for what came in meanwhile. `name` is of each sheet, with its number; rows whose place in the first sheet is in
    `bold` stand out; `facts` stand last."""
    headings = [column.heading for column in columns]
    if len(set(headings)) < len(headings):
        raise ValueError("Two columns have the same heading.")
    look = {
        "column_widths": [column.width for column in columns],
        "column_formats": {
            column.heading: Format().set_num_format(column.pattern) for column in columns if column.pattern
        },
        "header_format": Format().set_bold(),
        "sheet_view": {"right_to_left": right_to_left},
    }
    rows = iter(rows)
    book = FastExcel(str(path)).format(datetime_format=MOMENT).freeze(row=1)
    for number in range(1, ceil((expected * 1.01 + 1000) / SHEET) + 1):
        stand_out = {place: Format().set_bold() for place in bold} if number == 1 else {}
        book.sheet(
            name.format(number), _records(headings, islice(rows, SHEET)), row_formats=stand_out, **look
        )
    if facts:
        _add_facts(book, facts, right_to_left)
    book.save()
    if next(rows, None) is not None:
        raise RuntimeError("The list grew while it was written.")


def _add_facts(book, facts, right_to_left):
    (label, value), *pairs = facts.pairs
    headings = [label, cell(str(value))]
    book.sheet(
        facts.name,
        _records(headings, iter(pairs)),
        column_widths=[24, 90],
        column_formats={label: Format().set_bold()},
        header_format=Format().set_bold(),
        sheet_view={"right_to_left": right_to_left},
    )


def _records(headings, rows):
    """A sheet without rows still has its headings."""
    empty = [[None] * len(headings)]
    first = next(rows, None)
    for row in empty if first is None else chain([first], rows):
        yield dict(zip(headings, map(cell, row), strict=True))


def cell(value):
    """A value as a cell can hold it."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date) and value.year < FIRST_YEAR:
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
    return value


def _text(value):
    """As it was written, without control characters, and no longer than a cell."""
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = FORBIDDEN.sub("", value)
    if len(value) > CELL // 2 and len(value.encode("utf-16-le")) // 2 > CELL:
        kept = value.encode("utf-16-le")[: 2 * (CELL - len(CUT))].decode("utf-16-le", "ignore")
        value = kept + CUT
    return value
