"""Whoever has no mouse gets everywhere and sees where they are."""

import pytest

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


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(open_page):
    page = open_page("/en/opportunities/")
    page.keyboard.press("Tab")
    first = page.evaluate(HAS_FOCUS)
    assert first["href"] == "#main"
    assert focus_can_be_seen(page)
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
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
