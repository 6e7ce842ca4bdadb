"""Every kind of page fits the screen it is read on, down to a small telephone and a thumb."""

import pytest

from tests.site.kinds import addresses

WIDTHS = (320, 375, 768, 1440)
TARGET = 24  # WCAG 2.5.8, in CSS pixels
WITH_CONTROLS = [
    "/ko/",
    "/ko/opportunities/?district=wirral",
    "/ko/assets/",
    "/ko/search/?q=LCR",
    "/ko/enquire/",
]
OVERFLOW = """async () => {
    await document.fonts.ready;
    const page = document.documentElement;
    const wide = [...document.querySelectorAll("body *")].filter((one) =>
        one.getBoundingClientRect().right > page.clientWidth + 1 && one.checkVisibility());
    return page.scrollWidth > page.clientWidth ? wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 90)) : null;
}"""
SMALL = """async (least) => {
    await document.fonts.ready;  // a letter that is not there yet is narrow
    return [...document.querySelectorAll("button, summary, select, .btn, label.check, .mast a, .pages a")]
        .filter((one) => one.checkVisibility() && !one.closest(".trap"))
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.width < least || box.height < least)
        .map(([html, box]) => `${box.width} x ${box.height}: ${html}`);
}"""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_page_scrolls_sideways(live_site, open_page, no_faults, language):
    page = open_page(f"/{language}/")
    faults = []
    for path in addresses(language):
        page.goto(live_site + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if wide := page.evaluate(OVERFLOW):
                faults.append(f"{path} at {width}: {wide}")
    no_faults(faults)


def test_controls_are_large_enough_to_touch(live_site, open_page, no_faults):
    """Links in a sentence are excepted, as WCAG 2.5.8 has it; axe looks at the spacing of the rest."""
    page = open_page("/ko/", width=375)
    faults = []
    for path in WITH_CONTROLS:
        page.goto(live_site + path)
        faults += [f"{path}: {one}" for one in page.evaluate(SMALL, TARGET)]
    no_faults(faults)
