import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import time

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as project
from django.core import mail
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from enquiries import jobs
from enquiries.models import Enquiry, EnquiryMail
from tests.enquiries.filling import KOREAN, send

SHUT = "tests.enquiries.post.Shut"


@pytest.fixture
def work(monkeypatch):
    """work() lets the queue do everything that is due."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)

    async def until_nothing_is_due():
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        await sync_to_async(connections.close_all)()  # in the thread in which its jobs ran

    return lambda: asyncio.run(until_nothing_is_due())


def make_due():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


@pytest.mark.django_db
def test_the_mails_are_queued_in_the_transaction_that_stores_the_enquiry(client):
    send(client)
    queued = ProcrastinateJob.objects.filter(task_name="enquiries.send_mail", status="todo")
    assert {job.args["mail_id"] for job in queued} == set(EnquiryMail.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_enquiry_that_cannot_be_stored_whole_leaves_no_job(client, monkeypatch):
    monkeypatch.setattr("enquiries.emails.queue_acknowledgement", lambda enquiry: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(client)
    assert not Enquiry.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="enquiries.send_mail").exists()


@pytest.mark.django_db
def test_the_acknowledgement_is_in_the_language_of_the_answer(client):
    send(client, "en", KOREAN)
    acknowledgement = EnquiryMail.objects.get(kind="acknowledgement")
    enquiry = acknowledgement.enquiry
    assert acknowledgement.to == enquiry.email
    assert enquiry.reference in acknowledgement.subject
    assert "오민재 님께" in acknowledgement.body
    assert "런던 시각" in acknowledgement.body and "서울 시각" in acknowledgement.body


@pytest.mark.django_db
def test_the_notice_names_the_organisation_and_leaves_the_person_in_the_system(client):
    send(client, opportunities=["mersey-tidal-power"])
    notice = EnquiryMail.objects.get(kind="notice")
    assert notice.to == project.OFFICERS_EMAIL
    assert "Kjellerup Offshore" in notice.body and "Mersey Tidal Power" in notice.body
    assert "/admin/enquiries/enquiry/" in notice.body
    for private in ["Mette", "Holm", "mette.holm", "grid capacity"]:
        assert private not in notice.body + notice.subject


@pytest.mark.django_db(transaction=True)
def test_the_queue_sends_both_mails_with_the_identity_fixed_when_they_were_queued(client, work):
    send(client)
    work()
    sent = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert sent == set(EnquiryMail.objects.values_list("message_id", flat=True))
    assert not EnquiryMail.objects.filter(sent_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_with_mail_down_nothing_is_lost_and_it_goes_out_later(client, work, settings):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, SHUT
    assert send(client).status_code == 303
    work()
    unsent = EnquiryMail.objects.get(kind="acknowledgement")
    assert unsent.sent_at is None and unsent.attempts == 1
    assert "try again later" in unsent.last_error
    assert ProcrastinateJob.objects.filter(task_name="enquiries.send_mail", status="todo").count() == 2
    settings.EMAIL_BACKEND = working
    make_due()
    work()
    assert len(mail.outbox) == 2
    assert unsent.message_id in {message.extra_headers["Message-ID"] for message in mail.outbox}


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_logged_without_the_person(client, work, settings, caplog):
    settings.EMAIL_BACKEND = SHUT
    caplog.set_level("DEBUG")
    send(client)
    work()
    assert "could not be sent: SMTPRecipientsRefused" in caplog.text
    assert "mette" not in caplog.text.lower() and "Kjellerup" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_job_done_twice_sends_once(client):
    send(client)
    acknowledgement = EnquiryMail.objects.get(kind="acknowledgement")
    for _ in range(2):
        jobs.send_mail(mail_id=acknowledgement.pk)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_jobs_for_one_mail_at_one_instant_send_once(client):
    send(client)
    acknowledgement = EnquiryMail.objects.get(kind="acknowledgement")
    gate = threading.Barrier(4)

    def send_it():
        try:
            gate.wait()
            jobs.send_mail(mail_id=acknowledgement.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_mail_whose_job_was_lost_is_queued_again_once(client):
    send(client)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    for _ in range(2):
        jobs.queue_due_mails(timestamp=0)
    assert ProcrastinateJob.objects.filter(task_name="enquiries.send_mail").count() == 2


@pytest.mark.django_db
def test_pauses_between_attempts_grow_to_an_hour_and_end_after_two_weeks():
    class Job:
        attempts = 0

    strategy, total = jobs.LaterEachTime(), 0
    while decision := strategy.get_retry_decision(exception=OSError(), job=Job):
        pause = (decision.retry_at.timestamp()) - time.time()
        assert pause <= jobs.LONGEST_PAUSE
        total += pause
        Job.attempts += 1
    assert 13 < total / (24 * 60 * 60) < 16


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_sends_loses_nothing(client, work, tmp_path):
    send(client)
    began = tmp_path / "began"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.enquiries.settings_of_slow_post",
        "NAME_OF_TEST_DATABASE": connection.settings_dict["NAME"],
        "SLOW_POST_BEGAN": str(began),
    }
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency", "1"]
    worker = subprocess.Popen(command, env=environment, cwd=project.BASE_DIR)
    try:
        for _ in range(300):
            if began.exists():
                break
            time.sleep(0.1)
        assert began.exists()
    finally:
        worker.kill()
        worker.wait()
    assert ProcrastinateJob.objects.filter(task_name="enquiries.send_mail", status="doing").count() == 1
    with connection.cursor() as cursor:  # as if half a minute had gone by without a sign of life
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    with contextlib.suppress(AlreadyEnqueued):
        jobs.retry_stalled_jobs.defer(timestamp=0)
    work()
    work()
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox) == 2
    assert not EnquiryMail.objects.filter(sent_at=None).exists()
