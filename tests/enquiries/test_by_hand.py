"""Enquiries that officers enter: by telephone, at an event, with a time of receipt of their own."""

import threading
from datetime import UTC, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from enquiries import by_hand, triage
from enquiries.forms.by_hand import ByHandForm, LondonTime
from enquiries.models import Assignment, AssignmentRule, Enquiry, StageChange
from enquiries.triage import NotPossible
from enquiries.working_time import calendar
from tests import factories
from tests.enquiries.filling import value_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/enquiries/enquiry/by-hand/"
LONDON = ZoneInfo("Europe/London")
CALL = {
    "channel": "telephone",
    "received_at": "2026-11-16T09:30",
    "plans": "전화로 부지를 물었습니다.",
    "family_name": "오",
    "given_name": "민재",
    "telephone": "051-123-4567",
    "country": "KR",
    "reply_language": "ko",
}


@pytest.fixture
def officer(client):
    user = factories.staff("officer")
    user.groups.add(Group.objects.get(name="officer"))
    client.force_login(user)
    return user


def key_of(client):
    return value_of("submission_key", client.get(PAGE).content.decode())


def enter(client, **changed):
    data = CALL | {"submission_key": key_of(client)} | changed
    return client.post(PAGE, {name: value for name, value in data.items() if value is not None})


def newest():
    return Enquiry.objects.latest("pk")


def test_a_call_is_entered_with_the_time_at_which_it_came(client, officer):
    response = enter(client)
    enquiry = newest()
    assert response.url == f"/admin/enquiries/enquiry/{enquiry.pk}/change/"
    assert enquiry.received_at == datetime(2026, 11, 16, 9, 30, tzinfo=LONDON)
    assert enquiry.created_at > enquiry.received_at
    assert enquiry.channel == "telephone" and enquiry.entered_by == officer
    assert enquiry.telephone == "+82 51 123 4567"
    assert (enquiry.state, enquiry.stage) == ("unanswered", "new")


def test_the_clock_runs_from_receipt_and_not_from_entry(client, officer):
    enter(client)
    enquiry = newest()
    assert enquiry.reply_due_at == calendar().after(enquiry.received_at, timedelta(hours=16))
    assert enquiry.due_at == enquiry.reply_due_at


def test_the_first_row_of_its_stages_says_who_entered_it(client, officer):
    enter(client)
    row = StageChange.objects.get(enquiry=newest())
    assert (row.from_stage, row.to_stage, row.by) == ("", "new", officer)
    assert row.at == newest().received_at


def test_what_was_typed_is_kept_as_it_was_typed(client, officer):
    enter(client)
    assert newest().original["telephone"] == "051-123-4567"
    assert "051-123-4567" in client.get(f"/admin/enquiries/enquiry/{newest().pk}/change/").content.decode()


def test_a_call_is_not_acknowledged_and_nobody_is_noticed(client, officer):
    enter(client, email="minjae.oh@sorae.example")
    assert not newest().mails.exists()


def test_an_acknowledgement_goes_where_it_is_ticked(client, officer):
    now = timezone.localtime(timezone.now(), LONDON).strftime("%Y-%m-%dT%H:%M")
    enter(client, received_at=now, email="minjae.oh@sorae.example", acknowledge="on")
    mail = newest().mails.get()
    assert (mail.kind, mail.language, mail.to) == ("acknowledgement", "ko", "minjae.oh@sorae.example")
    assert newest().state == "unanswered"


