"""Everybody can use every kind of page: WCAG 2.2 A and AA by axe, at any width, by day and by night, by keyboard."""

import pytest

from tests.factories import superuser
from tests.site.kinds import PUBLIC
from tests.site.test_policy import desk_pages

pytestmark = pytest.mark.xdist_group("browser")

LANGUAGES = ("en", "ko")
WIDTHS = (320, 375, 768, 1440)
# Each page in two looks, so that both languages together have all four.
LOOKS = {"en": [(1440, "light"), (375, "dark")], "ko": [(1440, "dark"), (375, "light")]}
TARGET = 24  # WCAG 2.5.8, in CSS pixels
OVERFLOW = """() => {
    const page = document.documentElement;
    const wide = [...document.querySelectorAll("body *")].filter((one) =>
        one.getBoundingClientRect().right > page.clientWidth + 1 && one.checkVisibility());
    return page.scrollWidth > page.clientWidth ? wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 90)) : null;
}"""
SMALL = """(least) =>
    [...document.querySelectorAll("button, summary, select, .btn, label.check, .mast a, .pages a")]
        .filter((one) => one.checkVisibility() && !one.closest(".trap"))
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.width < least || box.height < least).map(([html]) => html)"""
HAS_FOCUS = """() => {
    const one = document.activeElement;
    return {
        name: (one.innerText || one.ariaLabel || one.name || one.tagName).trim().slice(0, 40),
        href: one.getAttribute("href"),
        is_body: one === document.body,
    };
}"""
AROUND_FOCUS = """(margin) => {
    const box = (document.activeElement.closest(".plate, svg a") || document.activeElement).getBoundingClientRect();
    const x = Math.max(0, box.x - margin), y = Math.max(0, box.y - margin);
    return {x, y, width: box.right + margin - x, height: Math.min(box.bottom + margin, innerHeight) - y};
}"""


def focus_can_be_seen(page):
    """The element with the focus looks different from the same without."""
    clip = page.evaluate(AROUND_FOCUS, 8)
    with_focus = page.screenshot(clip=clip)
    page.evaluate("document.activeElement.blur()")
    return page.screenshot(clip=clip) != with_focus


def looks(page, language="en"):
    """The page at each width and in each scheme, one after the other."""
    for width, scheme in LOOKS[language]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        yield f"{width} {scheme}"


def addresses(language):
    return [f"/{language}/{path}" for path in PUBLIC]


@pytest.fixture
def axe_in_all_looks(axe):
    def check(page, path, language="en"):
        return [f"{path} ({look}): {fault}" for look in looks(page, language) for fault in axe(page)]

    return check


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_public_page_violates_wcag(live_site, open_page, axe_in_all_looks, no_faults, language):
    page = open_page(f"/{language}/")
    faults = []
    for path in addresses(language):
        page.goto(live_site + path)
        faults += axe_in_all_looks(page, path, language)
    no_faults(faults)


def test_a_form_with_errors_violates_nothing(open_page, axe_in_all_looks, no_faults):
    page = open_page("/ko/enquire/")
    page.click("main form button[type=submit]")
    assert page.locator("[role=alert]").count() == 1
    no_faults(axe_in_all_looks(page, "/ko/enquire/ with errors", "ko"))


def test_no_kind_of_staff_page_violates_wcag(live_site, open_page, sign_in, axe_in_all_looks, no_faults):
    page = open_page("/accounts/login/")
    faults = axe_in_all_looks(page, "/accounts/login/")
    page = open_page("/accounts/login/", session=sign_in(superuser("reader")))
    for path in desk_pages():
        page.goto(live_site + path)
        faults += axe_in_all_looks(page, path)
    no_faults(faults)


@pytest.mark.parametrize("language", LANGUAGES)
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


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(open_page):
    page = open_page("/en/opportunities/")
    page.keyboard.press("Tab")
    first = page.evaluate(HAS_FOCUS)
    assert first["href"] == "#main"
    assert focus_can_be_seen(page)
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(
    "path", ["/ko/", "/ko/opportunities/", "/ko/enquire/", "/ko/assets/?status=pipeline"]
)
def test_whatever_the_keyboard_reaches_shows_that_it_has_the_focus(open_page, no_faults, path):
    page = open_page(path, reduced_motion="reduce")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        stop = page.evaluate(HAS_FOCUS)
        assert not stop["is_body"]
        if not focus_can_be_seen(page):
            unseen.append(f"{path}: {stop['name']}")
    no_faults(unseen)


@pytest.mark.parametrize("width", [375, 1440])
def test_the_keyboard_reaches_the_other_language_and_goes_there(open_page, width):
    page = open_page("/en/themes/", width=width)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS)["href"] == "/ko/themes/":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/ko/themes/")
    assert page.locator("html").get_attribute("lang") == "ko"


def test_controls_are_large_enough_to_touch(live_site, open_page, no_faults):
    """Links in a sentence are excepted, as WCAG 2.5.8 has it; axe looks at the spacing of the rest."""
    page = open_page("/ko/", width=375)
    faults = []
    for path in addresses("ko"):
        page.goto(live_site + path)
        faults += [f"{path}: {one}" for one in page.evaluate(SMALL, TARGET)]
    no_faults(faults)
