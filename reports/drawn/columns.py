"""Columns that stand side by side, for time: a scale at the side, and as many names below as there is room for."""

import math
from decimal import Decimal

from prospectus.drawings.svg import text_width
from reports.display import shown
from reports.drawn.paint import SIZE
from reports.drawn.words import legend
from reports.tables import Kind

HEIGHT, STEPS = 200, 4
WHOLE = frozenset({Kind.NUMBER, Kind.POUNDS})


def panel(names, series, paint, width, *, language, with_legend):
    """(marks, height) of series that share one scale."""
    marks, top = legend(series, paint, width) if with_legend else ([], 0)
    top += 18  # room for a figure above the highest column
    kind = series[0].kind
    ticks = scale(series, whole=kind in WHOLE)
    said = [shown(_as_said(tick, kind), kind, language) for tick in ticks]
    left = max(text_width(words, SIZE) for words in said) + 8
    band = (width - left) / len(names)

    def place(figure):
        return top + HEIGHT * (ticks[-1] - figure) / (ticks[-1] - ticks[0])

    for tick, words in zip(ticks, said, strict=True):
        marks.append(paint.text(words, left - 8, place(tick) + 4.5, "c-quiet", "end"))
        marks.append(paint.line(left, place(tick), width, place(tick), "c-grid" if tick else "c-axis"))
    for n in range(len(names)):
        marks += _columns(series, n, paint, left + band * n, band, place)
    marks += _names(names, paint, left, band, width, top + HEIGHT + 20)
    return marks, top + HEIGHT + 26


def _columns(series, n, paint, x, band, place):
    """The columns of one stretch of time. A figure is written above a single one where it fits."""
    marks, thick = [], min(band * 0.72 / len(series), 48)
    start = x + (band - thick * len(series)) / 2
    for at, each in enumerate(series):
        figure = each.figures[n]
        if figure:
            top, bottom = sorted((place(figure), place(0)))
            marks.append(paint.block(start + thick * at, top, max(thick - 1, 0.8), max(bottom - top, 1), at))
    words, figure = series[0].words[n], series[0].figures[n]
    if len(series) == 1 and figure and text_width(words, SIZE) <= band - 2:
        marks.append(paint.text(words, x + band / 2, place(max(figure, 0)) - 5, "c-figure", "middle"))
    return marks


def _names(names, paint, left, band, width, y):
    """Every name, or every second, third … where they would run into each other; the last always."""
    widest = max(text_width(name, SIZE) for name in names)
    every = max(1, math.ceil((widest + 10) / band))
    marks = []
    for n in range(len(names) - 1, -1, -every):
        half = text_width(names[n], SIZE) / 2
        x = min(max(left + band * (n + 0.5), half), width - half)
        marks.append(paint.text(names[n], x, y, "c-quiet", "middle"))
    return marks


def scale(series, *, whole):
    """Round figures from zero, or below it, to the highest: 0, 20, 40, 60."""
    figures = [figure for each in series for figure in each.figures if figure is not None]
    low, high = min([0, *figures]), max([0, *figures])
    step = _round_up((high - low or 1) / STEPS)
    if whole:
        step = max(1, math.ceil(step))
    first, last = math.floor(low / step), max(math.ceil(high / step), 1 if high >= 0 and low == 0 else 0)
    return [step * n for n in range(first, last + 1)]


def _round_up(step):
    """To 1, 2 or 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if step <= factor * power * (1 + 1e-9))


def _as_said(tick, kind):
    """Whole where it must be, and without the dust of binary fractions."""
    return round(tick) if kind in WHOLE else Decimal(f"{tick:.6f}")
