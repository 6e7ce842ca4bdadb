"""Polygons of plain (x, y) pairs: cut to a window, made simpler, asked what they hold."""

import math


def edges(points):
    return zip(points, points[1:] + points[:1], strict=True)


def cut(points, axis, limit, keep_above):
    """One pass of Sutherland and Hodgman: what of the polygon lies on one side of a line."""
    inside = (lambda p: p[axis] >= limit) if keep_above else (lambda p: p[axis] <= limit)
    kept = []
    for here, there in edges(points):
        if inside(here):
            kept.append(here)
        if inside(here) != inside(there):
            share = (limit - here[axis]) / (there[axis] - here[axis])
            kept.append(tuple(a + share * (b - a) for a, b in zip(here, there, strict=True)))
    return kept


def clip(points, left, low, right, high):
    """What of the polygon lies in a window; where it leaves, it follows the window's edge."""
    for axis, limit, keep_above in ((0, left, True), (0, right, False), (1, low, True), (1, high, False)):
        points = cut(points, axis, limit, keep_above) if points else []
    return points


def off_line(point, start, end):
    """How far a point lies from the straight line between two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0 if not length else max(0, min(1, ((px - ax) * dx + (py - ay) * dy) / length))
    return math.hypot(px - ax - along * dx, py - ay - along * dy)


def simplify(points, tolerance):
    """Douglas and Peucker, without recursion: a coast has tens of thousands of points."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        offsets = [off_line(point, points[first], points[last]) for point in points[first + 1 : last]]
        worst = max(offsets)
        if worst > tolerance:
            far = first + 1 + offsets.index(worst)
            keep.add(far)
            stack += [(first, far), (far, last)]
    return [points[i] for i in sorted(keep)]


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(points))) / 2


def odd_crossings(some_edges, x, y):
    """Whether a point lies within edges, by counting those east of it."""
    inside = False
    for (ax, ay), (bx, by) in some_edges:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def smooth(points, times=2):
    """Chaikin: each corner cut at a quarter, so that a coast seen from near is not a staircase."""
    for _ in range(times):
        rounded = []
        for (ax, ay), (bx, by) in edges(points):
            rounded.append((ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25))
            rounded.append((ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75))
        points = rounded
    return points
