"""The drawing of a cover: the tide of the Mersey about the moment of which the figures are.

Two constituents, moon and sun, beat from neaps to springs and back. The buoy stands at the moment. Nothing is drawn
that is not reckoned, and only approximately: the picture is no tide table.
"""

from datetime import UTC, datetime
from math import cos, pi

WIDTH, HEIGHT = 596, 300
LINES, STEP = 13, 4
MOON, SUN, RATIO = (
    12.4206,
    12.0,
    0.5,
)  # hours between two high waters of each, and how much of it is the sun's
NEW_MOON = datetime(2000, 1, 6, 18, 14, tzinfo=UTC)
MONTH, AGE = 29.530588 * 24, 36.0  # hours of a synodic month; springs follow the moon by a day and a half
LAG = 5.2  # hours by which the wave is later at the last line
GROUND, WATER, BUOY = "#06202a", "#a8c2c6", "#ff6d3f"


def height(hours):
    """Of the water, between -1 and 1, so many hours after springs."""
    return (cos(2 * pi * hours / MOON) + RATIO * cos(2 * pi * hours / SUN)) / (1 + RATIO)


def after_springs(moment):
    """Hours since the last springs."""
    return ((moment - NEW_MOON).total_seconds() / 3600 - AGE) % (MONTH / 2)


def drawing(moment):
    """The cover's drawing as SVG: the quarter of a month in which the moment lies."""
    hours, window = after_springs(moment), MONTH / 4
    first = window * (hours // window)
    place = WIDTH * (hours - first) / window
    place = min(max(place, 0.05 * WIDTH), 0.95 * WIDTH)

    def line(x, number):
        share = number / (LINES - 1)
        swing = 26 - 14 * share
        return 54 + 17 * number - swing * height(first + window * x / WIDTH - LAG * share)

    paths = []
    for number in range(LINES):
        points = " ".join(f"{x},{line(x, number):.1f}" for x in range(-STEP, WIDTH + 2 * STEP, STEP))
        opacity = 1 - 0.72 * number / (LINES - 1)
        paths.append(f'<polyline points="{points}" stroke-opacity="{opacity:.2f}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f'<g fill="none" stroke="{WATER}" stroke-width="1.1">{"".join(paths)}</g>'
        f'<circle cx="{place:.1f}" cy="{line(place, 0):.1f}" r="4.6" fill="{BUOY}"/></svg>'
    )
