"""A reply on its way: only what the mail server accepted stops the clock."""

import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail as post
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from enquiries import conversation, jobs, merging, replies, reply_files, triage
from enquiries.delivery import status
from enquiries.models import Enquiry, EnquiryMail, IncomingMail, Reply
from enquiries.triage import NotPossible
from tests import factories

pytestmark = pytest.mark.django_db
SHUT = "tests.enquiries.post.Shut"
KOREAN = {"given_name": "민재", "family_name": "오", "organisation": "소래터빈", "country": "KR"}
KOREAN |= {"email": "minjae.oh@sorae.example", "reply_language": "ko", "language": "ko"}


class Refusing(BaseEmailBackend):
    """Knows no such recipient."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"5.1.1 no such user here")})


@pytest.fixture
def officer():
    return factories.staff(
        "officer", "enquiries.view_enquiry", "enquiries.change_enquiry", "partners.view_person"
    )


@pytest.fixture
def enquiry():
    return factories.enquiry()


def sent(enquiry, officer, minute_is_over=True, **changed):
    given = {"language": "en", "to": enquiry.email, "subject": "Grid capacity", "body": "Dear Mette,\n\nYes."}
    draft = replies.save(
        enquiry, given | {"shortlist": [], "then_wait": False} | changed, version=0, by=officer
    )
    reply = replies.send(enquiry, version=draft.version, by=officer)
    if minute_is_over:
        EnquiryMail.objects.filter(pk=reply.mail_id).update(not_before=timezone.now())
    return reply


def deliver(reply):
    jobs.send_mail(mail_id=reply.mail_id)


def state(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk).state


def test_what_is_queued_stops_no_clock_and_what_is_accepted_does(enquiry, officer):
    reply = sent(enquiry, officer)
    assert state(enquiry) == "unanswered"
    deliver(reply)
    reply.refresh_from_db()
    assert state(enquiry) == "dialogue"
    assert Enquiry.objects.get(pk=enquiry.pk).first_reply_at == reply.mail.sent_at == reply.interaction.at
    assert reply.interaction.channel == "email" and reply.interaction.notes == "Dear Mette,\n\nYes."
    assert list(reply.interaction.participants.all()) == [officer]


def test_what_waits_for_their_answer_is_waiting_once_it_is_accepted(enquiry, officer):
    reply = sent(enquiry, officer, then_wait=True)
    assert Enquiry.objects.get(pk=enquiry.pk).stage == "new"
    deliver(reply)
    assert state(enquiry) == "waiting"


def test_a_job_that_comes_early_waits_out_the_minute(enquiry, officer):
    reply = sent(enquiry, officer, minute_is_over=False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    deliver(reply)
    assert not post.outbox
    job = ProcrastinateJob.objects.get(task_name="enquiries.send_mail")
    assert job.scheduled_at == EnquiryMail.objects.get(pk=reply.mail_id).not_before


def test_what_is_taken_back_never_goes(enquiry, officer):
    reply = sent(enquiry, officer)
    replies.take_back(reply, by=officer)
    mail = EnquiryMail.objects.get(kind="reply")
    jobs.send_mail(mail_id=mail.pk)
    jobs.queue_due_mails(timestamp=0)
    jobs.send_mail(mail_id=mail.pk)
    assert not post.outbox and state(enquiry) == "unanswered"


@pytest.mark.django_db(transaction=True)
def test_two_jobs_for_one_reply_send_and_record_once():
    enquiry, officer = factories.enquiry(), factories.staff("officer")
    reply = sent(enquiry, officer)
    gate = threading.Barrier(2)

    def send_it():
        try:
            gate.wait()
            deliver(reply)
        finally:
            connection.close()

    threads = [threading.Thread(target=send_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(post.outbox) == 1 and enquiry.interaction_rows.count() == 1


def test_a_korean_reply_is_korean_when_it_arrives_and_from_the_officer(officer):
    officer.first_name, officer.last_name = "지원", "서"
    officer.save()
    enquiry = factories.enquiry(**KOREAN)
    text = "오민재 님께\n\n문의해 주셔서 감사합니다."
    deliver(sent(enquiry, officer, language="ko", subject="조력발전 문의", body=text))
    message = post.outbox[0].message()
    arrived = post.outbox[0]
    assert message.get_payload(decode=True).decode("utf-8").strip() == text
    assert message.get_content_charset() == "utf-8" and message["Content-Language"] == "ko"
    assert arrived.subject == f"조력발전 문의 [{enquiry.reference}]"
    assert "=?utf-8?" in message["From"] and message["Subject"].isascii()
    assert "Auto-Submitted" not in message


def test_an_answer_comes_to_the_shared_box(enquiry, officer, settings):
    settings.REPLY_TO = "box@region.example"
    officer.first_name, officer.last_name = 'Jo "JJ"', "Marsh"
    officer.save()
    deliver(sent(enquiry, officer))
    message = post.outbox[0].message()
    assert message["Reply-To"] == "box@region.example"
    assert message["From"] == '"Jo \\"JJ\\" Marsh" <investor-desk@example.org>'


def test_a_reply_is_threaded_with_everything_said_before(enquiry, officer):
    now = timezone.now()
    acknowledgement = EnquiryMail.objects.create(
        enquiry=enquiry, kind="acknowledgement", to=enquiry.email, language="en", subject="s", body="b",
        message_id="<one@ours>", sent_at=now - timedelta(hours=3),
    )  # fmt: skip
    IncomingMail.objects.create(
        enquiry=enquiry, became="answer", raw=b"1", digest="1", message_id="<two@theirs>",
        received_at=now - timedelta(hours=2),
    )  # fmt: skip
    IncomingMail.objects.create(
        enquiry=enquiry, became="bounce", raw=b"2", digest="2", message_id="<bounce@daemon>",
        received_at=now - timedelta(hours=1),
    )  # fmt: skip
    first = sent(enquiry, officer)
    deliver(first)
    second = sent(enquiry, officer)
    deliver(second)
    headers = post.outbox[1].message()
    assert headers["In-Reply-To"] == "<two@theirs>"
    assert headers["References"].split() == [
        acknowledgement.message_id,
        "<two@theirs>",
        EnquiryMail.objects.get(pk=first.mail_id).message_id,
    ]


def test_a_message_id_that_somebody_made_up_breaks_no_header(enquiry, officer):
    IncomingMail.objects.create(
        enquiry=enquiry, became="answer", raw=b"1", digest="1", received_at=timezone.now(),
        message_id="<a@b>\r\nBcc: everybody@example.org",
    )  # fmt: skip
    deliver(sent(enquiry, officer))
    headers = post.outbox[0].message()
    assert headers["In-Reply-To"] == "<a@b>" and headers["Bcc"] is None


def test_files_go_with_the_reply_under_their_own_names(enquiry, officer):
    given = {
        "language": "en",
        "to": enquiry.email,
        "subject": "Files",
        "body": "See the file.",
        "shortlist": [],
    }
    draft = replies.save(enquiry, given | {"then_wait": True}, version=0, by=officer)
    reply_files.attach(draft, SimpleUploadedFile("부두 도면.txt", "도면".encode()))
    reply = replies.send(enquiry, version=draft.version, by=officer)
    EnquiryMail.objects.update(not_before=timezone.now())
    deliver(reply)
    part = post.outbox[0].message().get_payload()[1]
    assert part.get_filename() == "부두 도면.txt"
    assert part.get_payload(decode=True).decode() == "도면"


# When it does not go well


def test_a_server_that_is_down_is_tried_again_and_shown(enquiry, officer, settings):
    settings.EMAIL_BACKEND = SHUT
    reply = sent(enquiry, officer)
    with pytest.raises(jobs.MailNotSent):
        deliver(reply)
    shown = status(Reply.objects.get(pk=reply.pk))
    assert shown.state == "trying" and "try again later" in shown.detail
    assert state(enquiry) == "unanswered"


def test_a_crash_between_acceptance_and_commit_repeats_with_the_same_identity(enquiry, officer, monkeypatch):
    reply = sent(enquiry, officer)

    def crash(mail):
        raise SystemError("the machine went down")

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "_record", crash)
        with pytest.raises(jobs.MailNotSent):
            deliver(reply)
    assert state(enquiry) == "unanswered"
    deliver(reply)
    assert (
        len({message.extra_headers["Message-ID"] for message in post.outbox}) == 1 and len(post.outbox) == 2
    )
    assert state(enquiry) == "dialogue" and enquiry.interaction_rows.count() == 1


def test_what_was_accepted_and_could_not_be_recorded_is_not_sent_again_and_recorded_later(
    enquiry, officer, monkeypatch
):
    reply = sent(enquiry, officer)
    with monkeypatch.context() as patch:
        patch.setattr(conversation, "recorded", lambda *args, **kwargs: 1 / 0)
        deliver(reply)
        deliver(reply)
    assert len(post.outbox) == 1 and state(enquiry) == "unanswered"
    jobs.queue_due_mails(timestamp=0)
    mail = EnquiryMail.objects.get(pk=reply.mail_id)
    assert Enquiry.objects.get(pk=enquiry.pk).first_reply_at == mail.sent_at


def test_a_refusal_for_good_is_told_at_once_and_not_tried_for_two_weeks(enquiry, officer, settings):
    settings.EMAIL_BACKEND = "tests.enquiries.test_reply_delivery.Refusing"
    reply = sent(enquiry, officer)
    deliver(reply)
    shown = status(Reply.objects.get(pk=reply.pk))
    assert shown.state == "refused" and "refused by the mail server: 550 5.1.1 no such user" in shown.detail
    told = EnquiryMail.objects.get(kind="not-reached")
    assert told.to == officer.email and enquiry.reference in told.subject and "Mette" not in told.body
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    jobs.queue_due_mails(timestamp=0)
    deliver(reply)
    assert not post.outbox and state(enquiry) == "unanswered"
    assert not ProcrastinateJob.objects.filter(args__mail_id=reply.mail_id).exists()


def test_a_refused_reply_is_corrected_and_sent_again(enquiry, officer, settings):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.enquiries.test_reply_delivery.Refusing"
    reply = sent(enquiry, officer, to="wrong@kjellerup.example")
    deliver(reply)
    settings.EMAIL_BACKEND = working
    assert replies.take_back(Reply.objects.get(pk=reply.pk), by=officer)
    draft = replies.draft_of(enquiry, by=officer)
    given = {name: getattr(draft, name) for name in replies.FIELDS} | {"to": enquiry.email}
    again = replies.send(
        enquiry, version=replies.save(enquiry, given, version=draft.version, by=officer).version, by=officer
    )
    EnquiryMail.objects.update(not_before=timezone.now())
    deliver(again)
    assert [message.to for message in post.outbox] == [[enquiry.email]] and state(enquiry) == "dialogue"


def test_what_came_back_counts_as_no_answer_and_the_officer_is_told(enquiry, officer):
    reply = sent(enquiry, officer, then_wait=True)
    deliver(reply)
    assert state(enquiry) == "waiting"
    for _ in range(2):
        replies.not_reached(Reply.objects.get(pk=reply.pk), why="Mailbox unknown", by=officer)
    after = Enquiry.objects.get(pk=enquiry.pk)
    assert (after.state, after.stage, after.due_at) == ("unanswered", "new", after.reply_due_at)
    assert not after.waits.filter(until=None).exists()
    assert EnquiryMail.objects.filter(kind="not-reached", to=officer.email).count() == 1
    assert status(Reply.objects.get(pk=reply.pk)).state == "not-reached"


def test_what_came_back_is_noted_by_a_button_with_a_reason(client, enquiry, officer):
    reply = sent(enquiry, officer)
    deliver(reply)
    client.force_login(officer)
    address = f"/admin/enquiries/enquiry/{enquiry.pk}/reply/{reply.pk}/not-reached/"
    client.post(address, {"why": " "})
    assert state(enquiry) == "dialogue"
    client.post(address, {"why": "The mailbox is full"})
    assert state(enquiry) == "unanswered"
    page = client.get(f"/admin/enquiries/enquiry/{enquiry.pk}/change/").content.decode()
    assert "Came back" in page and "The mailbox is full" in page


def test_nothing_is_lost_where_the_enquiry_was_closed_and_its_officer_left_meanwhile(enquiry, officer):
    reply = sent(enquiry, officer)
    triage.move(enquiry, "non-applicable", why="Not for us", by=officer)
    officer.delete()
    deliver(reply)
    assert state(enquiry) == "closed-answered" and enquiry.interaction_rows.count() == 1


def test_a_reply_to_a_duplicate_that_was_merged_meanwhile_is_recorded_with_it(enquiry, officer):
    other = factories.enquiry()
    reply = sent(enquiry, officer)
    merging.merge(enquiry, into=other, by=officer)
    deliver(reply)
    assert state(enquiry) == "closed-answered" and state(other) == "unanswered"
    with pytest.raises(NotPossible, match="Answer there"):
        sent(Enquiry.objects.get(pk=enquiry.pk), officer)


def test_an_automatic_mail_still_says_so_and_stops_no_clock(enquiry):
    mail = EnquiryMail.objects.create(
        enquiry=enquiry, kind="acknowledgement", to=enquiry.email, language="en", subject="s", body="b",
        message_id="<one@ours>",
    )  # fmt: skip
    jobs.send_mail(mail_id=mail.pk)
    assert post.outbox[0].message()["Auto-Submitted"] == "auto-generated" and state(enquiry) == "unanswered"


def test_seconds_are_counted_while_it_can_be_taken_back(enquiry, officer):
    shown = status(sent(enquiry, officer, minute_is_over=False))
    assert shown.state == "waiting" and 55 < shown.seconds <= 61 and shown.can_be_taken_back
