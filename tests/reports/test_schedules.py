"""Schedules: when they are due, and that everybody is told once, whatever breaks."""

import smtplib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from procrastinate.contrib.django.models import ProcrastinateJob

from enquiries.jobs import MailNotSent
from enquiries.working_time import USUAL_HOURS, Calendar
from reports import emails, scheduling
from reports.jobs import tell
from reports.models import (
    BoardPack,
    BoardPackReport,
    Schedule,
    ScheduledRun,
    ScheduledTelling,
    ScheduleRecipient,
)
from reports.schedules import due_times, in_words, next_due
from tests.factories import enquiry, staff

LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(USUAL_HOURS, frozenset({date(2026, 9, 1)}))
SEE = "enquiries.view_enquiry"
WEEKLY = {"frequency": "weekly", "weekday": 0}
MONTHLY_31 = {"frequency": "monthly", "day_of_month": 31}
FIRST = {"frequency": "first-working-day"}
with_database = pytest.mark.django_db


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def due(since, until, **given):
    found = due_times(Schedule(**{"at_hour": 8} | given), at(since), at(until), OFFICE)
    return [f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}" for moment in found]


def test_a_weekly_one_is_due_on_its_day_in_summer_and_in_winter():
    assert due("2026-10-19 08:00", "2026-11-02 08:00", **WEEKLY) == ["2026-10-26 08:00", "2026-11-02 08:00"]


def test_the_hour_is_londons_when_the_clocks_change():
    (summer,) = due_times(
        Schedule(**WEEKLY, at_hour=8), at("2026-10-18 00:00"), at("2026-10-20 00:00"), OFFICE
    )
    (winter,) = due_times(
        Schedule(**WEEKLY, at_hour=8), at("2026-10-25 00:00"), at("2026-10-27 00:00"), OFFICE
    )
    assert (summer.astimezone(UTC).hour, winter.astimezone(UTC).hour) == (7, 8)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_an_hour_that_is_skipped_or_comes_twice_is_one_time(day):
    sundays = {"frequency": "weekly", "weekday": 6, "at_hour": 1}
    assert len(due(f"{day} 00:00", f"{day} 23:00", **sundays)) == 1


def test_the_31st_is_the_last_day_of_a_shorter_month():
    found = due("2026-01-31 09:00", "2026-05-01 00:00", **MONTHLY_31)
    assert found == ["2026-02-28 08:00", "2026-03-31 08:00", "2026-04-30 08:00"]


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2026-05", "2026-05-01"),
        ("2027-01", "2027-01-04"),
        ("2026-08", "2026-08-03"),
        ("2026-09", "2026-09-02"),
    ],
    ids=[
        "a Friday",
        "after New Year's Day and a weekend",
        "after a weekend",
        "after a day on which we are closed",
    ],
)
def test_the_first_working_day_passes_over_weekends_bank_holidays_and_closing_days(month, day):
    assert due(f"{month}-01 00:00", f"{month}-28 00:00", **FIRST) == [f"{day} 08:00"]


def test_it_is_said_in_words():
    assert in_words(Schedule(**WEEKLY, at_hour=8)) == "every Monday at 08:00"
    assert in_words(Schedule(**MONTHLY_31, at_hour=8)) == "on day 31 of every month, or its last, at 08:00"
    assert in_words(Schedule(**FIRST, at_hour=9)) == "on the first working day of every month at 09:00"


def test_the_first_working_day_of_a_month_is_one_even_where_it_is_closed_later():
    told = at("2026-08-03 08:00")
    later = Calendar(USUAL_HOURS, frozenset({date(2026, 8, 3)}))
    assert next_due(Schedule(**FIRST, at_hour=8, starts_at=at("2026-01-01 00:00")), told, told, later) == at(
        "2026-09-01 08:00"
    )


# Runs and their mails

STARTS = at("2026-10-01 00:00")
MONDAY = at("2026-10-05 08:00")
A_MINUTE = timedelta(minutes=1)


def schedule(owner=None, recipients=(), **given):
    owner = owner or staff("owner", SEE)
    usual = {"name": "Enquiries for the board", "report": "enquiries-by", "starts_at": STARTS, "owner": owner}
    made = Schedule.objects.create(**usual | WEEKLY | given)
    for user in recipients:
        ScheduleRecipient.objects.create(schedule=made, user=user)
    return made


def work():
    """What the queue does: every mail that has a job, each job once, whatever comes of it."""
    jobs = ProcrastinateJob.objects.filter(task_name=scheduling.TELL).order_by("pk")
    for telling in jobs.values_list("args__telling_id", flat=True):
        try:
            tell(telling)
        except MailNotSent:
            continue


def told(kind="due"):
    """(user name, due day) of every mail that left."""
    rows = ScheduledTelling.objects.filter(kind=kind, sent_at__isnull=False)
    found = rows.values_list("user__username", "run__due_at").order_by("run__due_at", "user")
    return [(name, f"{moment.astimezone(LONDON):%Y-%m-%d}") for name, moment in found]


