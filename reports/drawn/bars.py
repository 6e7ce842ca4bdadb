"""Bars that lie, one below the other, each with its figure: names beside them, or above where the drawing is slim."""

from prospectus.drawings.svg import text_width
from reports.drawn.paint import SIZE
from reports.drawn.words import fitted, legend

LINE, GAP = 17, 12
NARROW = 500  # below this width names stand above their bars


def panel(names, series, paint, width, *, language, with_legend):
    """(marks, height) of series that share one scale."""
    marks, y = legend(series, paint, width) if with_legend else ([], 0)
    slim = width < NARROW
    room = max(text_width(words, SIZE) for each in series for words in each.words) + 10
    beside = 0 if slim else min(max(text_width(name, SIZE) for name in names) + 12, width * 0.34)
    scale = _Scale(series, beside, width - room)
    thick = 18 if len(series) == 1 else 14
    first = y
    for n, name in enumerate(names):
        lines = fitted(name, width if slim else beside - 12)
        block = thick * len(series) + 2 * (len(series) - 1)
        if slim:
            marks += [paint.text(line, 0, y + 13 + LINE * i) for i, line in enumerate(lines)]
            y += LINE * len(lines) + 3
            height = block
        else:
            height = max(block, LINE * len(lines))
            top = y + (height - LINE * len(lines)) / 2
            marks += [
                paint.text(line, beside - 12, top + 13 + LINE * i, anchor="end")
                for i, line in enumerate(lines)
            ]
        marks += _bars(series, n, paint, scale, y + (height - block) / 2, thick)
        y += height + GAP
    marks.append(paint.line(scale.zero, first, scale.zero, y - GAP))
    return marks, y - GAP + 2


def _bars(series, n, paint, scale, y, thick):
    marks = []
    for place, each in enumerate(series):
        figure, end = each.figures[n], scale.of(each.figures[n] or 0)
        if figure:
            left, right = sorted((scale.zero, end))
            marks.append(paint.block(left, y, max(right - left, 1), thick, place))
        marks.append(paint.text(each.words[n], max(end, scale.zero) + 6, y + thick / 2 + 4.5, "c-figure"))
        y += thick + 2
    return marks


class _Scale:
    """From the lowest figure, or zero, to the highest, between two places."""

    def __init__(self, series, left, right):
        figures = [figure for each in series for figure in each.figures if figure is not None]
        self.low, self.left = min([0, *figures]), left
        self.per_unit = (right - left) / ((max([0, *figures]) - self.low) or 1)
        self.zero = self.of(0)

    def of(self, figure):
        return self.left + (figure - self.low) * self.per_unit
