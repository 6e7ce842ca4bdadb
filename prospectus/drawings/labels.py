"""Where the words of a chart go: greedy, always in the same order, and never one upon another."""

import math
from typing import NamedTuple

from .svg import mark, num, text_width

MIDDLE, START, END = "middle", "start", "end"
# Directions in the order of preference: right, left, above, below, then the corners.
COMPASS = (0, 180, 270, 90, 315, 45, 225, 135)


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other):
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def wider(self, by):
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    @property
    def middle(self):
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Label(NamedTuple):
    """Words that found a place: where each line is written, and the box they fill."""

    x: float
    y: float
    anchor: str
    lines: tuple
    size: float
    box: Box

    def drawn(self, class_):
        leading = self.size * 1.16
        return [
            mark(
                "text",
                line,
                class_=class_,
                x=num(self.x),
                y=num(self.y + n * leading),
                text_anchor=self.anchor,
            )
            for n, line in enumerate(self.lines)
        ]


def label_at(x, y, anchor, lines, size):
    """A label whose middle height is at y. Its box is an estimate that errs wide."""
    width = max(text_width(line, size) for line in lines)
    leading = size * 1.16
    top = y - (leading * (len(lines) - 1) + size) / 2
    left = x - {START: 0, MIDDLE: width / 2, END: width}[anchor]
    box = Box(left - 1, top, left + width + 1, top + leading * (len(lines) - 1) + size)
    return Label(x, top + size * 0.84, anchor, tuple(lines), size, box)


def around(x, y, radius, lines, size):
    """Candidates beside a mark, near ones first: each direction at growing distances."""
    height = size * (1.16 * (len(lines) - 1) + 1)
    for reach in (4, 8, 14, 22, 32, 46, 62):
        for angle in COMPASS:
            dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            anchor = START if dx > 0.3 else END if dx < -0.3 else MIDDLE
            far = radius + reach
            lift = dy * (far + height / 2) if anchor == MIDDLE else dy * (far + height / 4)
            yield reach, label_at(x + dx * far, y + lift, anchor, lines, size)


def nearby(x, y, lines, size, reach):
    """Candidates for a name that belongs to an area: its anchor, then rings around it."""
    yield label_at(x, y, MIDDLE, lines, size)
    for ring in range(12, reach + 1, 12):
        for angle in range(0, 360, 30):
            turn = math.radians(angle)
            yield label_at(x + math.cos(turn) * ring * 1.4, y + math.sin(turn) * ring, MIDDLE, lines, size)


def slanted(x, y, words, size, angle):
    """Boxes along a slanted line of words, enough of them that nothing is written across it."""
    width, turn = text_width(words, size), math.radians(angle)
    count = max(2, round(width / size) + 1)
    for n in range(count):
        along = (n / (count - 1) - 0.5) * width
        cx, cy = x + math.cos(turn) * along, y + math.sin(turn) * along - size / 3
        yield Box(cx - size / 2, cy - size / 2, cx + size / 2, cy + size / 2)


class Ground:
    """What is taken already, within the frame."""

    def __init__(self, width, height, edge):
        self.frame = Box(edge, edge, width - edge, height - edge)
        self.taken = []

    def free(self, box):
        frame = self.frame
        within = box.left >= frame.left and box.right <= frame.right
        within = within and box.top >= frame.top and box.bottom <= frame.bottom
        return within and not any(box.touches(other) for other in self.taken)

    def take(self, box):
        self.taken.append(box)

    def first_free(self, candidates):
        """The first label that has room, which it then takes; None where there is none."""
        for label in candidates:
            if self.free(label.box):
                self.take(label.box)
                return label
        return None


def shortened(name):
    """A name of a place, as a chart can bear it: without brackets and what follows a comma, on one or two lines."""
    short = name.split("(")[0].split(",")[0].strip() or name
    wide = text_width(short, 1)
    if wide <= 11:
        return (short,)
    words = short.split()
    breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(breaks, key=lambda pair: max(text_width(line, 1) for line in pair)) if breaks else (short,)
