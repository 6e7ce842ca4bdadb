"""Bars and ranges, to scale from zero; the value axis of the list alone is logarithmic, and says so on the page.

Words and figures come in as the page writes them, in its language. Each drawing has a wide and a slim shape.
"""

import math
from typing import NamedTuple

from .svg import inline, join, mark, num, text_width

TONES = ("d-2", "d-1", "d-3")
FIGURE, WORDS = 15, 14
# Between phone and desk the words are set larger, and are laid out for that.
ROOM = 1.22
LOWEST, HIGHEST = 1_000_000, 20_000_000_000
DECADES = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000)


class Part(NamedTuple):
    """One part or share: its amount, that amount as written, and what it is."""

    amount: float
    figure: str
    name: str


def in_both_shapes(drawing, *args, **kwargs):
    """The wide and the slim drawing, of which a page shows the one that fits. Ids differ by their prefix."""
    if "prefix" in kwargs:
        prefix = kwargs.pop("prefix")
        return join(
            drawing(*args, shape=shape, prefix=f"{prefix}-{shape}", **kwargs) for shape in ("wide", "slim")
        )
    return join(drawing(*args, shape=shape, **kwargs) for shape in ("wide", "slim"))


def text(words, x, y, class_="d-s", anchor=None):
    return mark("text", words, class_=class_, x=num(x), y=num(y), text_anchor=anchor)


def rule(class_, x1, y1, x2, y2):
    return mark("line", class_=class_, x1=num(x1), x2=num(x2), y1=num(y1), y2=num(y2))


def block(class_, x, y, width, height, **more):
    return mark("rect", class_=class_, x=num(x), y=num(y), width=num(width), height=num(height), **more)


def wrapped(words, width, size=WORDS):
    """Words in as many lines as a width asks for."""
    lines = [""]
    for word in str(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def parts_bar(parts, *, label, shape="wide"):
    """What a headline amount is made of, in one bar; on a phone it stands upright, for its words need the width."""
    total = sum(part.amount for part in parts) or 1
    return (parts_across if shape == "wide" else parts_upright)(parts, total, label)


def parts_across(parts, total, label, width=980, gap=4):
    drawn, x = [], 0.0
    # How far to the right words are written already, on each of the levels under the bar.
    written = []
    scale = (width - gap * (len(parts) - 1)) / total
    for n, part in enumerate(parts):
        long = part.amount * scale
        need = max(text_width(part.figure, FIGURE), text_width(part.name, WORDS)) * ROOM + 30
        flip = x + need > width
        start = x + long - need if flip else x
        level = next((i for i, end in enumerate(written) if end <= start), len(written))
        written[level : level + 1] = [x + long if flip else x + need]
        down = 60 + 54 * level
        edge = x + long - 0.5 if flip else x + 0.5
        words_x, anchor = (edge - 11, "end") if flip else (edge + 11, None)
        drawn += [
            block(TONES[n % 3], x, 0, long, 34),
            rule("d-axis", edge, 34, edge, down + 24),
            text(part.figure, words_x, down, "d-b", anchor),
            text(part.name, words_x, down + 21, "d-s", anchor),
        ]
        x += long + gap
    height = 34 + 54 * max(1, len(written))
    return inline(width, height, *drawn, label=label, class_="draw only-wide")


def parts_upright(parts, total, label, width=320, bar=56, gap=3):
    drawn, y, lowest = [], 0.0, -26.0
    for n, part in enumerate(parts):
        long = 360 * part.amount / total
        lines = wrapped(part.name, width - bar - 16)
        words_y = max(y + 18, lowest + 26)
        drawn.append(block(TONES[n % 3], 0, y, bar, long))
        if words_y > y + 18:
            drawn.append(rule("d-axis", bar, y + 0.5, bar + 12, words_y - 5))
        drawn.append(text(part.figure, bar + 16, words_y, "d-b"))
        drawn += [text(line, bar + 16, words_y + 20 * (i + 1)) for i, line in enumerate(lines)]
        lowest = words_y + 20 * len(lines)
        y += long + gap
    return inline(width, max(y - gap, lowest + 6), *drawn, label=label, class_="draw only-slim")


def share_bars(shares, *, label, shape="wide"):
    """Amounts of one kind, a bar each on one scale. The first is the region's and is dark."""
    width = 820 if shape == "wide" else 320
    room = max((text_width(share.figure, FIGURE) * ROOM for share in shares), default=0) + 12
    scale = (width - room) / (max((share.amount for share in shares), default=0) or 1)
    drawn, y = [], 0
    for n, share in enumerate(shares):
        for line in wrapped(share.name, width / (ROOM if shape == "wide" else 1)):
            y += 19
            drawn.append(text(line, 0, y - 3))
        long = share.amount * scale
        drawn.append(block("d-3" if n else "d-1", 0, y + 5, long, 22))
        drawn.append(rule("d-axis", long, y + 5, long, y + 27))
        drawn.append(text(share.figure, long + 10, y + 21.5, "d-b"))
        y += 27 + 24
    return inline(width, max(y - 22, 1), *drawn, label=label, class_=f"draw only-{shape}")


def along_axis(pounds):
    """Place of a value on the axis of the list, between 0 at £1m and 1 at £20bn."""
    clamped = min(HIGHEST, max(LOWEST, pounds))
    return math.log10(clamped / LOWEST) / math.log10(HIGHEST / LOWEST)


def percent(share):
    return f"{num(share * 100)}%"


def value_axis(figures):
    """The head of the value column: `figures` are the five powers of ten from £1m as the page writes them.

    Places are in percent and there is no viewBox, so it stands over the bars at any width.
    """
    drawn = []
    for pounds, figure in zip(DECADES, figures, strict=True):
        x = percent(along_axis(pounds))
        drawn.append(mark("text", figure, x=x, y=12, text_anchor="middle" if pounds > LOWEST else "start"))
        drawn.append(mark("line", class_="d-rule", x1=x, x2=x, y1=17, y2=24))
    return mark("svg", *drawn, aria_hidden="true")


def value_bar(value_min, value_max, *, label):
    """A value or a range in the list: end marks on the axis, a dotted axis where none is published."""
    drawn = [
        mark("line", class_="vb-grid", x1=percent(along_axis(p)), x2=percent(along_axis(p)), y1=0, y2=24)
        for p in DECADES
    ]
    if not (value_min or value_max):
        drawn.append(mark("line", class_="vb-none", x1=0, x2="100%", y1=12, y2=12))
    else:
        low, high = sorted((along_axis(value_min or value_max), along_axis(value_max or value_min)))
        drawn.append(mark("line", class_="vb-track", x1=0, x2=percent(low), y1=12, y2=12))
        if high > low:
            drawn.append(
                mark("rect", class_="vb-range", x=percent(low), y=7, width=percent(high - low), height=10)
            )
        drawn += [end_mark(place) for place in sorted({low, high})]
    return mark("svg", *drawn, class_="vbar", role="img", aria_label=label)


def end_mark(place):
    """A short thick line in the middle of its place, held within the drawing at both ends."""
    shift = -5 * place
    return mark(
        "rect",
        class_="vb-point",
        x=percent(place),
        y=3,
        width=5,
        height=18,
        transform=f"translate({num(shift)} 0)",
    )
