"""Names on a chart: of waters where they belong, of areas where there is room, of degrees at the frame."""

from typing import NamedTuple

from .coast import on_land, ticks
from .labels import MIDDLE, label_at, nearby, slanted
from .svg import join, mark, num

# Words are laid out a little larger than they are set, for the widths at which the page sets them larger.
LAYOUT = {"wide": 17.0, "slim": 13.0}
DEGREES = ("{}° W", "{}° N")


class Anchor(NamedTuple):
    """Where the name of an area or a water belongs; a water may be written along its course."""

    lat: float
    lon: float
    water: bool = False
    slant: int = 0


ANCHORS = {
    "liverpool-bay": Anchor(53.545, -3.26, water=True),
    "mersey": Anchor(53.3245, -2.906, water=True, slant=36),
    "dee": Anchor(53.303, -3.158, water=True, slant=47),
    "sefton": Anchor(53.535, -3.000),
    "knowsley": Anchor(53.453, -2.812),
    "st-helens": Anchor(53.465, -2.690),
    "liverpool": Anchor(53.385, -2.905),
    "wirral": Anchor(53.312, -3.052),
    "halton": Anchor(53.288, -2.625),
}


def named(view, places, water):
    for key, anchor in ANCHORS.items():
        if places.get(key) and anchor.water is water and view.shows(anchor.lat, anchor.lon, 20):
            yield places[key], anchor, *view.xy(anchor.lat, anchor.lon)


def water_names(view, places, ground, shape):
    """Names of waters, each where it belongs or nowhere."""
    drawn = []
    for words, anchor, x, y in named(view, places, water=True):
        boxes = list(slanted(x, y, words, LAYOUT[shape], anchor.slant))
        if not all(ground.free(box) for box in boxes):
            continue
        for box in boxes:
            ground.take(box)
        turn = f"rotate({anchor.slant} {num(x)} {num(y)})" if anchor.slant else None
        drawn.append(
            mark("text", words, class_="ch-water", x=num(x), y=num(y), text_anchor=MIDDLE, transform=turn)
        )
    return join(drawn)


def area_names(view, places, ground, shape):
    """Names of areas, near their anchor and on land, where nothing else is written."""
    drawn = []
    for words, _anchor, x, y in named(view, places, water=False):
        candidates = nearby(x, y, (words,), LAYOUT[shape], reach=60)
        apart = (one for one in candidates if all(probes(view, one.box)) and ground.free(one.box.wider(4)))
        label = ground.first_free(apart)
        drawn += label.drawn("ch-place") if label else []
    return join(drawn)


def probes(view, box):
    """Whether there is land under some words, at five places from their beginning to their end."""
    step, y = (box.right - box.left) / 4, box.middle[1]
    return [on_land(*view.degrees(box.left + step * n, y)) for n in range(5)]


def tick_names(view, ground, degrees, shape):
    drawn = []
    for x, y, words, anchor in ticks(view, *degrees):
        label = label_at(x, y - 4, anchor, (words,), 12.0)
        if ground.free(label.box):
            ground.take(label.box)
            drawn.append(mark("text", words, class_="ch-tick", x=num(x), y=num(y), text_anchor=anchor))
    return join(drawn)


def halo(view, words, class_):
    """Words have a halo of what they stand on."""
    return class_ if any(probes(view, words.box)) else f"{class_} {class_}--sea"
