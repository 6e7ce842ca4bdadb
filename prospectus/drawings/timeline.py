"""The years of a partnership: what was agreed and until when, who travelled which way, and where today stands.

Solid is time that has run, pale is time not yet run. Dates are plain dates; words come in as the page writes them.
"""

from datetime import date
from typing import NamedTuple

from .bars import ROOM, WORDS, block, rule, text, wrapped
from .svg import inline, mark, num, text_width

DAYS = 365.25


class Term(NamedTuple):
    """An agreement from signature to end. `words` stand by its bar; `renewed` marks an extension within it."""

    begins: date
    ends: date
    words: str
    renewed: date | None = None


class Visit(NamedTuple):
    """A journey between the two regions: outward is from here."""

    day: date
    outward: bool


class Moment(NamedTuple):
    """A day worth naming: first contact, a letter signed."""

    day: date
    words: str
    note: str = ""


class Years(NamedTuple):
    """The scale: whole years around everything that is drawn."""

    first: date
    last: date
    length: float

    def at(self, day):
        day = min(max(day, self.first), self.last)
        return self.length * (day - self.first).days / (self.last - self.first).days

    def turns(self):
        return [date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1)]


def years(days, length):
    """A scale from a quarter before the first day to a quarter after the last."""
    first, last = min(days).toordinal() - 92, max(days).toordinal() + 92
    return Years(date.fromordinal(first), date.fromordinal(last), length)


def timeline(terms, visits, moments, *, today, today_label, outward_label, inward_label, label, shape="wide"):
    """The whole drawing; nothing where there is nothing to draw."""
    days = [d for t in terms for d in (t.begins, t.ends)] + [v.day for v in visits] + [m.day for m in moments]
    if not days:
        return ""
    scale = years(days, 980 if shape == "wide" else max(460, (max(days) - min(days)).days / DAYS * 88))
    now = scale.at(today) if scale.first <= today <= scale.last else None
    terms = sorted(terms, key=lambda t: t.ends - t.begins, reverse=True)
    drawn, size = (across if shape == "wide" else upright)(
        scale, terms, sorted(visits), sorted(moments), today, (outward_label, inward_label)
    )
    if now is not None:
        drawn += (
            today_across(now, size[1], today_label)
            if shape == "wide"
            else today_upright(now, size, today_label)
        )
    return inline(*size, *drawn, label=label, class_=f"draw only-{shape}")


def arrow(x, y, dx, dy):
    """A line away from the axis with a head: up and right are outward."""
    tip_x, tip_y = x + dx * 36, y + dy * 36
    head = f"M{num(tip_x - 5 * dy)} {num(tip_y - 5 * dx)}L{num(tip_x + 5 * dy)} {num(tip_y + 5 * dx)}" + (
        f"L{num(tip_x + 9 * dx)} {num(tip_y + 9 * dy)}z"
    )
    return [rule("d-axis", x, y, tip_x, tip_y), mark("path", class_="d-1", d=head)]


def across(scale, terms, visits, moments, today, directions):
    """Above the axis what happened, below it what runs; one row to a term."""
    levels, placed = [], []
    for moment in moments:
        x = scale.at(moment.day)
        need = max(text_width(moment.words, 15), text_width(moment.note, WORDS)) * ROOM + 24
        flip = x + need > scale.length
        start, end = (x - need, x + 12) if flip else (x - 12, x + need)
        level = next(
            (i for i, taken in enumerate(levels) if all(end < a or b < start for a, b in taken)), len(levels)
        )
        if level == len(levels):
            levels.append([])
        levels[level].append((start, end))
        placed.append((moment, x, level, flip))
    axis = 74 + 46 * max(1, len(levels)) if visits or moments else 20
    rows = axis + 56 + 62 * len(terms)
    drawn = [part for turn in scale.turns() for part in year_across(scale, turn, rows)]
    drawn.append(rule("d-axis", 0, axis, scale.length, axis))
    for visit in visits:
        drawn += arrow(scale.at(visit.day), axis, 0, -1 if visit.outward else 1)
    if visits:
        drawn.append(text(f"{directions[0]} ↑", scale.length, axis - 12, anchor="end"))
        drawn.append(text(f"{directions[1]} ↓", scale.length, axis + 24, anchor="end"))
    for moment, x, level, flip in placed:
        drawn += moment_across(moment, x, 40 + 46 * level, axis, flip)
    for n, term in enumerate(terms):
        drawn += term_across(scale, term, today, axis + 56 + 62 * n)
    return drawn, (scale.length, rows + 24)


