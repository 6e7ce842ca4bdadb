"""A table's chart, drawn on the server from the table itself: bars that lie, or columns that stand for time. Axes
begin at zero, or below it where a figure does; what is not known has no bar. Figures of another kind get a scale of
their own.

On a page colours come from classes; a drawing that stands alone, as in a document, carries its own.
"""

from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext

from prospectus.drawings.svg import inline, join
from reports.display import shown
from reports.drawn import bars, columns
from reports.drawn.paint import ON_PAPER, Paint
from reports.tables import Kind

MOST = {"bars": 15, "columns": 60}
DRAWINGS = {"bars": bars.panel, "columns": columns.panel}
WIDE, SLIM = 760, 340


class Series(NamedTuple):
    """One column of the table as bars: figures as numbers, None where one is not known."""

    heading: str
    kind: Kind
    figures: tuple
    words: tuple


class Drawn(NamedTuple):
    """What is drawn of a table: the names of its rows, and series by kind of figure."""

    names: tuple
    panels: tuple
    left_out: int


def chart_on_page(table, language):
    """The wide and the slim drawing, of which a page shows the one that fits; empty where there is nothing to draw."""
    return _in_language(table, language, lambda drawn: _both(table, drawn, language))


def chart_svg(table, language, palette=ON_PAPER, font="Pretendard", width=WIDE):
    """One drawing that stands alone, with colours of its own."""
    given = {"xmlns": "http://www.w3.org/2000/svg", "font_family": font}
    return _in_language(
        table, language, lambda drawn: str(_svg(table, drawn, language, Paint(palette), width, **given))
    )


def chart_said(table, language):
    """What the drawing shows, in words, for who does not see it."""
    return _in_language(table, language, lambda drawn: _label(table, drawn))


def chart_note(table, language):
    """A sentence where the chart leaves rows of the table out; otherwise empty."""
    return _in_language(table, language, lambda drawn: _left_out(table, drawn))


def _in_language(table, language, draw):
    if not table.chart or not _has_size(table):
        return ""
    with translation.override(language):
        return draw(_drawn(table, language))


def _has_size(table):
    """Whether there is a bar: a figure that is known and not nought."""
    places = [table.place(key) for key in table.chart.values]
    return any(row.cells[place] for row in table.rows for place in places)


def _drawn(table, language):
    rows = _rows(table)
    names = tuple(str(row.cells[table.place(table.chart.of)]) for row in rows)
    by_kind = {}
    for key in table.chart.values:
        series = _series(table, rows, key, language)
        by_kind.setdefault(series.kind, []).append(series)
    return Drawn(names, tuple(map(tuple, by_kind.values())), len(table.rows) - len(rows))


def _rows(table):
    """As many as can be read, in the table's order: the largest bars, the latest columns."""
    most = MOST[table.chart.kind]
    if len(table.rows) <= most:
        return table.rows
    if table.chart.kind == "columns":
        return table.rows[-most:]
    first = table.place(table.chart.values[0])
    by_size = sorted(range(len(table.rows)), key=lambda n: -abs(table.rows[n].cells[first] or 0))
    return [table.rows[n] for n in sorted(by_size[:most])]


def _series(table, rows, key, language):
    column = table.columns[table.place(key)]
    cells = [row.cells[table.place(key)] for row in rows]
    figures = tuple(None if cell is None else float(cell) for cell in cells)
    return Series(
        str(column.heading), column.kind, figures, tuple(shown(cell, column.kind, language) for cell in cells)
    )


def _both(table, drawn, language):
    paint = Paint(None)
    return join(
        _svg(table, drawn, language, paint, width, class_=f"report-chart only-{shape}")
        for shape, width in (("wide", WIDE), ("slim", SLIM))
    )


def _svg(table, drawn, language, paint, across, **given):
    marks, y = [], 0
    for series in drawn.panels:
        several = len(drawn.panels) > 1 or len(series) > 1
        found, height = DRAWINGS[table.chart.kind](
            drawn.names, series, paint, across, language=language, with_legend=several
        )
        marks.append(paint.group(y, found))
        y += height + 24
    return inline(across, max(y - 24, 1), *marks, label=_label(table, drawn), direction="ltr", **given)


def _label(table, drawn):
    """What the drawing shows, for who does not see it."""
    series = drawn.panels[0][0]
    said = {
        "figures": ", ".join(each.heading for panel in drawn.panels for each in panel),
        "of": str(table.columns[table.place(table.chart.of)].heading),
    }
    sentences = [gettext("Chart of %(figures)s by %(of)s.") % said]
    known = [(figure, place) for place, figure in enumerate(series.figures) if figure is not None]
    if known and max(known)[0] > 0:
        place = max(known, key=lambda pair: pair[0])[1]
        largest = {"name": drawn.names[place], "figure": series.words[place]}
        sentences.append(gettext("The largest: %(name)s, %(figure)s.") % largest)
    sentences += [note] if (note := _left_out(table, drawn)) else []
    return " ".join([*sentences, gettext("The table has the same figures.")])


def _left_out(table, drawn):
    if not drawn.left_out:
        return ""
    said = {"drawn": len(drawn.names), "all": len(table.rows)}
    if table.chart.kind == "columns":
        return gettext("The latest %(drawn)s of %(all)s are drawn; the table has them all.") % said
    return gettext("The largest %(drawn)s of %(all)s are drawn; the table has them all.") % said
