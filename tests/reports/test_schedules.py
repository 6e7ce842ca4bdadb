"""Everybody is told of what is due, once, whatever breaks."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from procrastinate.contrib.django.models import ProcrastinateJob

from reports import emails, scheduling
from reports.models import Schedule, ScheduledRun, ScheduledTelling, ScheduleRecipient
from reports.schedules import due_times
from tests.factories import enquiry, staff
from tests.reports.scheduled import A_MINUTE, MONDAY, OFFICE, SEE, STARTS, at, refuse, schedule, told, work

pytestmark = pytest.mark.django_db


def test_recipients_are_told_once_however_often_it_is_looked_at():
    people = [staff("anna", SEE), staff("ben", SEE)]
    schedule(recipients=people)
    scheduling.look(MONDAY - A_MINUTE)
    assert not ScheduledRun.objects.exists()
    for _ in range(2):
        scheduling.look(MONDAY)
        work()
    work()
    assert told() == [("anna", "2026-10-05"), ("ben", "2026-10-05")]
    assert sorted(letter.to for letter in mail.outbox) == [["anna@example.org"], ["ben@example.org"]]
    run = ScheduledRun.objects.get()
    assert run.told == 2 and run.done_at and not run.error and not run.owner_told_at


def test_the_mail_has_a_link_and_no_figure_and_nobodys_name(settings):
    for _ in range(37):
        enquiry()
    schedule(recipients=[staff("anna", SEE)])
    scheduling.look(MONDAY)
    work()
    (letter,) = mail.outbox
    run = ScheduledRun.objects.get()
    assert letter.subject == "Report: Enquiries for the board"
    assert f"{settings.SITE_URL}/admin/reports/runs/{run.pk}/" in letter.body
    assert "37" not in letter.body.replace(str(run.pk), "") and "anna" not in letter.subject + letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_after_an_outage_of_three_weeks_there_is_one_run_and_it_says_what_was_missed():
    owner = staff("owner", SEE)
    schedule(owner, [staff("anna", SEE)])
    scheduling.look(at("2026-10-21 12:00"))
    work()
    run = ScheduledRun.objects.get()
    assert told() == [("anna", "2026-10-19")] and run.missed == 2
    assert "The 2 times before were missed" in mail.outbox[0].body
    assert told("amiss") == [("owner", "2026-10-19")]


def test_a_mail_server_that_is_down_shows_on_the_run_and_everybody_is_told_once_when_it_is_back(monkeypatch):
    schedule(recipients=[staff("anna", SEE), staff("ben", SEE)])
    scheduling.look(MONDAY)
    first = set(ScheduledTelling.objects.values_list("message_id", flat=True))
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        work()
        scheduling.look(MONDAY + timedelta(minutes=5))
    run = ScheduledRun.objects.get()
    assert "SMTPServerDisconnected" in run.error and not run.done_at and "secret" not in run.error
    work()
    work()
    run.refresh_from_db()
    assert run.done_at and not run.error and len(mail.outbox) == 2
    assert {letter.extra_headers["Message-ID"] for letter in mail.outbox} == first


def test_what_could_not_be_told_in_time_is_overtaken_by_the_next(monkeypatch):
    schedule(recipients=[staff("anna", SEE)])
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        scheduling.look(MONDAY)
        work()
    scheduling.look(MONDAY + timedelta(days=7))
    work()
    assert told() == [("anna", "2026-10-12")]
    assert ScheduledRun.objects.get(due_at=MONDAY).error == scheduling.OVERTAKEN


def test_a_late_one_tells_its_owner_once(monkeypatch):
    schedule(staff("owner", SEE), [staff("anna", SEE)])
    scheduling.look(MONDAY)
    for minutes in (59, 61, 66):
        scheduling.look(MONDAY + timedelta(minutes=minutes))
        assert ScheduledTelling.objects.filter(kind="amiss").exists() == (minutes > 60)
    work()
    assert told("amiss") == [("owner", "2026-10-05")]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"report": "gone"}, scheduling.NO_REPORT),
        ({"parameters": {"period": "days"}}, "From"),
        ({}, scheduling.NOBODY),
    ],
    ids=["no such report", "parameters that do not hold", "nobody to tell"],
)
def test_a_failed_one_tells_its_owner_at_once_and_once_and_is_tried_again(wrong, why):
    anna = staff("anna")
    made = schedule(staff("owner", SEE), [anna], **wrong)
    for _ in range(2):
        scheduling.look(MONDAY)
        work()
    run = ScheduledRun.objects.get()
    assert why in run.error and run.attempts == 2
    assert [letter.subject for letter in mail.outbox] == ["Not sent: Enquiries for the board"]
    Schedule.objects.filter(pk=made.pk).update(report="enquiries-by", parameters={})
    ScheduleRecipient.objects.update(user=staff("ben", SEE))
    scheduling.look(MONDAY)
    work()
    assert told() == [("ben", "2026-10-05")]


def test_an_owner_who_has_left_is_told_through_the_officers(settings):
    owner = staff("owner")
    owner.is_active = False
    owner.save()
    schedule(owner)
    scheduling.look(MONDAY)
    work()
    assert mail.outbox[0].to == [settings.OFFICERS_EMAIL]


def test_a_paused_one_is_not_due():
    schedule(recipients=[staff("anna", SEE)], paused_at=STARTS)
    scheduling.look(MONDAY)
    assert not ScheduledRun.objects.exists()


def test_one_that_fails_leaves_the_others_alone(monkeypatch):
    owner = staff("owner", SEE)
    first = schedule(owner, [owner])
    schedule(owner, [owner])
    make_due = scheduling.make_due

    def broken(pk, *more):
        if pk == first.pk:
            raise OSError
        make_due(pk, *more)

    monkeypatch.setattr(scheduling, "make_due", broken)
    scheduling.look(MONDAY)
    assert ScheduledRun.objects.count() == 1


def test_a_job_that_was_lost_is_queued_again():
    schedule(recipients=[staff("anna", SEE)])
    scheduling.look(MONDAY)
    ProcrastinateJob.objects.all()._raw_delete("default")
    scheduling.look(MONDAY + A_MINUTE)
    work()
    assert told() == [("anna", "2026-10-05")]


# Whatever happens

STEPS = some.sampled_from(["look", "work", "work while mail is down", "crash after sending"])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=some.lists(some.tuples(STEPS, some.integers(0, 20 * 24)), min_size=1, max_size=8))
def test_whatever_runs_or_breaks_each_time_is_told_at_most_once_and_the_newest_always(steps):
    with transaction.atomic():
        mail.outbox.clear()
        schedule(staff("owner", SEE), [staff("anna", SEE)])
        now = STARTS
        for step, hours in steps:
            now += timedelta(hours=hours)
            STEP[step](now)
        scheduling.look(now)
        work()
        newest = [*due_times(Schedule.objects.get(), STARTS, now, OFFICE)][-1:]
        runs = ScheduledRun.objects.filter(told=1).values_list("due_at", flat=True)
        assert len(told()) == len(set(told())) and list(runs[:1]) == newest
        tellings = ScheduledTelling.objects.filter(kind="due")
        known = set(tellings.values_list("message_id", flat=True))
        left = {letter.extra_headers["Message-ID"] for letter in mail.outbox if "Report" in letter.subject}
        assert (
            left <= known and len(known) == ScheduledRun.objects.count()
        )  # one mail twice is still that mail
        transaction.set_rollback(True)


def while_mail_is_down(now):
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        work()


def crash_after_sending(now):
    """The mail server took it, and the row that says so was never written."""
    for telling in ScheduledTelling.objects.filter(
        kind="due", sent_at__isnull=True, run__done_at__isnull=True
    ):
        emails.message(telling).send()


STEP = {
    "look": scheduling.look,
    "work": lambda now: work(),
    "work while mail is down": while_mail_is_down,
    "crash after sending": crash_after_sending,
}
