"""Cover art: the tide of the Mersey, its height, its lines and its buoy computed from one opportunity.

The height of the water is the value, the number of lines is the jobs, the buoy stands at the stage, and the
tone is the first theme. The files are transparent and carry their own colours, for they are served as images.
"""

import math
from typing import NamedTuple

from .svg import mark, num

MOON, SUN = 12.4206, 12.0
# In nature the sun's share is nearer a third; the neap is deepened here so that it can be seen.
SHARE = 0.5
# The wave takes this many hours to run up the estuary, from the first line to the last.
LAG = 5.2
STAGES = 11
FEWEST_LINES = 7
SLACK = 0.10
FAINTEST = 0.28
BUOY = "#ff6d3f"
PLAIN_TONE = "#a8c2c6"
HOME_TONE = "#8cc4ca"
TONES = {
    "materials-chemistry": "#9fb8d8",
    "infection-control": "#8fd0b4",
    "ai-emerging-tech": "#c2cfd3",
    "net-zero-maritime": "#6fc6d2",
}


class Sheet(NamedTuple):
    """A format: its size, the hours from springs at its two edges, and how it is drawn."""

    width: int
    height: int
    begins: float
    ends: float
    amplitude: float
    headroom: float
    stroke: float
    buoy: float

    def hour(self, x):
        return self.begins + (self.ends - self.begins) * x / self.width

    def place(self, hour):
        return (hour - self.begins) * self.width / (self.ends - self.begins)


SHEETS = {
    "wide": Sheet(1600, 470, -7.4 * 24, 14, 70, 26, 1.3, 10),
    "plate": Sheet(800, 600, 14 - 4.2 * 24, 14, 78, 44, 1.5, 9),
}
# A third of it is the step of a control point, so both are whole numbers and the file stays small.
STEP = 18


class Words(NamedTuple):
    """What the page says of a cover, so that nobody has to read it from the drawing."""

    lines: int
    published: bool
    fans_out: bool
    step: int | None
    steps: int


def tide(hour):
    """Height of the water between -1 and 1: the lunar and the solar tide, whose beat makes springs and neaps."""
    return (math.cos(math.tau * hour / MOON) + SHARE * math.cos(math.tau * hour / SUN)) / (1 + SHARE)


def slope(hour):
    """How fast the water rises, per hour."""
    moon = math.sin(math.tau * hour / MOON) * math.tau / MOON
    sun = math.sin(math.tau * hour / SUN) * math.tau / SUN
    return -(moon + SHARE * sun) / (1 + SHARE)


def share_of_height(value):
    """Share of the full height for a value in pounds: £1m is 0.12, and it grows with each power of ten."""
    if not value or value <= 0:
        return 0.12
    return min(1.0, max(0.12, 0.12 + 0.88 * (math.log10(value) - 6) / 4.2))


def line_count(jobs):
    """Seven lines for no published jobs, and six more for each power of ten."""
    return FEWEST_LINES + (max(0, round(6 * math.log10(jobs))) if jobs and jobs > 0 else 0)


def high_waters(sheet):
    """Hours of the crests of the first line that stand well inside the sheet."""
    found = []
    for tenth in range(int(sheet.begins * 10), int(sheet.ends * 10)):
        low, high = tenth / 10, (tenth + 1) / 10
        if slope(low) > 0 >= slope(high):
            crest = low + (high - low) * slope(low) / (slope(low) - slope(high))
            if 0.03 <= sheet.place(crest) / sheet.width <= 0.965:
                found.append(crest)
    return found


def buoy_hour(sheet, stage_index):
    """The high water nearest to the stage's place between neaps at the left and springs at the right."""
    wanted = sheet.hour(sheet.width * (0.07 + 0.86 * min(STAGES - 1, max(0, stage_index)) / (STAGES - 1)))
    return min(high_waters(sheet), key=lambda hour: abs(hour - wanted))


