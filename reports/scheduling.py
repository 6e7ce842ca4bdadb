"""What is done with schedules that are due. Everything is chosen by “due and not done”: a run is a row, and so is each
mail about it, so a look that was missed loses nothing and two looks at once tell nobody twice."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from enquiries import working_time
from reports import catalogue, emails
from reports.models import Schedule, ScheduledRun, ScheduledTelling
from reports.schedules import due_times, since_when

TELL = "reports.tell"  # reports/jobs.py
LATE = timedelta(hours=1)
Kind = ScheduledTelling.Kind
NO_REPORT = "There is no such report any more."
RETIRED = "The board pack has been retired."
NOT_VALID = "Its parameters do not hold any more: {fields}."
NOBODY = "None of its recipients is at work, has an address and may see it."
OVERTAKEN = "The next one was due before everybody could be told."

logger = logging.getLogger(__name__)


def look(now=None):
    """Make the runs that are due, tell their people, and tell the owner of what is amiss. One that fails leaves the
    others alone, and the next look finds it."""
    now, calendar = now or timezone.now(), working_time.calendar()
    in_force = Schedule.objects.filter(paused_at__isnull=True, starts_at__lte=now)
    for pk in in_force.values_list("pk", flat=True):
        _safely(make_due, pk, now, calendar)
    for pk in ScheduledRun.objects.filter(done_at__isnull=True).values_list("pk", flat=True):
        _safely(attend, pk, now)
    for telling in _lost():
        _safely(send_later, telling)


def _safely(act, subject, *more):
    try:
        act(subject, *more)
    except Exception as error:
        number = getattr(subject, "pk", subject)
        logger.error("%s failed for %s: %s", act.__name__, number, type(error).__name__)


@transaction.atomic
def make_due(pk, now, calendar):
    """The run of the newest time at which a schedule was due since its last. After an outage it is the only one, and
    says how many were missed. What could not be told by then never is."""
    schedule = Schedule.objects.select_for_update(skip_locked=True).filter(pk=pk, paused_at=None).first()
    if schedule is None:
        return
    since = since_when(schedule, schedule.runs.aggregate(newest=Max("due_at"))["newest"])
    *missed, newest = list(due_times(schedule, since, now, calendar)) or [None]
    if newest is None:
        return
    schedule.runs.filter(done_at__isnull=True).update(done_at=now, error=OVERTAKEN)
    ScheduledRun.objects.create(schedule=schedule, due_at=newest, missed=len(missed))


@transaction.atomic
def attend(pk, now):
    """Write and queue the mails of a run, in one transaction with what it says of itself."""
    runs = ScheduledRun.objects.select_for_update(of=("self",), skip_locked=True)
    run = runs.select_related("schedule__owner", "schedule__pack").filter(pk=pk, done_at=None).first()
    if run is None:
        return
    failed = False
    if not run.tellings.filter(kind=Kind.DUE).exists():
        run.attempts += 1
        run.error = _begin(run)
        failed = bool(run.error)
    if run.owner_told_at is None and (failed or now - run.due_at > LATE):
        run.owner_told_at = now
        _queue(run, Kind.AMISS, [run.schedule.owner])
    run.save(update_fields=["attempts", "error", "parameters", "owner_told_at"])


def _begin(run):
    """Queue the mails to whoever may see the report; "" or why that is not possible."""
    schedule = run.schedule
    if why := _frozen(run):
        return why
    people = [row.user for row in schedule.recipients.select_related("user")]
    people = [user for user in people if user.email and may_see(schedule, user)]
    if not people:
        return NOBODY
    _queue(run, Kind.DUE, people)
    return ""


def _frozen(run):
    """Note the days that the run's period means; "" or why there is no report."""
    schedule = run.schedule
    if schedule.pack:
        run.parameters = {"on": run.due_at.isoformat()}
        return RETIRED if schedule.pack.retired_at else ""
    report = catalogue.BY_NAME.get(schedule.report)
    if report is None:
        return NO_REPORT
    form = report.asking(schedule.parameters, now=run.due_at)
    if not form.is_valid():
        return NOT_VALID.format(fields=", ".join(str(form.fields[name].label) for name in form.errors))
    run.parameters = form.frozen()
    return ""


def may_see(schedule, user):
    """Whether somebody may see what a schedule tells of: the report; of a pack, which leaves out the rest, any that
    they may take."""
    if schedule.pack is None:
        report = catalogue.BY_NAME.get(schedule.report)
        return bool(report and report.may_see(user))
    reports = (catalogue.BY_NAME.get(row.report) for row in schedule.pack.reports.all())
    return any(report and report.may_take(user) for report in reports)


def _queue(run, kind, people):
    for user in people:
        telling, first = ScheduledTelling.objects.get_or_create(
            run=run, user=user, kind=kind, defaults={"message_id": emails.new_message_id(run)}
        )
        if first:
            send_later(telling)


def send_later(telling):
    """A job for the mail, unless one waits; it goes with the transaction."""
    try:
        with transaction.atomic():
            job = app.configure_task(TELL, queue="mail", queueing_lock=f"telling {telling.pk}")
            job.defer(telling_id=telling.pk)
    except AlreadyEnqueued:
        return


def _lost():
    """Mails that are due and not sent; most have a job, which `send_later` finds."""
    unsent = ScheduledTelling.objects.filter(sent_at__isnull=True)
    return unsent.exclude(kind=Kind.DUE, run__done_at__isnull=False)


def send(telling_id, now=None):
    """Send one mail, unless it has been sent or its run is over. The row is locked meanwhile, so two jobs send once."""
    with transaction.atomic():
        rows = ScheduledTelling.objects.select_for_update(of=("self",))
        telling = rows.select_related("user", "run__schedule__pack").filter(pk=telling_id).first()
        if telling is None or telling.sent_at or (telling.kind == Kind.DUE and telling.run.done_at):
            return
        emails.message(telling).send()
        telling.sent_at = now or timezone.now()
        telling.attempts += 1
        telling.save(update_fields=["sent_at", "attempts"])
        if telling.kind == Kind.DUE:
            _told(telling.run_id, telling.sent_at)


def _told(pk, now):
    run = ScheduledRun.objects.select_for_update().get(pk=pk)
    due = run.tellings.filter(kind=Kind.DUE)
    run.told = due.filter(sent_at__isnull=False).count()
    if run.done_at is None and run.told == due.count():
        run.done_at, run.error = now, ""
    run.save(update_fields=["told", "done_at", "error"])


def note_failure(telling_id, error):
    """Why a mail could not be sent, where staff see it."""
    telling = ScheduledTelling.objects.get(pk=telling_id)
    telling.attempts += 1
    telling.save(update_fields=["attempts"])
    why = f"a mail could not be sent ({type(error).__name__}). It is tried again."
    ScheduledRun.objects.filter(pk=telling.run_id, done_at__isnull=True).update(error=why)
