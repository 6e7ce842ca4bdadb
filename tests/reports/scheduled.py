"""Schedules, their queue and who was told, for tests."""

import smtplib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from procrastinate.contrib.django.models import ProcrastinateJob

from enquiries.jobs import MailNotSent
from enquiries.working_time import USUAL_HOURS, Calendar
from reports import scheduling
from reports.jobs import tell
from reports.models import Schedule, ScheduledTelling, ScheduleRecipient
from tests.factories import staff

LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(USUAL_HOURS, frozenset({date(2026, 9, 1)}))
SEE = "enquiries.view_enquiry"
WEEKLY = {"frequency": "weekly", "weekday": 0}
MONTHLY_31 = {"frequency": "monthly", "day_of_month": 31}
FIRST = {"frequency": "first-working-day"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


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


def refuse(message, *args, **kwargs):
    raise smtplib.SMTPServerDisconnected("secret")
