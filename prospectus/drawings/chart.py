"""The charts of the prospectus: the assets of the region, the city centre enlarged, the site of one opportunity.

Drawn like a sea chart and not for navigation. The list on the page is the equal of the chart and the target of
its links. Positions are computed from coordinates; only names of areas and waters have an anchor given here.
"""

import math

from .coast import COS, KM_PER_DEGREE, View, charted, on_land, sheet
from .labels import MIDDLE, Box, Ground, around, shortened
from .marks import DOT, gather
from .names import DEGREES, LAYOUT, area_names, halo, probes, tick_names, water_names
from .svg import inline, join, mark, num

REGION = {
    "wide": View(-3.40, 53.245, -2.50, 53.625, 1000),
    "slim": View(-3.217, 53.262, -2.601, 53.560, 360),
}
CENTRE = {
    "wide": View(-3.003, 53.3925, -2.943, 53.4140, 620),
    "slim": View(-2.9905, 53.3925, -2.9475, 53.4140, 360),
}
# Who is in the enlarged drawing, whichever width it has.
CENTRE_WEST, CENTRE_SOUTH, CENTRE_EAST, CENTRE_NORTH = -2.9890, 53.3935, -2.9490, 53.4130
SHOALS = {"wide": (92, 56, 26), "slim": (44, 27, 13), "inset": (52, 28, 12)}
DOTS = {"wide": DOT, "slim": 3.5}
# How far words may stand from their mark: a number at first, a name, and a number that found no room.
REACH = {"wide": (14, 22, 62), "slim": (8, 4, 32)}
ONLY = {"wide": "only-wide", "slim": "only-slim"}


def in_centre(point):
    return CENTRE_SOUTH <= point.lat <= CENTRE_NORTH and CENTRE_WEST <= point.lon <= CENTRE_EAST


def on_chart(point):
    """Whether the chart can show a point: it has coordinates and lies within both frames."""
    if point.lat is None or point.lon is None:
        return False
    return all(view.shows(point.lat, point.lon, 8) for view in REGION.values())


def centre_points(points):
    """The points that the enlarged drawing is for, or none where one mark in its place is enough."""
    inside = [point for point in points if on_chart(point) and in_centre(point)]
    return inside if len(gather(inside, REGION["wide"])) > 1 else []


def asset_chart(points, *, label, places, inset_label, inset_href, prefix, shape="wide", degrees=DEGREES):
    """The chart of the region. `places` are translated names by the keys of `names.ANCHORS`.

    Every point that is `on_chart` is in it once: as a dot, in a disc, or in the square that leads to the
    enlarged drawing. `inset_label` is the square's accessible name.
    """
    view = REGION[shape]
    crowded = centre_points(points)
    rest = [point for point in points if on_chart(point) and point not in crowded]
    ground = Ground(view.width, view.height, 8)
    marks = gather(rest, view, dot=DOTS[shape])
    square = (
        mark("a", *inset_square(view, crowded, ground), href=inset_href, aria_label=inset_label)
        if crowded
        else ""
    )
    waters = water_names(view, places, ground, shape)
    areas, drawn = links(marks, view, ground, shape, places)
    ticked = tick_names(view, ground, degrees, shape)
    return chart(view, prefix, SHOALS[shape], label, ONLY[shape], waters, areas, ticked, drawn, square)


def inset_chart(points, *, label, prefix, shape="wide", degrees=DEGREES):
    """The city centre enlarged; nothing where the chart of the region shows it well enough."""
    crowded = centre_points(points)
    if not crowded:
        return ""
    view = CENTRE[shape]
    ground = Ground(view.width, view.height, 8)
    _, drawn = links(gather(crowded, view, dot=DOTS[shape]), view, ground, shape, places={})
    ticked = tick_names(view, ground, degrees, shape)
    return chart(view, prefix, SHOALS["inset"], label, ONLY[shape], ticked, drawn)


def chart(view, prefix, shoals, label, only, *inside):
    return inline(
        view.width,
        view.height,
        sheet(view, prefix, shoals),
        *inside,
        class_=f"chart {only}".strip(),
        role="group",
        aria_label=label,
    )


def inset_square(view, crowded, ground):
    """The red square over what is drawn larger, and how many are in it."""
    left, top = view.xy(CENTRE_NORTH, CENTRE_WEST)
    right, bottom = view.xy(CENTRE_SOUTH, CENTRE_EAST)
    ground.take(Box(left - 2, top - 2, right + 2, bottom + 2))
    x, y = (left + right) / 2, (top + bottom) / 2
    return (
        mark("rect", class_="ch-inset ch-hit", x=left, y=top, width=right - left, height=bottom - top),
        mark("text", len(crowded), class_="ch-ct ch-ctin", x=num(x), y=num(y + 5), text_anchor=MIDDLE),
    )


