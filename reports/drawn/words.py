"""Words in a drawing: how many lines a name takes, and where a legend breaks."""

from prospectus.drawings.svg import text_width
from reports.drawn.paint import SIZE

SQUARE = 11


def fitted(words, width, most=2):
    """A name in at most so many lines, cut with an ellipsis where it is longer."""
    lines = [""]
    for word in str(words).split() or [""]:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, SIZE) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    cut = len(lines) > most
    lines = lines[:most]
    if cut:
        lines[-1] += " …"
    return [_cut(line, width) for line in lines]


def _cut(line, width):
    if text_width(line, SIZE) <= width:
        return line
    while line and text_width(line + "…", SIZE) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def legend(series, paint, width):
    """(marks, height): a square and the heading of each series, in their order."""
    marks, x, y = [], 0, 12
    for place, each in enumerate(series):
        words = fitted(each.heading, width - SQUARE - 7, 1)[0]
        long = SQUARE + 7 + text_width(words, SIZE)
        if x and x + long > width:
            x, y = 0, y + 20
        marks += [
            paint.block(x, y - 10, SQUARE, SQUARE, place),
            paint.text(words, x + SQUARE + 7, y),
        ]
        x += long + 18
    return marks, y + 14
