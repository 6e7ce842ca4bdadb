"""Tables and listings as the page shows them: text, where it leads, and which columns are figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse

from publishing import languages
from reports.display import NOT_KNOWN
from reports.display import shown as in_words
from reports.tables import NUMERIC
from reports.words import said

FIRST = 50  # rows of a listing on its page


class Heading(NamedTuple):
    text: str
    is_figure: bool


class Cell(NamedTuple):
    text: str
    is_figure: bool = False
    address: str = ""
    language: str = ""
    is_name: bool = False

    @property
    def marking(self):
        return languages.marked(self.language)


class Shown(NamedTuple):
    headings: list
    rows: list
    totals: list


def table(content, language):
    """Every row, each figure with the way to the rows that it counts."""
    headings = [Heading(str(column.heading), column.kind in NUMERIC) for column in content.columns]
    rows = [_row(content, row, language) for row in content.rows]
    return Shown(headings, rows, _row(content, content.totals, language) if content.totals else [])


def _row(content, row, language):
    return [
        Cell(
            in_words(value, column.kind, language) if value != "" else "",
            column.kind in NUMERIC,
            row.links.get(column.key, "") if value is not None else "",
            "" if column.kind in NUMERIC else row.language,
            place == 0,
        )
        for place, (value, column) in enumerate(zip(row.cells, content.columns, strict=True))
    ]


def listing(content):
    """The first rows, each with the way to its record."""
    named = {f"cell_{place}": column.value for place, column in enumerate(content.columns)}
    plain = content.queryset.select_related(None).prefetch_related(None)
    found = list(plain.annotate(**named).values("pk", *named)[:FIRST])
    figures = {name for name in named if any(_is_figure(row[name]) for row in found)}
    headings = [
        Heading(said(column.heading), name in figures)
        for name, column in zip(named, content.columns, strict=True)
    ]
    rows = [
        [_listed(row, name, name in figures, content.change if not n else "") for n, name in enumerate(named)]
        for row in found
    ]
    return Shown(headings, rows, [])


def _listed(row, name, is_figure, change):
    address = reverse(f"admin:{change}", args=[row["pk"]]) if change else ""
    return Cell(_text(row[name]), is_figure, address, is_name=name == "cell_0")


def _is_figure(value):
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _text(value):
    """Times of a listing are London's already."""
    if value is None or value == "":
        return NOT_KNOWN if value is None else ""
    if isinstance(value, datetime):
        return f"{value.day} {value:%b %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    return f"{value:,}" if _is_figure(value) else str(value)