def test_a_promise_that_is_over_is_not_made(client, officer):
    enter(client, received_at="2026-01-12T09:30", email="minjae.oh@sorae.example", acknowledge="on")
    assert not newest().mails.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"received_at": "2099-01-01T10:00"}, "still to come"),
        ({"received_at": "yesterday"}, "Enter day and time"),
        ({"received_at": "0202-11-16T09:30"}, "Look at the year"),
        ({"received_at": "2026-03-29T01:30"}, "no such time"),
        ({"received_at": ""}, "required"),
        ({"family_name": "", "telephone": ""}, "Say who asks"),
        ({"plans": " "}, "Write what they plan"),
        ({"plans": "x" * 5001}, "5001 characters"),
        ({"channel": "website"}, "valid choice"),
        ({"telephone": "abc"}, "country code"),
        ({"acknowledge": "on"}, "Enter the e-mail address"),
        ({"consent_email": "yes"}, "the words in which you asked"),
        ({"family_name": "a\x00b"}, "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, officer, changed, words):
    before = Enquiry.objects.count()
    response = enter(client, **changed)
    page = response.content.decode()
    assert response.status_code == 422 and words in page
    assert "민재" in page
    assert Enquiry.objects.count() == before


def test_of_the_hour_that_comes_twice_the_first_is_meant():
    assert LondonTime().clean("2026-10-25T01:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_double_click_makes_one_enquiry(client, officer):
    before, key = Enquiry.objects.count(), key_of(client)
    first, second = (enter(client, submission_key=key) for _ in range(2))
    assert first.url == second.url and Enquiry.objects.count() == before + 1


def test_consents_are_kept_in_the_words_in_which_they_were_asked(client, officer):
    enter(client, consent_email="no", consent_telephone="yes", consent_wording="전화로 소식을 드려도 될까요?")
    found = {(one.kind, one.given, one.wording, one.language) for one in newest().consents.all()}
    wording = "전화로 소식을 드려도 될까요?"
    assert found == {("email", False, wording, "ko"), ("telephone", True, wording, "ko")}


def test_it_is_given_to_whom_the_rules_say(client, officer):
    other = factories.staff("korea")
    AssignmentRule.objects.all().delete()
    AssignmentRule.objects.create(country="KR", officer=other)
    enter(client)
    assert newest().owner == other
    assert Assignment.objects.get(enquiry=newest()).officer == other


def test_a_second_enquiry_of_the_same_caller_follows_the_first(client, officer):
    enter(client)
    first = newest()
    enter(client, plans="다시 전화했습니다.")
    assert (newest().follows, newest().follows_why) == (first, "The same telephone number")
    page = client.get(f"/admin/enquiries/enquiry/{first.pk}/change/").content.decode()
    assert newest().reference in page and "It follows this one" in page


@pytest.mark.django_db(transaction=True)
def test_of_two_at_one_instant_one_follows_the_other(restored_content):
    officer = factories.superuser()
    meeting = threading.Barrier(2)

    def enter_one(words):
        form = ByHandForm(querydict(CALL | {"plans": words}))
        assert form.is_valid(), form.errors
        meeting.wait(10)
        by_hand.enter(form, by=officer)
        connection.close()

    threads = [threading.Thread(target=enter_one, args=(words,)) for words in ("one", "two")]
    [thread.start() for thread in threads]
    [thread.join(20) for thread in threads]
    first, second = Enquiry.objects.order_by("-pk")[:2][::-1]
    assert second.follows == first


def querydict(data):
    found = QueryDict(mutable=True)
    found.update(data)
    return found


def test_who_may_not_see_people_enters_nothing(client):
    client.force_login(factories.staff("half", "enquiries.change_enquiry", "enquiries.view_enquiry"))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, CALL).status_code == 403


# The time of receipt, corrected


def test_a_corrected_receipt_is_reckoned_anew_and_keeps_the_promise(officer):
    enquiry = factories.enquiry(channel="telephone", received_at=timezone.now() - timedelta(days=10))
    promised, at = enquiry.promised_by, enquiry.received_at - timedelta(days=7)
    by_hand.correct_receipt(enquiry, at, why="The colleague noted it.", by=officer)
    enquiry.refresh_from_db()
    assert enquiry.received_at == at and enquiry.promised_by == promised
    assert enquiry.due_at == calendar().after(at, timedelta(hours=16))
    assert "The colleague noted it." in enquiry.notes.get().text


@pytest.mark.parametrize(
    ("changed", "why", "words"),
    [
        (timedelta(days=30), "x", "still to come"),
        (-timedelta(days=1), " ", "Say why"),
    ],
)
def test_a_receipt_is_not_corrected_to_what_cannot_be(officer, changed, why, words):
    enquiry = factories.enquiry(channel="telephone")
    with pytest.raises(NotPossible, match=words):
        by_hand.correct_receipt(enquiry, enquiry.received_at + changed, why=why, by=officer)


def test_the_time_that_the_website_noted_stands(officer):
    enquiry = factories.enquiry()
    with pytest.raises(NotPossible, match="website"):
        by_hand.correct_receipt(enquiry, enquiry.received_at - timedelta(1), why="x", by=officer)


def test_a_corrected_receipt_counts_for_what_it_was_merged_into(officer):
    into = factories.enquiry(channel="telephone")
    enquiry = factories.enquiry(channel="telephone")
    Enquiry.objects.filter(pk=enquiry.pk).update(
        merged_into=into, stage="non-applicable", closed_at=timezone.now(), closed_why="Merged"
    )
    at = into.received_at - timedelta(days=9)
    by_hand.correct_receipt(enquiry, at, why="It was earlier.", by=officer)
    into.refresh_from_db()
    assert into.reply_due_at == calendar().after(at, timedelta(hours=16))


def test_the_page_corrects_and_leads_back(client, officer):
    enquiry = factories.enquiry(channel="telephone", received_at=timezone.now() - timedelta(days=10))
    page = f"/admin/enquiries/enquiry/{enquiry.pk}/receipt/"
    assert client.get(page).status_code == 200
    assert (
        "still to come" in client.post(page, {"received_at": "2099-01-01T10:00", "why": "x"}).content.decode()
    )
    response = client.post(page, {"received_at": "2026-10-01T10:00", "why": "Noted on paper"})
    assert response.url.endswith(f"/{enquiry.pk}/change/")


# Held suspects


def test_the_clock_of_a_released_suspect_runs_from_its_receipt(client, officer):
    received = timezone.now() - timedelta(days=6)
    with mock.patch("django.utils.timezone.now", return_value=received):
        enquiry = factories.enquiry(received_at=received, held_at=received, held_why="A trap")
    assert enquiry.state == "held"
    client.post(f"/admin/enquiries/enquiry/{enquiry.pk}/release/")
    enquiry.refresh_from_db()
    assert enquiry.state == "unanswered"
    assert enquiry.due_at == calendar().after(received, timedelta(hours=16))
    assert triage.release([enquiry], by=officer) == 0
