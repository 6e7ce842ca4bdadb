"""How a table fits on paper: portrait or landscape, in which size, how wide each column is; or not at all, and then
each record is set as a block of its own. Reckoned from about how wide a text is, which is near enough to part a page.
"""

import unicodedata
from dataclasses import dataclass

PORTRAIT, LANDSCAPE = 487.0, 734.0  # points between the margins of A4
WAYS = [(False, 9.0), (False, 8.0), (True, 8.5), (True, 7.5)]  # (landscape, size), the best first
GAP = 1.3  # between columns, of the size
LONGEST = 18  # a word longer than this may be broken: paper.typ knows the same number
ENOUGH = 0.35  # of the room that texts would like beyond their longest word
SHORT = 7  # texts of a column that is no wider stay in one line
FOLDED = 0.6  # of a heading's width: it may stand in two lines sooner than a cell
MOST_COLUMNS = 14
NARROW, WIDE = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMW@%&")


def width(text):
    """Of the text in one line, of its size."""
    return sum(map(_advance, text))


def _advance(character):
    if unicodedata.east_asian_width(character) in "WF":
        return 0.9
    if character in NARROW:
        return 0.34
    if character in WIDE:
        return 0.9
    return 0.68 if character.isupper() or character.isdigit() else 0.57


@dataclass(frozen=True)
class Fit:
    landscape: bool
    size: float
    widths: list


def fit(headings, rows, numeric):
    """The first way in which the table fits; None where it fits in none. `numeric` columns are never broken."""
    if len(headings) > MOST_COLUMNS:
        return None
    columns = list(zip(*rows, strict=True)) or [()] * len(headings)
    wanted = [max([max(map(width, cell.split("\n"))) for cell in {*cells}], default=0) for cells in columns]
    least = [
        max(
            _longest(headings[place]),
            wanted[place]
            if numeric[place] or wanted[place] <= SHORT
            else max(map(_longest, {*cells}), default=0),
        )
        for place, cells in enumerate(columns)
    ]
    wanted = [
        max(pair)
        for pair in zip(wanted, least, (FOLDED * width(heading) for heading in headings), strict=True)
    ]
    return next((found for way in WAYS if (found := _fitted(way, least, wanted))), None)


def _longest(text):
    return max((width(word[:LONGEST]) for word in text.split()), default=0)


def _fitted(way, least, wanted):
    landscape, size = way
    room = (LANDSCAPE if landscape else PORTRAIT) / size - GAP * len(least)
    needed, liked = sum(least), sum(wanted)
    if needed > room or (liked > room and room - needed < ENOUGH * (liked - needed)):
        return None
    if liked > room:
        share = (room - needed) / (liked - needed)
        found = [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]
    else:
        spare = (room - liked) / (len(wanted) + 1)
        found = [high + spare * (2 if place == 0 else 1) for place, high in enumerate(wanted)]
    return Fit(landscape, size, [round((each + GAP) * size, 2) for each in found])
