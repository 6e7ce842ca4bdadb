"""The translator's desk as a translator uses it: with the keyboard, across a lost session, without JavaScript."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from opportunities.models import Opportunity
from publishing.translations.state import states_of
from tests.publishing.desk_form import desk_of

SUMMARY, TIMESCALE = "#text-summary", "#text-timescale"


@pytest.fixture
def record(restored_content):
    """The English summary has moved on, and one text is missing in Korean."""
    record = Opportunity.objects.get(slug="mersey-tidal-power")
    Opportunity.objects.filter(pk=record.pk).update(
        summary_en=f"{record.summary_en} It is the largest of them.", timescale_ko=""
    )
    record.refresh_from_db()
    return record


def state(record, field):
    return states_of([Opportunity.objects.get(pk=record.pk)])[record.pk]["ko"][field]


def wait_for_draft(page):
    page.wait_for_function(
        "() => Object.keys(localStorage).some((key) => key.startsWith('desk.typed:translation'))"
    )


def test_the_keyboard_saves_and_leads_to_the_next_field(open_page, sign_in, record):
    page = open_page(desk_of(record), session=sign_in())
    page.fill(SUMMARY, "새 요약입니다.")
    assert page.inner_text("#field-summary [data-length]") == "8"
    with page.expect_navigation():
        page.press(SUMMARY, "Control+Enter")
    assert state(record, "summary") == "current"
    assert page.url.endswith("#field-timescale")
    page.wait_for_function("() => document.activeElement.id === 'text-timescale'")
    assert "Summary is saved." in page.inner_text(".outline .done")
    assert not page.is_visible("#field-summary [data-draft]")
    page.reload()
    assert "saved" not in page.inner_text(".outline .done")
    assert not page.is_visible("#field-summary [data-draft]")


def test_what_was_typed_survives_a_closed_page_and_is_used_or_discarded(open_page, sign_in, record):
    page = open_page(desk_of(record), session=sign_in())
    page.fill(SUMMARY, "아직 저장하지 않았습니다.")
    wait_for_draft(page)
    page.reload()
    assert "You typed this at" in page.inner_text("#field-summary [data-draft]")
    assert page.input_value(SUMMARY) == record.summary_ko
    page.click("#field-summary [data-use]")
    assert page.input_value(SUMMARY) == "아직 저장하지 않았습니다."
    page.reload()
    page.click("#field-summary [data-discard]")
    page.reload()
    assert not page.is_visible("#field-summary [data-draft]")
    assert state(record, "summary") == "stale"


def test_a_save_after_the_session_ended_loses_nothing(open_page, sign_in, record):
    page = open_page(desk_of(record), session=sign_in())
    page.fill(SUMMARY, "세션이 끝난 뒤에 저장한 글입니다.")
    Session.objects.all().delete()
    with page.expect_navigation():
        page.click("#field-summary [value=save]")
    assert "/accounts/" in page.url and record.summary_ko == Opportunity.objects.get(pk=record.pk).summary_ko
    page.fill("[name=login], [name=username]", "browser")
    page.fill("[name=password]", "a password of the tests")
    with page.expect_navigation():
        page.press("[name=password]", "Enter")
    page.goto(page.url.split("/accounts/")[0] + desk_of(record) if "/accounts/" in page.url else page.url)
    page.click("#field-summary [data-use]")
    with page.expect_navigation():
        page.click("#field-summary [value=save]")
    assert Opportunity.objects.get(pk=record.pk).summary_ko == "세션이 끝난 뒤에 저장한 글입니다."
    assert state(record, "summary") == "current"


def test_a_draft_used_after_the_english_moved_on_is_saved_as_stale(open_page, sign_in, record):
    page = open_page(desk_of(record), session=sign_in())
    page.fill(SUMMARY, "옛 영어를 보고 쓴 글입니다.")
    wait_for_draft(page)
    Opportunity.objects.filter(pk=record.pk).update(summary_en="Moved while nobody was here.")
    page.reload()
    page.click("#field-summary [data-use]")
    with page.expect_navigation():
        page.click("#field-summary [value=save]")
    assert state(record, "summary") == "stale"
    assert "saved, but stale" in page.inner_text(".outline .done")


def test_a_draft_of_a_rich_text_goes_back_into_the_editor(open_page, sign_in, record):
    page = open_page(desk_of(record), session=sign_in())
    page.wait_for_selector("#field-body .ck-editor__editable")
    page.click("#field-body .ck-editor__editable")
    page.keyboard.press("Control+End")
    page.keyboard.type("DRAFT")
    wait_for_draft(page)
    page.reload()
    page.wait_for_selector("#field-body .ck-editor__editable")
    page.click("#field-body [data-use]")
    page.wait_for_function(
        "() => document.querySelector('#field-body .ck-editor__editable').innerText.includes('DRAFT')"
    )
    with page.expect_navigation():
        page.click("#field-body [value=save]")
    assert "DRAFT" in Opportunity.objects.get(pk=record.pk).body_ko


def test_the_desk_works_without_javascript(open_page, sign_in, record):
    page = open_page(desk_of(record), session=sign_in(), javascript=False)
    page.fill(TIMESCALE, "한 세기 이상")
    with page.expect_navigation():
        page.click("#field-timescale [value=save_next]")
    assert Opportunity.objects.get(pk=record.pk).timescale_ko == "한 세기 이상"
    assert page.url.endswith("#field-summary")
    with page.expect_navigation():
        page.click("#field-summary [value=still_right]")
    assert state(record, "summary") == "current"
    assert not page.is_visible("[data-draft]")


@pytest.mark.parametrize(("width", "dark"), [(375, False), (1440, True)])
def test_both_pages_are_accessible_and_never_scroll_sideways(open_page, sign_in, record, axe, width, dark):
    session = sign_in()
    for path in (desk_of(record), reverse("admin:translations")):
        page = open_page(path, width=width, dark=dark, session=session)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert axe(page, exclude=[".ck-editor"]) == []
