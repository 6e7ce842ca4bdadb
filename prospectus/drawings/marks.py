"""What stands on a chart: one mark for one asset, a disc for several at one place."""

import math
from typing import NamedTuple

DOT = 5


class Point(NamedTuple):
    """One asset, as a chart needs it. The name is its accessible name, whole and in the page's language."""

    number: int
    lat: float
    lon: float
    pipeline: bool
    href: str
    name: str
    site_key: str
    site_name: str


class Mark(NamedTuple):
    """A dot, a ring or a disc: where it stands, how large it is, and which assets it is for."""

    x: float
    y: float
    r: float
    points: tuple

    @property
    def several(self):
        return len(self.points) > 1

    @property
    def pipeline(self):
        return all(point.pipeline for point in self.points)


def radius(count, dot):
    """The area of a disc grows with its count; the least of them still holds two figures."""
    return dot if count == 1 else math.sqrt(dot * (22 + 3.6 * count))


def gather(points, view, *, dot=DOT):
    """Marks for points: those of one site whose dots would touch become one disc, in the middle of them."""
    groups = []
    for point in sorted(points, key=lambda p: p.number):
        place = view.xy(point.lat, point.lon)
        near = [group for group in groups if any(same_place(point, place, other, dot) for other in group)]
        joined = [(point, place)] + [member for group in near for member in group]
        groups = [group for group in groups if group not in near] + [joined]
    marks = []
    for group in groups:
        members = tuple(sorted((point for point, _ in group), key=lambda p: p.number))
        x = sum(place[0] for _, place in group) / len(group)
        y = sum(place[1] for _, place in group) / len(group)
        marks.append(Mark(x, y, radius(len(members), dot), members))
    return parted(sorted(marks, key=lambda m: m.points[0].number))


def same_place(point, place, member, dot):
    other, there = member
    return point.site_key == other.site_key and math.dist(place, there) < dot * 2 + 2


def parted(marks, gap=2):
    """Marks of different places moved off each other, the small ones giving way to the large."""
    spots = [[m.x, m.y] for m in marks]
    for _ in range(60):
        moved = False
        for i, one in enumerate(marks):
            for j in range(i + 1, len(marks)):
                two = marks[j]
                need = one.r + two.r + gap
                dx, dy = spots[j][0] - spots[i][0], spots[j][1] - spots[i][1]
                apart = math.hypot(dx, dy)
                if apart >= need - 0.01:
                    continue
                moved = True
                dx, dy = (dx / apart, dy / apart) if apart else (1.0, 0.0)
                share = two.r**2 / (one.r**2 + two.r**2)
                push = need - apart
                spots[i] = [spots[i][0] - dx * push * share, spots[i][1] - dy * push * share]
                share = 1 - share
                spots[j] = [spots[j][0] + dx * push * share, spots[j][1] + dy * push * share]
        if not moved:
            break
    return [m._replace(x=x, y=y) for m, (x, y) in zip(marks, spots, strict=True)]
