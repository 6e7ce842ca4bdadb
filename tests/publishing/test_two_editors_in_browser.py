"""What was typed into a record's form is not lost: without JavaScript, after the session or the tab has ended."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session

from opportunities.models import CaseStudy
from publishing.publication import note_provenance
from tests.admin_form import address
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
TITLE, SUMMARY = "#id_title_en", "#id_summary_en"


@pytest.fixture
def record(restored_content):
    record = CaseStudy.objects.create(
        slug="old-dock",
        title_en="Old dock",
        title_ko="옛 부두",
        summary_en="A dock.",
        summary_ko="부두입니다.",
    )
    note_provenance(record, "summary", "ko", "A dock.")
    return record


@pytest.fixture
def session(sign_in):
    return sign_in()


def press(page, selector):
    with page.expect_navigation():
        page.click(selector)


def wait_until_kept(page, words):
    for _ in range(50):
        if words in page.evaluate("JSON.stringify(localStorage)"):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"The browser does not keep “{words}”.")


@pytest.mark.parametrize("javascript", [True, False])
def test_text_typed_while_the_session_ended_is_there_after_signing_in(open_page, record, session, javascript):
    editor = get_user_model().objects.get(username="browser")
    editor.set_password(PASSWORD)
    page = open_page(address(record), session=session, javascript=javascript)
    Session.objects.all().delete()
    editor.save()
    page.fill(SUMMARY, "Typed for an hour.")
    press(page, ".submit-row [name=_continue]")
    assert "nothing is lost" in page.inner_text("body")
    page.fill("#id_username", "browser")
    page.fill("#id_password", PASSWORD)
    press(page, "[type=submit].default")
    assert page.input_value(SUMMARY) == "Typed for an hour."
    press(page, ".submit-row [name=_continue]")
    record.refresh_from_db()
    assert record.summary_en == "Typed for an hour."


def test_text_typed_and_not_saved_is_offered_when_the_record_is_opened_again(open_page, record, session):
    page = open_page(address(record), session=session)
    page.fill(SUMMARY, "Typed and forgotten.")
    wait_until_kept(page, "Typed and")
    page.goto(page.url)
    assert page.input_value(SUMMARY) == "A dock."
    assert "You typed this at" in page.inner_text(".typed-before")
    page.click("text=Use it")
    assert page.input_value(SUMMARY) == "Typed and forgotten."
    press(page, ".submit-row [name=_continue]")
    assert not page.query_selector(".typed-before")
    record.refresh_from_db()
    assert record.summary_en == "Typed and forgotten."


def test_text_typed_before_a_colleague_saved_is_refused_when_it_is_used_later(open_page, record, session):
    page = open_page(address(record), session=session)
    page.fill(SUMMARY, "Typed and forgotten.")
    wait_until_kept(page, "Typed and")
    CaseStudy.objects.filter(pk=record.pk).update(summary_en="The colleague's dock.")
    page.goto(page.url)
    page.click("text=Use it")
    press(page, ".submit-row [name=_save]")
    assert "The colleague's dock." in page.inner_text(".conflict")
    assert page.input_value(SUMMARY) == "Typed and forgotten."
    record.refresh_from_db()
    assert record.summary_en == "The colleague's dock."


def test_discarded_text_is_not_offered_again(open_page, record, session):
    page = open_page(address(record), session=session)
    page.fill(SUMMARY, "Typed and forgotten.")
    wait_until_kept(page, "Typed and")
    page.goto(page.url)
    page.click("text=Discard")
    page.goto(page.url)
    assert not page.query_selector(".typed-before")


def test_enter_in_a_field_saves_and_says_nothing_of_a_translation(open_page, record, session):
    CaseStudy.objects.filter(pk=record.pk).update(summary_en="A dry dock.")
    page = open_page(address(record), session=session)
    assert page.query_selector("[name=_still_right]")
    page.fill(TITLE, "Old dry dock")
    with page.expect_navigation():
        page.press(TITLE, "Enter")
    record.refresh_from_db()
    assert record.title_en == "Old dry dock"
    page.goto(page.url.split("?")[0] + f"{record.pk}/change/")
    assert page.query_selector("[name=_still_right][value='summary:ko']")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_conflict_is_settled_field_by_field(open_page, record, session, axe, javascript):
    page = open_page(address(record), session=session, javascript=javascript)
    CaseStudy.objects.filter(pk=record.pk).update(title_en="Their title", summary_en="Their summary.")
    page.fill(TITLE, "My title")
    page.fill(SUMMARY, "My summary.")
    press(page, ".submit-row [name=_save]")
    assert page.input_value(TITLE) == "My title"
    press(page, "[name=_take][value=title_en]")
    assert page.input_value(TITLE) == "Their title"
    if javascript:
        assert axe(page) == []
    press(page, ".submit-row [name=_save]")
    record.refresh_from_db()
    assert (record.title_en, record.summary_en) == ("Their title", "My summary.")


def test_a_stale_text_is_said_to_be_right_without_javascript(open_page, record, session):
    CaseStudy.objects.filter(pk=record.pk).update(summary_en="A dry dock.")
    page = open_page(address(record), session=session, javascript=False)
    page.fill(TITLE, "Typed besides")
    press(page, "[name=_still_right][value='summary:ko']")
    assert page.input_value(TITLE) == "Typed besides"
    assert not page.query_selector("[name=_still_right][value='summary:ko']")
