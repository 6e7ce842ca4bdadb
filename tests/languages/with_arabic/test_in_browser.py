"""The Arabic site as a browser lays it out."""

import pytest

from tests.languages.with_arabic.conftest import SLUG


@pytest.mark.parametrize(
    "path", ["/ar/", f"/ar/opportunities/{SLUG}/", "/ar/opportunities/?in=all", "/ar/enquire/"]
)
def test_a_page_begins_at_the_right_and_nothing_sticks_out(open_page, path):
    page = open_page(path, width=375)
    box = page.locator(".mast__name").bounding_box()
    assert box["x"] + box["width"] > 340
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_a_page_that_falls_back_keeps_to_the_accessibility_rules(open_page, axe):
    assert axe(open_page(f"/ar/opportunities/{SLUG}/")) == []
