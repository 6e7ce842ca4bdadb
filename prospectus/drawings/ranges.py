"""The cost of one opportunity on one scale from zero: sure to the lower estimate, hatched to the upper."""

import math

from .bars import FIGURE, ROOM, WORDS, block, rule, text, wrapped
from .svg import inline, mark, text_width


def range_ticks(value_min, value_max):
    """The values, in pounds, to name under the drawing: zero, both estimates, and round ones that leave room."""
    ends = sorted({value for value in (value_min, value_max) if value})
    if not ends:
        return [0]
    power = 10 ** math.floor(math.log10(ends[-1]))
    step = next(n * power for n in (0.1, 0.2, 0.5, 1, 2, 5) if ends[-1] / (n * power) <= 5)
    fixed = [0, *ends]
    between = (round(n * step) for n in range(1, math.ceil(ends[-1] / step)))
    kept = [value for value in between if all(abs(value - end) >= ends[-1] * 0.12 for end in fixed)]
    return sorted({*fixed, *kept})


def value_range(value_min, value_max, *, ticks, low_label, range_label, label, prefix, shape="wide"):
    """`ticks` are (pounds, as written) pairs for `range_ticks`; one published value makes one plain bar."""
    high = value_max or value_min
    low = value_min or value_max
    draw = across if shape == "wide" else upright
    return draw(low, high, ticks, low_label, range_label, label, f"{prefix}-hatch")


def hatching(id_):
    line = mark("line", x1=0, x2=0, y1=0, y2=8)
    return mark(
        "defs",
        mark(
            "pattern",
            line,
            id=id_,
            class_="hatch",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


def across(low, high, ticks, low_label, range_label, label, hatch, width=1000):
    scale = (width - 62) / high
    drawn = [hatching(hatch)] if high > low else []
    written = [-math.inf, -math.inf]
    for value, figure in ticks:
        x, half = value * scale, text_width(figure, WORDS) * ROOM / 2
        line = 0 if x - half > written[0] + 8 else 1
        written[line] = x + (half if value else 2 * half)
        drawn += [rule("d-rule", x, 34, x, 128 + 24 * line)]
        drawn += [text(figure, x, 150 + 24 * line, anchor="middle" if value else "start")]
    drawn.append(block("d-1", 0, 48, low * scale, 56))
    drawn.append(text(low_label, 0, 24, "d-t"))
    if high > low:
        start, long = low * scale, (high - low) * scale
        drawn.append(mark("rect", fill=f"url(#{hatch})", x=start, y=48, width=long, height=56))
        drawn.append(block("d-hollow", start, 48.75, long, 54.5))
        after = max(start + 8, text_width(low_label, FIGURE) * ROOM + 24)
        if after + text_width(range_label, FIGURE) * ROOM > width:
            drawn.append(text(range_label, width, 24, "d-t", "end"))
        else:
            drawn.append(text(range_label, after, 24, "d-t"))
    drawn.append(rule("d-axis", 0, 128, width, 128))
    return inline(width, 156 if written[1] < 0 else 180, *drawn, label=label, class_="draw only-wide")


def upright(low, high, ticks, low_label, range_label, label, hatch, width=320, bar=84, tall=280):
    foot = tall + 6
    scale = tall / high
    drawn = [hatching(hatch)] if high > low else []
    low_y = foot - low * scale
    drawn.append(block("d-1", 0, low_y, bar, low * scale))
    if high > low:
        drawn.append(mark("rect", fill=f"url(#{hatch})", x=0, y=6, width=bar, height=low_y - 6))
        drawn.append(block("d-hollow", 0.75, 6.75, bar - 1.5, low_y - 6))
    named = [(foot - value * scale, figure) for value, figure in ticks if value in (0, low, high)]
    taken = spread([y for y, _ in named], foot)
    for (y, figure), beside_y in zip(named, taken, strict=True):
        drawn += [rule("d-axis", bar, y, bar + 24, beside_y), text(figure, bar + 32, beside_y + 5, "d-b")]
    drawn += beside(low_label, (low_y + foot) / 2, taken, bar, width, foot)
    if high > low:
        drawn += beside(range_label, (6 + low_y) / 2, taken, bar, width, foot)
    return inline(width, foot + 10, *drawn, label=label, class_="draw only-slim")


def spread(places, foot, apart=21):
    """Heights of figures, lowest first, moved up and then down again until none touches the next."""
    heights = []
    for y in places:
        heights.append(min(y, heights[-1] - apart if heights else foot))
    heights[-1] = max(heights[-1], 9)
    for n in range(len(heights) - 2, -1, -1):
        heights[n] = max(heights[n], heights[n + 1] + apart)
    return heights


def beside(words, middle, taken, bar, width, foot):
    """Words beside the bar, their middle where they belong but clear of the figures."""
    lines = wrapped(words, width - bar - 32, WORDS)
    half = 19 * len(lines) / 2
    for shift in range(0, foot, 4):
        for y in (middle + shift, middle - shift):
            if half <= y <= foot - half and all(abs(y - other) > half + 16 for other in taken):
                taken.append(y)
                return [text(line, bar + 32, y - half + 19 * n + 14) for n, line in enumerate(lines)]
    return []