def curve(sheet, base, height_at, slope_at):
    """A smooth path through the water: each knot has the true slope, so a wave needs only six of them."""
    per_step = STEP * (sheet.ends - sheet.begins) / sheet.width / 3
    x, y = 0, round(base - height_at(sheet.hour(0)), 1)
    lift = round(-slope_at(sheet.hour(0)) * per_step, 1)
    parts = []
    while x < sheet.width:
        x += STEP
        there = round(base - height_at(sheet.hour(x)), 1)
        bend = there + slope_at(sheet.hour(x)) * per_step
        numbers = [STEP * 2 / 3, bend - y, STEP, there - y]
        parts.append(("s" if parts else "c" + pack([STEP / 3, lift]) + " ") + pack(numbers))
        y = there
    first = round(base - height_at(sheet.hour(0)), 1)
    return f"M0 {num(first)}" + "".join(parts)


def pack(numbers):
    """Numbers with no more between them than a path needs: a minus sign parts two of them by itself."""
    text = ""
    for value in numbers:
        written = num(value)
        text += written if not text or written.startswith("-") else f" {written}"
    return text


def water(sheet, heights, tone, *, dashed):
    """The lines, first to last: full tone at the top of the sheet, faint at its foot."""
    top = sheet.headroom + sheet.amplitude
    gap = (sheet.height - 6 - top) / (len(heights) - 1)
    lines = []
    for k, height in enumerate(heights):
        u = k / (len(heights) - 1)
        path = curve(
            sheet,
            top + k * gap,
            lambda hour, a=height, lag=LAG * u: sheet.amplitude * a * tide(hour - lag),
            lambda hour, a=height, lag=LAG * u: sheet.amplitude * a * slope(hour - lag),
        )
        lines.append(mark("path", d=path, stroke_opacity=f"{1 - (1 - FAINTEST) * u:.2f}"))
    return mark(
        "g",
        *lines,
        fill="none",
        stroke=tone,
        stroke_width=sheet.stroke,
        stroke_dasharray="7 6" if dashed else None,
    )


def buoy(sheet, stage_index, height):
    """Pole and float on the crest of the first line, down to the foot of the sheet."""
    hour = buoy_hour(sheet, stage_index)
    x = num(sheet.place(hour))
    y = num(sheet.headroom + sheet.amplitude * (1 - height * tide(hour)))
    pole = mark("path", d=f"M{x} {y}V{sheet.height}", stroke=BUOY, stroke_width=sheet.stroke + 0.3)
    return mark("g", pole, mark("circle", cx=x, cy=y, r=sheet.buoy, fill=BUOY))


def page(sheet, *inside):
    size = {"width": sheet.width, "height": sheet.height}
    return str(
        mark(
            "svg",
            *inside,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {sheet.width} {sheet.height}",
            preserveAspectRatio="xMidYMax slice",
            **size,
        )
    )


def fan(value_min, value_max, lines):
    """Heights of the lines: the largest value at the top, the smallest at the foot; slack water for none."""
    if not (value_min or value_max):
        return [SLACK] * lines
    high, low = share_of_height(value_max or value_min), share_of_height(value_min or value_max)
    return [high + (low - high) * k / (lines - 1) for k in range(lines)]


def opportunity_cover(*, value_min, value_max, jobs, stage_index, theme_key, shape="wide"):
    """The cover of one opportunity. Without a published value the water is slack and its lines are dashed."""
    sheet = SHEETS[shape]
    heights = fan(value_min, value_max, line_count(jobs))
    lines = water(sheet, heights, TONES.get(theme_key, PLAIN_TONE), dashed=not (value_min or value_max))
    return page(sheet, lines, "" if stage_index is None else buoy(sheet, stage_index, heights[0]))


def home_cover(*, value_min, value_max, jobs, shape="wide"):
    """The cover of the home page: all opportunities as one water, from the largest to the smallest, no buoy."""
    sheet = SHEETS[shape]
    heights = fan(value_min, value_max, line_count(jobs))
    return page(sheet, water(sheet, heights, HOME_TONE, dashed=not (value_min or value_max)))


def cover_in_words(*, value_min, value_max, jobs, stage_index):
    """The numbers of the sentence under a cover; the template writes the sentence."""
    published = bool(value_min or value_max)
    return Words(
        lines=line_count(jobs),
        published=published,
        fans_out=published and bool(value_min and value_max) and value_min != value_max,
        step=None if stage_index is None else min(STAGES, max(1, stage_index + 1)),
        steps=STAGES,
    )