def links(marks, view, ground, shape, places):
    """The names of areas, and every mark as a link with its name.

    Dots are numbered. Discs have their count, and their name where there is room; a number that found none
    beside its dot goes farther, with a line.
    """
    for m in marks:
        ground.take(Box(m.x - m.r - 1, m.y - m.r - 1, m.x + m.r + 1, m.y + m.r + 1))
    size = LAYOUT[shape]
    near, name_reach, far = REACH[shape]
    words = {}
    for m in marks:
        if not m.several:
            words[m] = placed(m, (str(m.points[0].number),), view, ground, size, near)
    areas = area_names(view, places, ground, shape)
    for m in sorted(marks, key=lambda m: -len(m.points)):
        if m.several:
            words[m] = placed(m, shortened(m.points[0].site_name), view, ground, size, name_reach)
    for m in marks:
        if not m.several and not words[m]:
            words[m] = placed(m, (str(m.points[0].number),), view, ground, size, far)
    return areas, join(link(m, words[m], view) for m in marks)


def placed(m, lines, view, ground, size, reach):
    """The nearest free place of the words: all on land if the mark is, and if there is such a place."""
    near = [label for far, label in around(m.x, m.y, m.r, lines, size) if far <= reach]
    free = [label for label in near if ground.free(label.box)]
    if on_land(*view.degrees(m.x, m.y)):
        free.sort(key=lambda label: not all(probes(view, label.box)))
    return ground.first_free(free)


def link(m, words, view):
    first = m.points[0]
    place = {"cx": num(m.x), "cy": num(m.y), "r": num(m.r)}
    if m.several:
        name = f"{first.site_name}, {len(m.points)}"
        inside = [
            mark("circle", class_="ch-pipe" if m.pipeline else "ch-many", **place),
            mark(
                "text",
                len(m.points),
                class_="ch-ct ch-ctin" if m.pipeline else "ch-ct",
                x=num(m.x),
                y=num(m.y + 5),
                text_anchor=MIDDLE,
            ),
        ]
    else:
        name = f"{first.number} {first.name}"
        inside = [mark("circle", class_="ch-pipe" if m.pipeline else "ch-dot", **place)]
    if words:
        inside = [
            leader(m, words),
            *inside,
            *words.drawn(halo(view, words, "ch-lab" if m.several else "ch-no")),
        ]
    return mark("a", mark("title", name), *inside, href=first.href, aria_label=name)


def leader(m, words):
    """A line from a mark to words that had to go far from it."""
    x = min(max(m.x, words.box.left), words.box.right)
    y = min(max(m.y, words.box.top), words.box.bottom)
    if math.dist((x, y), (m.x, m.y)) < m.r + 12:
        return ""
    # It ends at the middle of the words' near half, where the eye looks for it.
    x = x if x == m.x else (x + words.box.middle[0]) / 2
    return mark("line", class_="ch-lead", x1=num(m.x), y1=num(m.y), x2=num(x), y2=num(y))


SITE_SIZE = {"wide": (560, 500), "slim": (340, 320)}
SITE_SPAN = 0.34
SITE_RING_KM = 1.5


def site_view(lat, lon, shape):
    width, height = SITE_SIZE[shape]
    degrees_high = SITE_SPAN * COS * height / width
    return View(
        lon - SITE_SPAN / 2, lat - degrees_high / 2, lon + SITE_SPAN / 2, lat + degrees_high / 2, width
    )


def site_chart(lat, lon, *, precision, label, name, places, prefix, shape="wide", degrees=DEGREES):
    """The site of one opportunity: a spot where it is known, a ring where only its neighbourhood is.

    Nothing for a place without coordinates or beyond the coast that we have.
    """
    if lat is None or lon is None or not charted(site_view(lat, lon, shape)):
        return ""
    view = site_view(lat, lon, shape)
    ground = Ground(view.width, view.height, 8)
    x, y = view.xy(lat, lon)
    ring = 0 if precision == "site" else view.scale * SITE_RING_KM / KM_PER_DEGREE
    reach = max(ring, 9)
    ground.take(Box(x - reach, y - reach, x + reach, y + reach))
    spot = [mark("circle", class_="ch-here", cx=num(x), cy=num(y), r=4 if ring else 7)]
    if ring:
        spot.insert(0, mark("circle", class_="ch-hereline", cx=num(x), cy=num(y), r=num(ring)))
    words = ground.first_free(one for _, one in around(x, y, reach, shortened(name), LAYOUT[shape]))
    return inline(
        view.width,
        view.height,
        sheet(view, prefix, SHOALS["inset"]),
        water_names(view, places, ground, shape),
        area_names(view, places, ground, shape),
        tick_names(view, ground, degrees, shape),
        *spot,
        *(words.drawn(halo(view, words, "ch-lab")) if words else []),
        label=label,
        class_=f"chart {ONLY[shape]}",
    )


KEYS = {
    "existing": mark("circle", class_="ch-dot", cx=10, cy=10, r=5),
    "pipeline": mark("circle", class_="ch-pipe", cx=10, cy=10, r=5),
    "several": mark("circle", class_="ch-many", cx=10, cy=10, r=9),
    "enlarged": mark("rect", class_="ch-inset", x=2, y=2, width=16, height=16),
}


def key(kind):
    """One sign of the chart's key, beside words that say what it is."""
    return inline(20, 20, KEYS[kind])
