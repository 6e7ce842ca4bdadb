"""Every kind of page keeps to WCAG 2.2 A and AA, by axe: wide and narrow, by day and by night."""

import pytest

from tests.factories import superuser
from tests.site.desk_pages import enquiry_desk_pages
from tests.site.kinds import addresses
from tests.site.test_policy import desk_pages
from tests.site.test_small_screens import OVERFLOW

# Each page in two looks, so that both languages together have all four.
LOOKS = {"en": [(1440, "light"), (375, "dark")], "ko": [(1440, "dark"), (375, "light")]}


def looks(page, language="en"):
    """The page at each width and in each scheme, one after the other."""
    for width, scheme in LOOKS[language]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        yield f"{width} {scheme}"


@pytest.fixture
def axe_in_all_looks(axe):
    def check(page, path, language="en"):
        return [f"{path} ({look}): {fault}" for look in looks(page, language) for fault in axe(page)]

    return check


@pytest.mark.parametrize("language", LOOKS)
def test_no_kind_of_public_page_violates_wcag(live_site, open_page, axe_in_all_looks, no_faults, language):
    page = open_page(f"/{language}/")
    faults = []
    for path in addresses(language):
        page.goto(live_site + path)
        faults += axe_in_all_looks(page, path, language)
    no_faults(faults)


def test_a_form_with_errors_violates_nothing(open_page, axe_in_all_looks, no_faults):
    page = open_page("/ko/enquire/")
    with page.expect_navigation():
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


def test_no_page_for_work_on_enquiries_violates_wcag_or_scrolls_sideways(
    live_site, open_page, sign_in, restored_content, axe, no_faults
):
    """Every page in one of the two looks, in turn: each look has half of them."""
    user = superuser("reader")
    page = open_page("/admin/", session=sign_in(user))
    faults = []
    for number, path in enumerate(enquiry_desk_pages(user)):
        width, scheme = LOOKS["en"][number % 2]
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.goto(live_site + path).status == 200, path
        whole = page.evaluate(
            "document.documentElement.scrollHeight"
        )  # or a bar that sticks covers what is beneath it
        page.set_viewport_size({"width": width, "height": whole})
        faults += [f"{path} ({width} {scheme}): {fault}" for fault in axe(page)]
        if wide := page.evaluate(OVERFLOW):
            faults.append(f"{path} at {width}: {wide}")
    no_faults(faults)
