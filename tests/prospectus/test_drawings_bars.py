"""Bars, ranges and the timeline: to scale, escaped, and each said in a sentence."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from prospectus.drawings import bars, ranges
from prospectus.drawings.bars import Part, in_both_shapes
from prospectus.drawings.timeline import Moment, Term, Visit, timeline

PARTS = [
    Part(3, "£3bn", "R&D project pipeline"),
    Part(4, "£4bn", "Tidal power, lower estimate"),
    Part(5, "£5bn", "Hydrogen, to be attracted"),
]
BAD = "<script>alert(1)</script>"
TODAY = date(2026, 11, 22)


def tree(drawing):
    return ElementTree.XML(drawing)


def range_of(low, high, shape="wide", words="Lower estimate"):
    ticks = [(value, f"£{value / 1e9:g}bn") for value in ranges.range_ticks(low, high)]
    return ranges.value_range(
        low,
        high,
        ticks=ticks,
        low_label=words,
        range_label="Range between layouts",
        label="Cost",
        prefix="r",
        shape=shape,
    )


def years(shape="wide", words="Memorandum", today=TODAY):
    return timeline(
        [
            Term(date(2023, 6, 27), date(2028, 6, 27), words),
            Term(date(2022, 12, 6), date(2027, 11, 5), "Agreement", date(2025, 11, 5)),
        ],
        [Visit(date(2022, 5, 15), True), Visit(date(2022, 12, 6), False)],
        [Moment(date(2021, 11, 8), "First contact"), Moment(date(2023, 7, 26), "Letter", "26 July 2023")],
        today=today,
        today_label="Today",
        outward_label="Visits to Korea",
        inward_label="Visits to Liverpool",
        label="Timeline",
        shape=shape,
    )


@pytest.mark.parametrize(("shape", "side"), [("wide", "width"), ("slim", "height")])
def test_parts_are_to_scale(shape, side):
    long = [
        float(rect.get(side)) for rect in tree(bars.parts_bar(PARTS, label="x", shape=shape)).iter("rect")
    ]
    assert long[1] / long[0] == pytest.approx(4 / 3, rel=0.01)
    assert long[2] / long[0] == pytest.approx(5 / 3, rel=0.01)


def test_shares_are_to_scale_from_zero():
    shares = [Part(5, "5%", "City region"), Part(2.4, "2.4%", "United Kingdom")]
    for shape in ("wide", "slim"):
        rects = list(tree(bars.share_bars(shares, label="x", shape=shape)).iter("rect"))
        assert float(rects[1].get("width")) / float(rects[0].get("width")) == pytest.approx(0.48, rel=0.01)
        assert {rect.get("x") for rect in rects} == {"0"}


def test_the_axis_of_the_list_runs_from_a_million_to_twenty_billion():
    assert bars.along_axis(1_000_000) == 0
    assert bars.along_axis(20_000_000_000) == 1
    values = [6e6, 25e6, 250e6, 4e9, 15e9]
    assert [bars.along_axis(v) for v in values] == sorted(bars.along_axis(v) for v in values)
    assert bars.along_axis(1) == 0 and bars.along_axis(10**12) == 1


def test_the_axis_stands_over_the_bars():
    axis = re.findall(
        r'<line class="d-rule" x1="([^"]+)"', bars.value_axis(["£1m", "£10m", "£100m", "£1bn", "£10bn"])
    )
    grid = re.findall(r'<line class="vb-grid" x1="([^"]+)"', bars.value_bar(10**7, 10**7, label="x"))
    assert axis == grid and len(axis) == 5


def test_one_value_has_one_end_mark_and_a_range_has_two():
    assert bars.value_bar(10**8, 10**8, label="x").count("vb-point") == 1
    both = bars.value_bar(10**8, 10**9, label="x")
    assert both.count("vb-point") == 2 and both.count("vb-range") == 1


def test_no_published_value_leaves_the_axis_empty():
    drawing = bars.value_bar(None, None, label="No value published")
    assert "vb-none" in drawing and "vb-point" not in drawing
    assert tree(drawing).get("aria-label") == "No value published"


@pytest.mark.parametrize("shape", ["wide", "slim"])
def test_a_range_is_hatched_from_the_lower_estimate_to_the_upper(shape):
    rects = list(tree(range_of(4e9, 15e9, shape)).iter("rect"))
    side = "width" if shape == "wide" else "height"
    assert float(rects[1].get(side)) / float(rects[0].get(side)) == pytest.approx(11 / 4, rel=0.01)
    assert rects[1].get("fill") == "url(#r-hatch)"


@pytest.mark.parametrize("shape", ["wide", "slim"])
def test_one_published_value_has_no_hatching(shape):
    assert "hatch" not in range_of(25e7, 25e7, shape)


@pytest.mark.parametrize(("low", "high"), [(4e9, 15e9), (2e7, 5e8), (25e7, 25e7), (9e9, 10e9), (6e6, 6e6)])
def test_the_scale_names_zero_and_both_estimates(low, high):
    ticks = ranges.range_ticks(low, high)
    assert {0, low, high} <= set(ticks)
    assert ticks == sorted(ticks) and len(ticks) <= 8


@pytest.mark.parametrize(("low", "high"), [(4e9, 15e9), (2e7, 5e8), (9e9, 10e9), (1e6, 1e9), (25e7, 25e7)])
def test_figures_beside_the_upright_range_keep_apart(low, high):
    texts = tree(range_of(low, high, "slim")).iter("text")
    heights = sorted(float(t.get("y")) for t in texts)
    assert all(b - a >= 12 for a, b in pairwise(heights))


def test_time_that_has_run_is_solid_and_the_rest_is_pale():
    rects = list(tree(years()).iter("rect"))
    whole, run = (float(rect.get("width")) for rect in rects[:2])
    assert run / whole == pytest.approx(1244 / 1827, rel=0.01)
    rects = list(tree(years(today=date(2030, 1, 1))).iter("rect"))
    assert rects[0].get("width") == rects[1].get("width")


def test_today_is_marked_only_while_it_is_on_the_scale():
    assert "d-signal" in years()
    assert "d-signal" not in years(today=date(2040, 1, 1))


def test_a_timeline_of_nothing_is_nothing():
    words = {"today_label": "", "outward_label": "", "inward_label": "", "label": ""}
    assert timeline([], [], [], today=TODAY, **words) == ""


@pytest.mark.parametrize("shape", ["wide", "slim"])
def test_words_from_an_editor_are_escaped(shape):
    drawings = [
        bars.parts_bar([Part(1, BAD, BAD)], label=BAD, shape=shape),
        bars.share_bars([Part(1, BAD, BAD)], label=BAD, shape=shape),
        range_of(4e9, 15e9, shape, words=BAD),
        years(shape, words=BAD),
        bars.value_bar(1, 2, label=BAD),
        bars.value_axis([BAD] * 5),
    ]
    for drawing in drawings:
        assert "<script" not in drawing
        tree(drawing)


@pytest.mark.parametrize("shape", ["wide", "slim"])
def test_every_drawing_is_an_image_with_a_sentence_and_no_style(shape):
    for drawing in (
        bars.parts_bar(PARTS, label="Said", shape=shape),
        bars.share_bars(PARTS, label="Said", shape=shape),
    ):
        assert tree(drawing).get("role") == "img" and tree(drawing).get("aria-label") == "Said"
        assert tree(drawing).get("class") == f"draw only-{shape}"
        assert " style=" not in drawing
    assert " style=" not in range_of(4e9, 15e9, shape) + years(shape)


def test_both_shapes_have_ids_of_their_own():
    both = in_both_shapes(
        ranges.value_range,
        4e9,
        15e9,
        ticks=[(0, "£0")],
        low_label="Lower",
        range_label="Range",
        label="Cost",
        prefix="cost",
    )
    assert re.findall(r' id="([^"]+)"', both) == ["cost-wide-hatch", "cost-slim-hatch"]
