"""Cover art and the stage gauge: the same facts, the same water."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from prospectus.drawings import stage, tide
from prospectus.drawings.two_tides import partnership_cover, quarters

FACTS = {
    "value_min": 4_000_000_000,
    "value_max": 15_000_000_000,
    "jobs": 5000,
    "stage_index": 1,
    "theme_key": "net-zero-maritime",
}


def cover(**changes):
    return tide.opportunity_cover(**(FACTS | changes))


def water_lines(drawing):
    group = ElementTree.XML(drawing)[0]
    return list(group)


def buoy_x(drawing):
    return float(re.search(r'<circle cx="([\d.]+)"', drawing)[1])


def test_the_same_facts_make_the_same_cover():
    assert cover() == cover()


def test_a_larger_value_never_makes_a_lower_water():
    heights = [tide.share_of_height(10**power) for power in (5, 6, 6.5, 7, 8, 9, 10, 10.2, 11)]
    assert heights == sorted(heights)
    assert heights[0] == 0.12 and heights[-1] == 1


@pytest.mark.parametrize(
    ("jobs", "lines"), [(None, 7), (0, 7), (1, 7), (10, 13), (100, 19), (5000, 29), (14000, 32)]
)
def test_lines_are_seven_and_six_more_for_each_power_of_ten_of_jobs(jobs, lines):
    assert len(water_lines(cover(jobs=jobs))) == lines
    assert tide.cover_in_words(value_min=1, value_max=1, jobs=jobs, stage_index=0).lines == lines


def test_a_range_fans_out_from_the_larger_value_at_the_top():
    heights = tide.fan(FACTS["value_min"], FACTS["value_max"], 10)
    assert heights == sorted(heights, reverse=True) and heights[0] > heights[-1]
    assert len(set(tide.fan(10**8, 10**8, 10))) == 1


def test_without_a_published_value_the_water_is_slack_and_dashed():
    drawing = cover(value_min=None, value_max=None)
    assert "stroke-dasharray" in drawing and "stroke-dasharray" not in cover()
    assert set(tide.fan(None, None, 7)) == {tide.SLACK}


@pytest.mark.parametrize("shape", ["wide", "plate"])
def test_the_buoy_stands_on_a_high_water_and_moves_on_with_the_stage(shape):
    sheet = tide.SHEETS[shape]
    hours = [tide.buoy_hour(sheet, index) for index in range(tide.STAGES)]
    assert hours == sorted(hours)
    for hour in hours:
        assert tide.tide(hour) > max(tide.tide(hour - 0.5), tide.tide(hour + 0.5))
        assert 0.03 <= sheet.place(hour) / sheet.width <= 0.965


def test_the_eleven_stages_stand_at_eleven_places_of_the_wide_cover():
    assert len({buoy_x(cover(stage_index=index)) for index in range(tide.STAGES)}) == tide.STAGES


def test_the_last_stage_stands_at_springs():
    assert abs(tide.buoy_hour(tide.SHEETS["wide"], 10)) < 0.1


def test_without_a_stage_there_is_no_buoy():
    assert "<circle" not in cover(stage_index=None)


def test_the_tone_is_the_theme():
    tones = {re.search(r'stroke="(#\w+)"', cover(theme_key=key))[1] for key in tide.TONES}
    assert tones == set(tide.TONES.values()) and len(tones) == 4
    assert tide.PLAIN_TONE in cover(theme_key="no such theme")


def test_the_words_say_what_the_drawing_says():
    facts = {key: FACTS[key] for key in ("value_min", "value_max", "jobs", "stage_index")}
    assert tide.cover_in_words(**facts) == tide.Words(29, True, True, 2, 11)
    assert tide.cover_in_words(value_min=None, value_max=None, jobs=None, stage_index=None) == tide.Words(
        7, False, False, None, 11
    )


@pytest.mark.parametrize("shape", ["wide", "plate"])
def test_covers_are_small_files_of_valid_xml_without_style(shape):
    drawings = [
        cover(jobs=100_000, shape=shape),
        tide.home_cover(value_min=6_000_000, value_max=15_000_000_000, jobs=31_000, shape=shape),
        partnership_cover(
            begins=date(2023, 6, 27), ends=date(2028, 6, 27), today=date(2026, 11, 22), shape=shape
        ),
    ]
    for drawing in drawings:
        ElementTree.XML(drawing)
        assert len(drawing) < 60_000
        assert "style=" not in drawing


def test_the_home_cover_has_no_buoy():
    assert "<circle" not in tide.home_cover(value_min=10**7, value_max=10**10, jobs=1000)


def test_the_lines_of_a_partnership_are_its_quarters_and_those_to_come_are_pale():
    begins, ends = date(2023, 6, 27), date(2028, 6, 27)
    assert quarters(begins, ends, begins) == (20, 0)
    assert quarters(begins, ends, date(2025, 12, 27)) == (20, 10)
    assert quarters(begins, ends, date(2031, 1, 1)) == (20, 20)
    drawing = partnership_cover(begins=begins, ends=ends, today=date(2025, 12, 27))
    assert drawing.count('stroke-opacity=".38"') == 10


def test_the_gauge_has_eleven_steps_and_the_buoy_on_one():
    gauge = ElementTree.XML(stage.gauge(3))
    assert len(gauge.findall("line")) == 11
    assert gauge.find("circle").get("cx") == gauge.findall("line")[3].get("x1")
    assert gauge.get("aria-hidden") == "true"


def test_the_gauge_of_an_unknown_stage_has_no_buoy():
    assert "<circle" not in stage.gauge(None)
