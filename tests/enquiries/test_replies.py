"""A reply: what is filled in, sent, taken back, and who may."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from enquiries import replies, reply_facts
from enquiries.models import Enquiry, EnquiryMail, Reply, ReplyTemplate
from enquiries.triage import NotPossible
from opportunities.models import Opportunity
from tests import factories
from tests.enquiries.replying import RIGHTS, TEXT, address, sendable, sent, typed

pytestmark = pytest.mark.django_db
KOREAN = {"given_name": "민재", "family_name": "오", "organisation": "소래터빈", "country": "KR"}
KOREAN |= {"email": "minjae.oh@sorae.example", "reply_language": "ko", "language": "ko"}


@pytest.fixture
def officer():
    user = factories.staff("officer", *RIGHTS)
    user.first_name, user.last_name = "Jo", "Marsh"
    user.save()
    return user


@pytest.fixture
def enquiry():
    return factories.enquiry()


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


# What is filled in


def test_a_korean_is_addressed_as_korean_does(officer):
    letter = reply_facts.Letter(factories.enquiry(**KOREAN), "ko", officer)
    assert reply_facts.filled("{{honorific_name}}께", letter) == "오민재 님께"


def test_every_template_of_the_first_content_is_written_in_every_language_and_names_only_what_is_known():
    found = list(ReplyTemplate.objects.all())
    assert len(found) == 6
    for template in found:
        for code in ("en", "ko"):
            assert template.written_in(code)
            assert not [one for text in template.texts(code) for one in reply_facts.unknown(text)]


def test_a_template_is_put_in_with_its_facts_in_the_language_that_was_chosen(desk):
    enquiry = factories.enquiry(**KOREAN)
    desk.post(address(enquiry), typed(body="", subject="", verb="template", template="follows-up:ko"))
    draft = Reply.objects.get()
    assert draft.language == "ko" and draft.body.startswith("오민재 님께\n")
    assert enquiry.reference in draft.body and "Jo Marsh 드림" in draft.body
    assert not reply_facts.unfilled(draft.subject, draft.body)


def test_another_template_takes_the_place_of_one_that_nobody_has_changed_and_follows_what_was_written(
    desk, enquiry
):
    desk.post(address(enquiry), typed(body="", verb="template", template="follows-up:en"))
    first = Reply.objects.get()
    desk.post(
        address(enquiry),
        typed(version=first.version, body=first.body, verb="template", template="asks-for-details:en"),
    )
    second = Reply.objects.get()
    assert "have not heard" not in second.body and "tell us a little more" in second.body
    mine = f"{second.body}\nAnd one thing more."
    desk.post(
        address(enquiry),
        typed(version=second.version, body=mine, verb="template", template="follows-up:en"),
    )
    assert "one thing more" in Reply.objects.get().body and "have not heard" in Reply.objects.get().body


def test_what_cannot_be_filled_stays_to_be_seen(officer):
    nameless = factories.enquiry(given_name="", family_name="")
    letter = reply_facts.Letter(nameless, "en", officer)
    assert reply_facts.filled("Dear {{honorific_name}} of {{organisation}}", letter) == (
        "Dear {{honorific_name}} of Kjellerup Offshore"
    )


def test_the_titles_of_what_they_ask_about_are_those_of_the_language(officer):
    enquiry = factories.enquiry()
    found = Opportunity.objects.get(slug="mersey-tidal-power")
    enquiry.opportunity_rows.create(opportunity=found)
    texts = {
        code: reply_facts.filled("{{opportunities}}", reply_facts.Letter(enquiry, code, officer))
        for code in ("en", "ko")
    }
    assert texts == {"en": found.title_en, "ko": found.title_ko}


@pytest.mark.parametrize(
    "stray",
    [
        "{{given_name}}",
        "{{write: the day}}",
        "{{ anything }}",
        "{{given_name",
        "given_name}}",
        "{{",
        "{{오늘}}",
    ],
)
def test_nothing_goes_out_with_a_placeholder(officer, stray):
    nameless = factories.enquiry(given_name="")
    with pytest.raises(NotPossible, match="not filled in"):
        sent(nameless, officer, body=f"Dear {stray},\n\nYes.")
    with pytest.raises(NotPossible, match="not filled in"):
        sent(factories.enquiry(), officer, subject=f"About {stray}")
    assert not EnquiryMail.objects.filter(kind="reply").exists()


def test_the_link_follows_the_shortlist_and_its_language(enquiry, officer):
    given = {"language": "en", "to": "", "subject": "", "then_wait": True, "body": "See {{shortlist}}"}
    first = replies.save(enquiry, given | {"shortlist": ["a", "b"]}, version=0, by=officer, fill=True)
    assert first.body.endswith("/en/opportunities/?o=a&o=b")
    given |= {"body": first.body, "language": "ko", "shortlist": ["b"]}
    second = replies.save(enquiry, given, version=1, by=officer, fill=True)
    assert second.body.endswith("/ko/opportunities/?o=b")
    third = replies.save(
        enquiry, given | {"body": second.body, "shortlist": []}, version=2, by=officer, fill=True
    )
    assert third.body == "See {{shortlist}}"


# Sending and taking back


def test_sending_gives_an_enquiry_that_nobody_has_to_the_sender(enquiry, officer):
    reply = sent(enquiry, officer)
    assert Enquiry.objects.get(pk=enquiry.pk).owner == officer
    assert reply.mail.subject == f"Grid capacity [{enquiry.reference}]"
    assert (reply.mail.not_before - reply.mail.queued_at).total_seconds() == pytest.approx(60, abs=1)


def test_what_is_missing_is_said_in_sentences_and_nothing_is_lost(desk, enquiry):
    page = desk.post(
        address(enquiry), typed(verb="send", to="mette@", subject="", body="Half")
    ).content.decode()
    assert "not an e-mail address" in page and "There is no subject" in page and "Half" in page
    assert Reply.objects.get().mail is None


def test_a_held_enquiry_is_released_before_it_is_answered(officer):
    held = factories.enquiry()
    Enquiry.objects.filter(pk=held.pk).update(held_at=held.received_at, held_why="Suspect")
    with pytest.raises(NotPossible, match="Release it first"):
        sent(held, officer)


def test_a_file_that_is_chosen_and_not_attached_is_not_forgotten(desk, enquiry):
    page = desk.post(address(enquiry), typed(verb="send", file="offer.pdf"))
    assert page.status_code == 422 and "not attached yet" in page.content.decode()
    assert not EnquiryMail.objects.filter(kind="reply").exists()


def test_pressing_send_twice_sends_once(desk, enquiry):
    desk.post(address(enquiry, "reply_autosave"), typed())
    for _ in range(2):
        desk.post(address(enquiry), typed(version=1, verb="send"))
    assert EnquiryMail.objects.filter(kind="reply").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_one_instant_send_one():
    enquiry, officer = factories.enquiry(), factories.staff("officer", *RIGHTS)
    draft = sendable(enquiry, officer)
    gate, refused = threading.Barrier(2), []

    def send_it():
        try:
            gate.wait()
            replies.send(enquiry, version=draft.version, by=officer)
        except NotPossible as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1 and EnquiryMail.objects.filter(kind="reply").count() == 1


def test_what_is_taken_back_is_the_draft_again(desk, enquiry, officer):
    reply = sent(enquiry, officer)
    panel = desk.get(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])).content.decode()
    assert "Take it back" in panel
    answer = desk.post(address(enquiry, "reply_take_back", reply.pk))
    assert answer.url == address(enquiry)
    draft = replies.draft_of(enquiry, by=officer)
    assert draft.pk == reply.pk and draft.body == TEXT
    assert EnquiryMail.objects.get(kind="reply").taken_back_at


def test_what_has_gone_cannot_be_taken_back(enquiry, officer):
    reply = sent(enquiry, officer)
    EnquiryMail.objects.filter(pk=reply.mail_id).update(sent_at=reply.mail.queued_at)
    with pytest.raises(NotPossible, match="cannot be taken back"):
        replies.take_back(reply, by=officer)


def test_another_draft_begun_meanwhile_is_not_overwritten_by_taking_back(enquiry, officer):
    reply = sent(enquiry, officer)
    other = sendable(enquiry, officer, body="Another")
    assert replies.take_back(reply, by=officer) is False
    assert replies.draft_of(enquiry, by=officer).pk == other.pk
    assert Reply.objects.get(pk=reply.pk).mail.taken_back_at


# Rights


@pytest.mark.parametrize("what", ["reply", "log_contact"])
@pytest.mark.parametrize(
    "rights", [["enquiries.view_enquiry", "partners.view_person"], ["enquiries.change_enquiry"]]
)
def test_who_may_not_change_enquiries_or_see_people_writes_to_nobody(client, enquiry, what, rights):
    client.force_login(factories.staff("somebody", *rights))
    assert client.get(address(enquiry, what)).status_code == 403
    assert client.post(address(enquiry, what), typed()).status_code == 403
    assert client.post(address(enquiry, "reply_autosave"), typed()).status_code == 403


def test_who_may_not_see_people_sees_no_reply_on_the_record(client, enquiry, officer):
    sent(enquiry, officer, subject="Secret subject")
    client.force_login(factories.staff("viewer", "enquiries.view_enquiry"))
    page = client.get(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])).content.decode()
    assert "Secret subject" not in page and enquiry.email not in page
