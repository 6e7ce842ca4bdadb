"""The coast in a window: projection, the land as a path, and the sheet of a chart before anything stands on it."""

import json
import math
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from . import geometry
from .svg import join, mark, num

# One projection for every chart: equirectangular, true at the latitude of the Mersey.
COS = math.cos(math.radians(53.42))
KM_PER_DEGREE = 111.32
# From this scale on the source's own steps of some fifty metres would show, and are rounded off.
CLOSE = 2500
# Degrees of latitude in a band of the coast.
BAND = 0.005


class View(NamedTuple):
    """A window on the region, and the width it is drawn at."""

    west: float
    south: float
    east: float
    north: float
    width: int

    @property
    def scale(self):
        """Units of the drawing in a degree of latitude."""
        return self.width / ((self.east - self.west) * COS)

    @property
    def height(self):
        return round((self.north - self.south) * self.scale)

    def xy(self, lat, lon):
        return (lon - self.west) * COS * self.scale, (self.north - lat) * self.scale

    def degrees(self, x, y):
        """Latitude and longitude of a place on the drawing."""
        return self.north - y / self.scale, self.west + x / self.scale / COS

    def shows(self, lat, lon, margin=0):
        x, y = self.xy(lat, lon)
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


@lru_cache(maxsize=1)
def coastline():
    return json.loads(Path(__file__).with_name("coastline.json").read_text("utf-8"))


@lru_cache(maxsize=1)
def land():
    """The polygons of coastline.json, as (longitude, latitude) pairs."""
    return [list(zip(flat[0::2], flat[1::2], strict=True)) for flat in coastline()["land"]]


def charted(view):
    """Whether the coast of a view is known. Elsewhere all would be sea, and that would be untrue."""
    west, south, east, north = coastline()["area"]
    return west < view.west and view.east < east and south < view.south and view.north < north


@lru_cache(maxsize=1)
def coast_by_band():
    """The edges of the coast by the thin bands of latitude that they run through, for `on_land`."""
    bands = defaultdict(list)
    for polygon in land():
        for here, there in geometry.edges(polygon):
            low, high = sorted((here[1], there[1]))
            for band in range(math.floor(low / BAND), math.floor(high / BAND) + 1):
                bands[band].append((here, there))
    return bands


def on_land(lat, lon):
    return geometry.odd_crossings(coast_by_band().get(math.floor(lat / BAND), ()), lon, lat)


@lru_cache(maxsize=64)
def land_path(view, margin):
    """The land of a view as one path. It runs on past the frame, so that no stroke follows the cut."""
    parts = []
    for polygon in land():
        points = [view.xy(lat, lon) for lon, lat in polygon]
        if view.scale > CLOSE:
            points = geometry.smooth(geometry.simplify(points, view.scale * 0.05 / KM_PER_DEGREE))
        points = geometry.clip(points, -margin, -margin, view.width + margin, view.height + margin)
        points = geometry.simplify(points, 0.4)
        if len(points) > 2:
            parts.append(trace(points))
    return "".join(parts)


def trace(points):
    """Steps from each point to the next, reckoned from what was written so that rounding never adds up."""
    x, y = (round(n, 1) for n in points[0])
    text = f"M{num(x)} {num(y)}l"
    for next_x, next_y in points[1:]:
        for step in (round(next_x, 1) - x, round(next_y, 1) - y):
            written = num(step)
            text += written if text[-1] == "l" or written.startswith("-") else f" {written}"
        x, y = round(next_x, 1), round(next_y, 1)
    return text + "z"


def sheet(view, prefix, shoals):
    """Sea, three shoal bands by the stroked coast, land, graticule and border. Ids begin with the prefix."""
    width, height = view.width, view.height
    window, shore = f"{prefix}-window", f"{prefix}-coast"
    path = land_path(view, shoals[0] / 2 + 4)
    drawn = [
        mark("use", href=f"#{shore}", class_=f"ch-shoal{n}", stroke_width=wide)
        for n, wide in enumerate(shoals, 1)
    ]
    defs = mark(
        "defs",
        mark("clipPath", mark("rect", width=width, height=height), id=window),
        mark("path", id=shore, d=path) if path else "",
    )
    sea = mark("rect", class_="ch-sea", width=width, height=height)
    coast = join([*drawn, mark("use", href=f"#{shore}", class_="ch-land")]) if path else ""
    inside = mark("g", sea, coast, graticule(view), border(view), clip_path=f"url(#{window})")
    return join([defs, inside])


def step_of(view):
    """Degrees from one line of the graticule to the next: the finest that leaves 70 units between meridians."""
    steps = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
    return next(step for step in steps if step * COS * view.scale >= min(70, view.width / 5))


def lines_at(low, high, step):
    first = math.ceil(low / step - 1e-6)
    return [n * step for n in range(first, math.floor(high / step + 1e-6) + 1)]


def graticule(view):
    step = step_of(view)
    meridians = (num(view.xy(view.north, lon)[0]) for lon in lines_at(view.west, view.east, step))
    parallels = (num(view.xy(lat, view.west)[1]) for lat in lines_at(view.south, view.north, step))
    return mark(
        "g",
        *(mark("line", x1=x, x2=x, y1=0, y2=view.height) for x in meridians),
        *(mark("line", x1=0, x2=view.width, y1=y, y2=y) for y in parallels),
        class_="ch-grat",
    )


def border(view, thick=5):
    """The frame of a chart: dark and light by half steps of the graticule, between two lines."""
    half = step_of(view) / 2
    width, height = view.width, view.height
    bars = []
    for start, end in stretches(view.west, view.east, half, lambda lon: view.xy(view.north, lon)[0]):
        bars += [mark("rect", x=start, y=y, width=end - start, height=thick) for y in (0, height - thick)]
    for start, end in stretches(-view.north, -view.south, half, lambda lat: view.xy(-lat, view.west)[1]):
        bars += [mark("rect", x=x, y=start, width=thick, height=end - start) for x in (0, width - thick)]
    for inset in (0.5, thick + 0.5):
        bars.append(
            mark(
                "rect", class_="ch-line", x=inset, y=inset, width=width - 2 * inset, height=height - 2 * inset
            )
        )
    return mark("g", *bars, class_="ch-frame")


def stretches(low, high, half, place):
    """Every other half step between two bounds, as places on the drawing, cut at the bounds."""
    first = math.floor(low / half)
    for n in range(first, math.ceil(high / half)):
        start, end = max(low, n * half), min(high, (n + 1) * half)
        if n % 2 == 0 and end - start > 1e-9:
            yield place(start), place(end)


def ticks(view, west, north):
    """Degrees at the frame, as boxes of text to be drawn: (x, y, text), every other meridian."""
    step = step_of(view)
    places = max(1, math.ceil(-math.log10(step) - 1e-9))
    texts = []
    for n, lon in enumerate(lines_at(view.west, view.east, step)):
        x = view.xy(view.north, lon)[0]
        if n % 2 and 60 < x < view.width - 40:
            texts.append((x, view.height - 11, west.format(f"{-lon:.{places}f}"), "middle"))
    for lat in lines_at(view.south, view.north, step):
        y = view.xy(lat, view.west)[1]
        if 30 < y < view.height - 26:
            texts.append((11, y - 4, north.format(f"{lat:.{places}f}"), "start"))
    return texts
