"""The cover of a partnership: two tides that run towards each other, one line to a quarter of a year of its term.

The first line is the tide of one port, the last that of the other, and between them the two meet. Lines of the
time that has run are strong, those of the time to come are pale; a term without an end is dashed.
"""

from .svg import mark
from .tide import HOME_TONE, LAG, SHEETS, curve, page, slope, tide

DAYS_IN_QUARTER = 365.25 / 4
MOST_LINES, LINES_OF_NO_TERM = 40, 12


def quarters(begins, ends, today):
    """How many quarters the term has, and how many of them have run; None without an end."""
    if not ends:
        return None
    whole = max(2, min(MOST_LINES, round((ends - begins).days / DAYS_IN_QUARTER)))
    gone = (min(max(today, begins), ends) - begins).days / max(1, (ends - begins).days)
    return whole, round(whole * gone)


def partnership_cover(*, begins, ends, today, shape="wide"):
    """The cover of one partnership from the dates of its term. It changes as often as a quarter ends."""
    sheet = SHEETS[shape]
    # Springs stand in the middle, where the two tides meet.
    half = (sheet.ends - sheet.begins) / 2
    sheet = sheet._replace(begins=-half, ends=half)
    count, run = quarters(begins, ends, today) or (LINES_OF_NO_TERM, LINES_OF_NO_TERM)
    top = sheet.headroom + sheet.amplitude
    gap = (sheet.height - 2 * top) / (count - 1)
    lines = [
        mark(
            "path",
            d=meeting(sheet, top + k * gap, k / (count - 1)),
            stroke_opacity=".95" if k < run else ".38",
        )
        for k in range(count)
    ]
    dashed = None if ends else "7 6"
    return page(
        sheet,
        mark("g", *lines, fill="none", stroke=HOME_TONE, stroke_width=sheet.stroke, stroke_dasharray=dashed),
    )


def meeting(sheet, base, u):
    """One line, at share u of the way from the first port's water to the second's."""

    def height(hour):
        return sheet.amplitude * ((1 - u) * tide(hour - LAG * u) + u * tide(-hour - LAG * (1 - u)))

    def rise(hour):
        return sheet.amplitude * ((1 - u) * slope(hour - LAG * u) - u * slope(-hour - LAG * (1 - u)))

    return curve(sheet, base, height, rise)
