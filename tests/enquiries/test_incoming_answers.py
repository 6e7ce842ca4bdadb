"""Uploaded mails that belong to something: answers, reports of what did not arrive, and what was sorted wrongly."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from enquiries import conversation, triage
from enquiries.models import Enquiry, EnquiryMail, IncomingMail, Reply
from partners.models import Interaction
from tests import factories
from tests.enquiries.mails import RECEIVED, SERVER, bounce, mail, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_server(settings):
    settings.MAIL_SERVERS = [SERVER]


@pytest.fixture
def desk(client):
    officer = factories.staff("officer")
    officer.groups.add(Group.objects.get(name="officer"))
    client.force_login(officer)
    client.officer = officer
    return client


def newest():
    return Enquiry.objects.latest("pk")


def answered(by, **given):
    """An enquiry with a reply of ours that went out and waits for their answer; the reply."""
    enquiry = factories.enquiry(received_at=timezone.now() - timedelta(days=20), owner=by, **given)
    sent_at = timezone.now() - timedelta(days=15)
    sent = EnquiryMail.objects.create(
        enquiry=enquiry,
        kind="reply",
        to=enquiry.email,
        language="en",
        subject="Land",
        body="Yes.",
        message_id="<reply-1@example.org>",
        sent_at=sent_at,
    )
    interaction = conversation.recorded(
        enquiry, channel="email", direction="from-us", at=sent_at, subject="Land", by=by
    )
    conversation.followed(enquiry, interaction, then_wait=True, by=by)
    enquiry.waits.update(since=sent_at)
    return Reply.objects.create(
        enquiry=enquiry, by=by, language="en", to=enquiry.email, mail=sent, interaction=interaction
    )


def merged(enquiry, into):
    """As though it had been merged while it waited."""
    closed = {"stage": "non-applicable", "closed_at": timezone.now(), "closed_why": "Merged"}
    Enquiry.objects.filter(pk=enquiry.pk).update(merged_into=into, waiting_since=None, **closed)


# An answer


def test_an_answer_ends_the_wait_at_the_moment_at_which_we_received_it(desk):
    enquiry = answered(desk.officer).enquiry
    page = upload(desk, mail(In_Reply_To="<reply-1@example.org>")).content.decode()
    enquiry.refresh_from_db()
    assert f"It answers a mail of ours about {enquiry.reference}" in page
    assert (enquiry.state, enquiry.stage) == ("dialogue", "engaged-in-dialogue")
    assert enquiry.waits.get().until == datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
    row = enquiry.incoming.get()
    assert row.became == "answer" and row.interaction.direction == "from-them"
    assert row.interaction.notes == "Is there land by the river?"


def test_an_answer_opens_what_was_closed(desk):
    enquiry = answered(desk.officer).enquiry
    triage.moved(enquiry, "non-responsive", why="Silence", by=desk.officer)
    upload(desk, mail(References="<other@x.example> <reply-1@example.org>"))
    enquiry.refresh_from_db()
    assert enquiry.state == "dialogue" and enquiry.closed_at is None


def test_an_automatic_answer_is_kept_and_ends_no_wait(desk):
    enquiry = answered(desk.officer).enquiry
    upload(desk, mail("I am away.", In_Reply_To="<reply-1@example.org>", Auto_Submitted="auto-replied"))
    enquiry.refresh_from_db()
    assert enquiry.state == "waiting" and enquiry.incoming.get().interaction.subject.startswith(
        "Automatic answer"
    )


def test_a_second_mail_of_theirs_follows_the_first(desk):
    upload(desk, mail())
    first = newest()
    upload(
        desk,
        mail("One more thing.", Message_ID="<second@x.example>", In_Reply_To="<first@kjellerup.example>"),
    )
    assert newest() == first and first.incoming.count() == 2


def test_a_mail_that_names_the_message_of_somebody_else_is_a_new_enquiry(desk):
    upload(desk, mail())
    first = newest()
    other = {"From": "x@y.example", "Message_ID": "<2@y.example>", "In_Reply_To": "<first@kjellerup.example>"}
    upload(desk, mail("Hello.", **other))
    assert newest() != first


def test_an_answer_that_one_of_us_wrote_is_no_answer_of_theirs(desk):
    enquiry = answered(desk.officer).enquiry
    raw = mail(From=desk.officer.email, In_Reply_To="<reply-1@example.org>")
    assert "One of us wrote this mail" in upload(desk, raw).content.decode()
    enquiry.refresh_from_db()
    assert enquiry.state == "waiting" and not IncomingMail.objects.exists()


def test_the_answer_to_what_was_merged_goes_where_that_went(desk):
    enquiry, into = answered(desk.officer).enquiry, factories.enquiry()
    merged(enquiry, into)
    upload(desk, mail(In_Reply_To="<reply-1@example.org>"))
    assert into.incoming.count() == 1


# Our reference in the subject, for mail programs that keep nothing else


@pytest.mark.parametrize(
    "subject", ["Re: Land [{}]", "RE: [{}]", "Fwd: re: {} land", "AW: ({})", "回复：{}에 대하여"]
)
@pytest.mark.parametrize("written", [str.upper, str.lower])
def test_a_mail_of_the_sender_that_names_our_reference_is_an_answer(desk, subject, written):
    enquiry = answered(desk.officer, email="Mette.Holm@Kjellerup.example").enquiry
    page = upload(desk, mail(Subject=subject.format(written(enquiry.reference)))).content.decode()
    enquiry.refresh_from_db()
    assert f"Its subject names {enquiry.reference}, and it comes from the same address" in page
    assert enquiry.incoming.get().became == "answer" and enquiry.state == "dialogue"
    assert newest() == enquiry


def test_a_reference_proves_nothing_where_somebody_else_writes(desk):
    enquiry = answered(desk.officer).enquiry
    upload(desk, mail(From="Mette Holm <mette.holm@elsewhere.example>", Subject=f"Re: [{enquiry.reference}]"))
    enquiry.refresh_from_db()
    assert enquiry.state == "waiting" and not enquiry.incoming.exists()
    assert newest() != enquiry and newest().incoming.get().became == "enquiry"


def test_a_reference_of_nobody_and_a_longer_number_are_none_of_ours(desk):
    enquiry = answered(desk.officer).enquiry
    for number, subject in enumerate(["ENQ-1999-9999", f"{enquiry.reference}7", f"X{enquiry.reference}"]):
        upload(desk, mail(Subject=subject, Message_ID=f"<{number}@kjellerup.example>"))
    assert not enquiry.incoming.exists() and IncomingMail.objects.filter(became="enquiry").count() == 3


def test_of_several_references_the_senders_own_counts(desk):
    other = factories.enquiry(email="other@y.example")
    enquiry = answered(desk.officer).enquiry
    upload(desk, mail(Subject=f"{other.reference}, {enquiry.reference}"))
    assert enquiry.incoming.exists() and not other.incoming.exists()


def test_the_reference_of_what_was_merged_leads_to_where_it_went(desk):
    enquiry, into = answered(desk.officer).enquiry, factories.enquiry()
    merged(enquiry, into)
    upload(desk, mail(Subject=f"RE: [{enquiry.reference}]"))
    assert into.incoming.get().became == "answer" and not enquiry.incoming.exists()


def test_an_answer_that_names_a_message_of_ours_goes_there_whatever_its_subject_says(desk):
    enquiry, named = answered(desk.officer).enquiry, factories.enquiry()
    upload(desk, mail(In_Reply_To="<reply-1@example.org>", Subject=f"Re: {named.reference}"))
    assert enquiry.incoming.exists() and not named.incoming.exists()


# What came back


def test_a_bounce_says_that_the_reply_did_not_arrive_and_it_counts_as_unanswered(desk):
    reply = answered(desk.officer)
    upload(desk, bounce("<reply-1@example.org>"))
    reply.refresh_from_db()
    reply.enquiry.refresh_from_db()
    assert reply.not_reached_at and "Undelivered" in reply.not_reached_why
    assert reply.enquiry.state == "unanswered" and reply.enquiry.incoming.get().became == "bounce"


def test_a_report_of_a_delay_takes_nothing_back(desk):
    reply = answered(desk.officer)
    upload(desk, bounce("<reply-1@example.org>", action="delayed"))
    reply.refresh_from_db()
    assert reply.not_reached_at is None and "delay" in reply.enquiry.notes.first().text


def test_the_bounce_of_an_acknowledgement_is_noted(desk):
    enquiry = factories.enquiry()
    EnquiryMail.objects.create(
        enquiry=enquiry,
        kind="acknowledgement",
        to="x@y.example",
        language="en",
        message_id="<ack@example.org>",
    )
    upload(desk, bounce("<ack@example.org>"))
    assert "Check the e-mail address" in enquiry.notes.get().text


# Sorted wrongly


def correct(client, row, **data):
    return client.post(f"/admin/enquiries/enquiry/incoming/{row.pk}/belongs/", data, follow=True)


def test_an_answer_can_be_made_an_enquiry_of_its_own(desk):
    before = answered(desk.officer).enquiry
    upload(desk, mail(In_Reply_To="<reply-1@example.org>"))
    row = before.incoming.get()
    correct(desk, row, verb="new")
    row.refresh_from_db()
    assert row.enquiry != before and row.became == "enquiry"
    assert row.enquiry.received_at == row.received_at and row.enquiry.state == "unanswered"
    assert row.enquiry.interaction_rows.get().interaction == row.interaction
    assert before.notes.exists() and row.enquiry.notes.exists()


def test_an_enquiry_can_turn_out_to_be_an_answer(desk):
    into = answered(desk.officer).enquiry
    upload(desk, mail())
    row = IncomingMail.objects.get()
    correct(desk, row, verb="belongs", reference=into.reference.lower())
    made, row = row.enquiry, IncomingMail.objects.get()
    made.refresh_from_db()
    into.refresh_from_db()
    assert row.enquiry == into and row.became == "answer" and made.merged_into == into
    assert into.state == "dialogue" and into.interaction_rows.count() == 2


def test_an_unanswered_question_of_somebody_else_is_not_lost_behind_an_older_answer(desk):
    into = answered(desk.officer).enquiry
    now = timezone.now().strftime("%a, %d %b %Y %H:%M:%S +0000")
    upload(desk, mail(From="x@y.example", received=RECEIVED.partition(";")[0] + f"; {now}"))
    page = correct(
        desk, IncomingMail.objects.get(), verb="belongs", reference=into.reference
    ).content.decode()
    assert "Answer first, then merge" in page
    assert IncomingMail.objects.get().enquiry != into and not into.incoming.exists()


def test_a_bounce_that_was_none_leaves_the_reply_as_it_was(desk):
    reply = answered(desk.officer)
    upload(desk, bounce("<reply-1@example.org>"))
    correct(desk, IncomingMail.objects.get(), verb="new")
    reply.refresh_from_db()
    assert reply.not_reached_at is None and Interaction.objects.get(pk=reply.interaction_id).reached


@pytest.mark.parametrize("reference", ["ENQ-1999-9999", "", "a\x00"])
def test_a_reference_that_is_none_changes_nothing(desk, reference):
    upload(desk, mail())
    page = correct(desk, IncomingMail.objects.get(), verb="belongs", reference=reference).content.decode()
    assert "There is no enquiry" in page
