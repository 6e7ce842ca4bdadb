"""Every kind of page keeps to WCAG 2.2 A and AA, by axe: wide and narrow, by day and by night. Each page is looked at
once in each language, in turn in each of its two looks, so that it is wide in one language and narrow in the other."""

import pytest

from tests.factories import superuser
from tests.site.desk_pages import enquiry_desk_pages
from tests.site.kinds import addresses
from tests.site.test_policy import desk_pages
from tests.site.test_small_screens import OVERFLOW

LOOKS = {"en": [(1440, "light"), (375, "dark")], "ko": [(1440, "dark"), (375, "light")]}


def look_at(page, number, language="en"):
    """Give a page the look whose turn it is; says which."""
    width, scheme = LOOKS[language][number % 2]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return f"{width} {scheme}"


@pytest.fixture
def faults_of(axe):
    def check(page, path, number, language="en"):
        look = look_at(page, number, language)
        return [f"{path} ({look}): {fault}" for fault in axe(page)]

    return check


@pytest.mark.parametrize("language", LOOKS)
def test_no_kind_of_public_page_violates_wcag(live_site, open_page, faults_of, no_faults, language):
    page = open_page(f"/{language}/")
    faults = []
    for number, path in enumerate(addresses(language), start=language == "ko"):
        page.goto(live_site + path)
        faults += faults_of(page, path, number, language)
    no_faults(faults)


def test_a_form_with_errors_violates_nothing(open_page, faults_of, no_faults):
    page = open_page("/ko/enquire/")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    assert page.locator("[role=alert]").count() == 1
    no_faults([fault for number in (0, 1) for fault in faults_of(page, "/ko/enquire/", number, "ko")])


def test_no_kind_of_staff_page_violates_wcag(live_site, open_page, sign_in, faults_of, no_faults):
    page = open_page("/accounts/login/")
    faults = [fault for number in (0, 1) for fault in faults_of(page, "/accounts/login/", number)]
    page = open_page("/accounts/login/", session=sign_in(superuser("reader")))
    for number, path in enumerate(desk_pages()):
        page.goto(live_site + path)
        faults += faults_of(page, path, number)
    no_faults(faults)


def test_no_page_for_work_on_enquiries_violates_wcag_or_scrolls_sideways(
    live_site, open_page, sign_in, restored_content, axe, no_faults
):
    user = superuser("reader")
    page = open_page("/admin/", session=sign_in(user))
    faults = []
    for number, path in enumerate(enquiry_desk_pages(user)):
        look = look_at(page, number)
        assert page.goto(live_site + path).status == 200, path
        whole = page.evaluate("document.documentElement.scrollHeight")
        # Otherwise a bar that sticks covers what is beneath it.
        page.set_viewport_size({"width": page.viewport_size["width"], "height": whole})
        faults += [f"{path} ({look}): {fault}" for fault in axe(page)]
        if wide := page.evaluate(OVERFLOW):
            faults.append(f"{path} ({look}): {wide}")
    no_faults(faults)