def year_across(scale, turn, foot):
    x = scale.at(turn)
    named = [text(str(turn.year), x + 6, foot + 16)] if x + 44 < scale.length else []
    return [rule("d-rule", x, 20, x, foot), *named]


def moment_across(moment, x, y, axis, flip):
    anchor, words_x = ("end", x - 14) if flip else (None, x + 14)
    drawn = [
        rule("d-axis", x, y + 2, x, axis),
        mark("path", class_="d-1", d=f"M{num(x)} {num(y - 12)}l7 8-7 8-7-8z"),
        text(moment.words, words_x, y, "d-b", anchor),
    ]
    return [*drawn, text(moment.note, words_x, y + 19, anchor=anchor)] if moment.note else drawn


def run_of(term, today):
    """The last day of the term that has run."""
    return min(max(today, term.begins), term.ends)


def term_across(scale, term, today, y):
    begins, run, ends = scale.at(term.begins), scale.at(run_of(term, today)), scale.at(term.ends)
    drawn = [block("d-3", begins, y, ends - begins, 26), block("d-1", begins, y, run - begins, 26)]
    drawn += [rule("d-axis", ends, y, ends, y + 26)]
    if term.renewed:
        x = scale.at(term.renewed)
        drawn.append(rule("d-axis", x, y - 6, x, y + 32))
    need = text_width(term.words, WORDS) * ROOM
    place = (begins, None) if begins + need <= scale.length else (scale.length, "end")
    return [*drawn, text(term.words, place[0], y + 46, anchor=place[1])]


def today_across(x, height, words):
    flip = x - text_width(words, 14) * ROOM - 8 > 0
    return [
        rule("d-signal", x, 20, x, height - 24),
        text(words, x - 8 if flip else x + 8, 16, "d-sg", "end" if flip else None),
    ]


TOP, AXIS, BARS = 46, 64, 104


def upright(scale, terms, visits, moments, today, directions, width=340):
    """The years run down the page: journeys beside the axis, terms as standing bars, words at their right."""
    drawn = [text(f"{directions[0]} →", 0, 14), text(f"← {directions[1]}", 0, 33)] if visits else []
    for turn in scale.turns():
        y = TOP + scale.at(turn)
        drawn += [rule("d-rule", 0, y, width, y), text(str(turn.year), 0, y + 16)]
    drawn.append(rule("d-axis", AXIS, TOP, AXIS, TOP + scale.length))
    for visit in visits:
        drawn += arrow(AXIS, TOP + scale.at(visit.day), 0.45 if visit.outward else -0.45, 0)
    notes, things = [], []
    for moment in moments:
        y = TOP + scale.at(moment.day)
        things.append(mark("path", class_="d-1", d=f"M{AXIS} {num(y - 8)}l7 8-7 8-7-8z"))
        notes.append((y, AXIS + 9, (moment.words, moment.note), "d-b"))
    for n, term in enumerate(terms):
        x, begins = BARS + 28 * n, TOP + scale.at(term.begins)
        things += term_upright(scale, term, today, x)
        notes.append((begins + 4, x + 22, (term.words,), "d-s"))
    drawn += written_down(sorted(notes), BARS + 28 * len(terms) + 10, width)
    return drawn + things, (width, TOP + scale.length)


def term_upright(scale, term, today, x):
    begins, ends = TOP + scale.at(term.begins), TOP + scale.at(term.ends)
    run = TOP + scale.at(run_of(term, today))
    drawn = [block("d-3", x, begins, 22, ends - begins), block("d-1", x, begins, 22, run - begins)]
    drawn.append(rule("d-axis", x, ends, x + 22, ends))
    if term.renewed:
        y = TOP + scale.at(term.renewed)
        drawn.append(rule("d-axis", x - 4, y, x + 26, y))
    return drawn


def written_down(notes, column, width):
    """Words in one column, each as high as it may be, with a line back to what they are of."""
    drawn, free = [], TOP
    for y, edge, words, class_ in notes:
        first, *others = words
        lines = [(line, class_) for line in wrapped(first, width - column)]
        lines += [(line, "d-s") for other in others if other for line in wrapped(other, width - column)]
        base = max(y + 5, free + 16)
        drawn.append(rule("d-rule", edge, y, column - 4, base - 5))
        drawn += [text(line, column, base + 19 * n, look) for n, (line, look) in enumerate(lines)]
        free = base + 19 * (len(lines) - 1) + 8
    return drawn


def today_upright(y, size, words):
    y += TOP
    return [rule("d-signal", AXIS - 18, y, size[0], y), text(words, size[0], y - 7, "d-sg", "end")]