def page_of(client, run, user):
    client.force_login(user)
    return client.get(f"/admin/reports/runs/{run.pk}/")


@with_database
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


@with_database
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


@with_database
def test_after_an_outage_of_three_weeks_there_is_one_run_and_it_says_what_was_missed():
    owner = staff("owner", SEE)
    schedule(owner, [staff("anna", SEE)])
    scheduling.look(at("2026-10-21 12:00"))
    work()
    run = ScheduledRun.objects.get()
    assert told() == [("anna", "2026-10-19")] and run.missed == 2
    assert "The 2 times before were missed" in mail.outbox[0].body
    assert told("amiss") == [("owner", "2026-10-19")]


@with_database
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


def refuse(message, *args, **kwargs):
    raise smtplib.SMTPServerDisconnected("secret")


@with_database
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


@with_database
def test_a_late_one_tells_its_owner_once(monkeypatch):
    schedule(staff("owner", SEE), [staff("anna", SEE)])
    scheduling.look(MONDAY)
    for minutes in (59, 61, 66):
        scheduling.look(MONDAY + timedelta(minutes=minutes))
        assert ScheduledTelling.objects.filter(kind="amiss").exists() == (minutes > 60)
    work()
    assert told("amiss") == [("owner", "2026-10-05")]


@with_database
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


@with_database
def test_an_owner_who_has_left_is_told_through_the_officers(settings):
    owner = staff("owner")
    owner.is_active = False
    owner.save()
    schedule(owner)
    scheduling.look(MONDAY)
    work()
    assert mail.outbox[0].to == [settings.OFFICERS_EMAIL]


@with_database
def test_a_paused_one_is_not_due():
    schedule(recipients=[staff("anna", SEE)], paused_at=STARTS)
    scheduling.look(MONDAY)
    assert not ScheduledRun.objects.exists()


@with_database
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


@with_database
def test_a_job_that_was_lost_is_queued_again():
    schedule(recipients=[staff("anna", SEE)])
    scheduling.look(MONDAY)
    ProcrastinateJob.objects.all()._raw_delete("default")
    scheduling.look(MONDAY + A_MINUTE)
    work()
    assert told() == [("anna", "2026-10-05")]


# The page of a run


@with_database
def test_the_link_leads_to_the_days_that_were_meant_when_it_was_due(client):
    anna = staff("anna", SEE)
    schedule(
        recipients=[anna],
        parameters={"period": "last-quarter", "by": "country"},
        **{**FIRST, "weekday": None},
    )
    scheduling.look(at("2026-10-01 08:00"))
    page = page_of(client, ScheduledRun.objects.get(), anna)
    address = page["Location"]
    assert address.startswith("/admin/reports/of/enquiries-by/?")
    assert "first=2026-07-01&last=2026-09-30" in address and "by=country" in address
    shown = client.get(address)
    period = shown.context["form"].cleaned_data["period"]
    assert (period.before().first, period.before().last) == (date(2026, 4, 1), date(2026, 6, 30))


@with_database
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("recipient", 302),
        ("owner", 302),
        ("manager", 302),
        ("colleague", 403),
        ("recipient no longer entitled", 403),
    ],
)
def test_it_opens_to_whom_it_is_meant_for_and_who_may_still_see_it(client, who, status):
    owner, anna = staff("owner", SEE), staff("anna", SEE)
    schedule(owner, [anna])
    scheduling.look(MONDAY)
    people = {"recipient": anna, "owner": owner, "recipient no longer entitled": anna}
    user = people.get(who) or staff(who, SEE, *(["reports.change_schedule"] if who == "manager" else []))
    if status == 403 and who != "colleague":
        user.user_permissions.clear()
    page = page_of(client, ScheduledRun.objects.get(), user)
    assert page.status_code == status
    if status == 403:
        assert "You may not see" in page.content.decode() or "not among" in page.content.decode()


@with_database
def test_it_needs_signing_in(client):
    schedule(recipients=[staff("anna", SEE)])
    scheduling.look(MONDAY)
    page = client.get(f"/admin/reports/runs/{ScheduledRun.objects.get().pk}/")
    assert (page.status_code == 302 and "login" in page["Location"]) or "sign-in" in page["Location"]


@with_database
def test_a_pack_is_told_of_to_who_may_see_any_of_it():
    owner = staff("owner", SEE)
    pack = BoardPack.objects.create(name="For the board", owner=owner)
    BoardPackReport.objects.create(pack=pack, report="enquiries-by")
    schedule(owner, [owner, staff("ben")], report="", pack=pack)
    scheduling.look(MONDAY)
    work()
    assert told() == [("owner", "2026-10-05")]


# Whatever happens

STEPS = some.sampled_from(["look", "work", "work while mail is down", "crash after sending"])


@with_database
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
