"""People, with a mouse, a keyboard, a screen reader, autofill or no script, are taken for people."""

import pytest
from playwright.sync_api import expect

from enquiries import suspicion
from enquiries.models import Enquiry
from tests.enquiries import filling
from tests.enquiries.filling import ANSWERS

pytestmark = pytest.mark.usefixtures("restored_content")


def fill(page):
    for name in ["given_name", "family_name", "organisation", "email", "plans"]:
        page.fill(f"#id_{name}", ANSWERS[name])
    page.select_option("#id_country", ANSWERS["country"])


def take_time(page):
    page.wait_for_timeout(1000 * suspicion.LEAST_SECONDS + 200)


def send(page):
    with page.expect_navigation():
        page.click("main button[type=submit]")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_sends_the_form_and_is_thanked(open_page, javascript):
    page = open_page("/en/enquire/?o=mersey-tidal-power", javascript=javascript)
    fill(page)
    take_time(page)
    send(page)
    assert "/en/enquire/thanks/" in page.url
    enquiry = Enquiry.objects.get()
    assert not enquiry.is_held, enquiry.held_why
    assert enquiry.reference in page.inner_text("main")
    assert [record.slug for record in enquiry.opportunities.all()] == ["mersey-tidal-power"]
    assert page.context.cookies() == []


@pytest.mark.parametrize("javascript", [True, False])
def test_the_summary_of_errors_takes_focus_and_leads_to_the_fields(open_page, javascript):
    page = open_page("/en/enquire/", javascript=javascript)
    send(page)
    expect(page.locator(".errsum")).to_be_focused()
    page.click(".errsum a[href='#id_email']")
    page.wait_for_url("**#id_email")
    assert page.evaluate("document.activeElement.id") == "id_email"


def test_a_person_who_corrects_the_form_is_not_suspect(open_page):
    page = open_page("/en/enquire/")
    fill(page)
    page.fill("#id_email", "mette@kjellerup")
    take_time(page)
    send(page)
    page.fill("#id_email", ANSWERS["email"])
    send(page)
    assert not Enquiry.objects.get().is_held


def test_going_back_and_sending_again_gives_the_same_enquiry_or_one_that_follows_it(open_page):
    page = open_page("/en/enquire/")
    fill(page)
    take_time(page)
    send(page)
    page.go_back()
    fill(page)
    take_time(page)
    send(page)
    assert "/thanks/" in page.url
    assert not Enquiry.objects.held().exists()


def test_nobody_reaches_the_trap_with_the_keyboard_or_finds_it_with_assistive_technology(open_page):
    page = open_page("/en/enquire/")
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.name || ''"))
    assert "plans" in reached and suspicion.TRAP not in reached
    assert "Leave this field empty" not in page.locator("main").aria_snapshot()
    assert page.locator(f"#{suspicion.TRAP}").bounding_box()["x"] < 0


def test_what_a_browser_would_fill_in_is_named_and_the_trap_is_not(open_page):
    page = open_page("/en/enquire/")
    filled = page.eval_on_selector_all(
        "main input[autocomplete], main select[autocomplete]",
        "all => all.map(one => [one.name, one.getAttribute('autocomplete')])",
    )
    assert ("email", "email") in map(tuple, filled) and ("family_name", "family-name") in map(tuple, filled)
    off = {name for name, kind in filled if kind == "off"}
    assert off == {suspicion.TRAP}


@pytest.mark.parametrize("path", ["/en/enquire/?o=mersey-tidal-power", "/ko/enquire/"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_form_has_no_barrier_empty_or_with_errors(open_page, axe, path, dark):
    page = open_page(path, width=375, dark=dark)
    assert axe(page) == []
    send(page)
    assert axe(page) == []


@pytest.mark.parametrize("width", [375, 768, 1440])
def test_no_page_of_the_form_scrolls_sideways(open_page, width):
    page = open_page("/ko/enquire/?o=mersey-tidal-power", width=width)
    send(page)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_list_and_the_record_of_enquiries_have_no_barrier(open_page, sign_in, axe, client):
    filling.send(client, "ko", filling.KOREAN, started=None)
    session = sign_in()
    page = open_page("/admin/enquiries/enquiry/", session=session)
    assert axe(page) == []
    page = open_page(f"/admin/enquiries/enquiry/{Enquiry.objects.get().pk}/change/", session=session)
    assert axe(page) == []
    with page.expect_navigation():
        page.click("text=Release and acknowledge")
    assert not Enquiry.objects.get().is_held
