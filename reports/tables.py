"""What a report returns: a table of figures, or a listing with one row each. Neither knows how it will be written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import QuerySet


class Kind(StrEnum):
    """What stands in a column, by which every writer knows how to write it."""

    TEXT = "text"
    NUMBER = "number"  # whole
    POUNDS = "pounds"  # whole pounds
    SHARE = "share"  # of one: 0.25 is a quarter
    HOURS = "hours"  # of working time, to one decimal
    DAYS = "days"  # to one decimal
    DAY = "day"
    MOMENT = "moment"  # in UTC, shown in London's time


NUMERIC = frozenset({Kind.NUMBER, Kind.POUNDS, Kind.SHARE, Kind.HOURS, Kind.DAYS})


class Column(NamedTuple):
    key: str
    heading: Any  # text, or a lazy translation
    kind: Kind = Kind.TEXT


class Row(NamedTuple):
    """The values in the order of the columns; None is “not known”. `links` lead from a column's key to the rows that
    the figure counts, and `language` marks text that is not in the report's own language."""

    cells: tuple
    links: dict = {}
    language: str = ""


class Chart(NamedTuple):
    """A drawing of the table itself: which column names the bars, and which are drawn."""

    kind: str  # "bars" lie, "columns" stand and are for time
    of: str
    values: tuple


@dataclass(frozen=True)
class Table:
    """Figures: some hundred rows at most, each a group."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Row | None = None
    matched: int = 0  # how many records the figures count
    chart: Chart | None = None
    notes: Sequence[Any] = field(default=())

    def __post_init__(self):
        width = len(self.columns)
        for row in [*self.rows, *([self.totals] if self.totals else [])]:
            if len(row.cells) != width:
                raise ValueError(f"A row has {len(row.cells)} cells for {width} columns.")

    def place(self, key):
        return [column.key for column in self.columns].index(key)

    def cell(self, key, row=None):
        """The value of a column, of the totals where no row is given."""
        return (row or self.totals).cells[self.place(key)]


@dataclass(frozen=True)
class Listing:
    """Rows one by one, as many as there are: a queryset in its order, and columns of `exports.columns`. `changelist`
    is the list of admin that shows the same rows, `change` the name of its record page."""

    queryset: QuerySet
    columns: Sequence
    changelist: str = ""
    change: str = ""
    notes: Sequence[Any] = field(default=())
