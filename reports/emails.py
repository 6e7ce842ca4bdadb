"""The mails of schedules, to staff and in English: a link and no figure, and nothing about a person."""

from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from publishing import languages
from publishing.formats import format_datetime
from reports import catalogue, schedules
from reports.display import LONDON_ALONE
from reports.models import ScheduledTelling


def new_message_id(run):
    """A Message-ID of ours, made once for each run and recipient."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return make_msgid(idstring=f"report-run-{run.pk}", domain=domain)


def message(telling):
    """The mail as it goes. It says that it is automatic, so that nobody's absence notice answers it. What an owner
    without an address ought to know goes to the officers."""
    with translation.override(languages.SOURCE):
        text = render_to_string(f"reports/mail/{telling.kind}.en.txt", _about(telling.run))
    subject, _, body = text.partition("\n\n")
    user = telling.user
    out_of_reach = telling.kind == ScheduledTelling.Kind.AMISS and not (user.is_active and user.email)
    return EmailMessage(
        subject=" ".join(subject.split())[:200],
        body=f"{body.strip()}\n",
        to=[settings.OFFICERS_EMAIL if out_of_reach else user.email],
        headers={
            "Message-ID": telling.message_id,
            "Content-Language": languages.SOURCE,
            "Auto-Submitted": "auto-generated",
        },
    )


def _about(run):
    schedule = run.schedule
    report = catalogue.BY_NAME.get(schedule.report)
    return {
        "schedule": schedule,
        "title": schedule.pack or (report and report.title) or schedule.report,
        "run": run,
        "due": format_datetime(run.due_at, languages.SOURCE, LONDON_ALONE),
        "often": schedules.in_words(schedule),
        "address": settings.SITE_URL + reverse("admin:report_run", args=[run.pk]),
        "schedule_address": settings.SITE_URL + reverse("admin:reports_schedule_change", args=[schedule.pk]),
    }
