"""An XLSX file, row by row in flat memory. Text is written as text, whatever it begins with: no cell is a formula.
Numbers and dates are written as what they are. What no sheet can hold goes on in the next one.
"""

import re
from datetime import date, datetime
from itertools import chain, islice
from math import ceil

from rustpy_xlsxwriter import FastExcel, Format

SHEET = 1_048_575  # rows of a sheet below its heading
CELL = 32_767  # characters of a cell, as UTF-16 counts them
CUT = " … [cut here: a cell of a spreadsheet holds no more. The CSV has the whole text.]"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
MOMENT = "yyyy-mm-dd hh:mm"
FIRST_YEAR = 1900  # of a spreadsheet's calendar


def write(path, columns, rows, *, expected):
    """Write every row to the file. `expected` is about how many there are: it says how many sheets are made ready, with
    room for what came in meanwhile."""
    headings = [column.heading for column in columns]
    if len(set(headings)) < len(headings):
        raise ValueError("Two columns have the same heading.")
    look = {
        "column_widths": [column.width for column in columns],
        "column_formats": {
            column.heading: Format().set_num_format(column.pattern) for column in columns if column.pattern
        },
        "header_format": Format().set_bold(),
    }
    rows = iter(rows)
    book = FastExcel(str(path)).format(datetime_format=MOMENT).freeze(row=1)
    for number in range(1, ceil((expected * 1.01 + 1000) / SHEET) + 1):
        book.sheet(f"Rows {number}", _records(headings, islice(rows, SHEET)), **look)
    book.save()
    if next(rows, None) is not None:
        raise RuntimeError("The list grew while it was written.")


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
