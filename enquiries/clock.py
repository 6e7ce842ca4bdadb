"""The clock of an enquiry: what we owe it, and by when.

Two obligations run from receipt in working time: a first reply by a person, and qualification, which stands still while
we wait for the investor. What is reckoned is stored, so that a list of any size is sorted by it; whatever moves an
input (receipt, merger, wait, calendar, target) calls `reckon`, or `reckon_open` for all.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from procrastinate.contrib.django import app

from enquiries.models import Enquiry, ResponseTarget, Wait
from enquiries.working_time import Calendar, calendar

REPLY, QUALIFICATION = ResponseTarget.Obligation.REPLY, ResponseTarget.Obligation.QUALIFICATION
# Hours to meet it, and before that to warn officer and manager, where nobody has set a target.
USUAL_TARGETS = {REPLY: (16, 4, 2), QUALIFICATION: (80, 16, 8)}
DUE = ["reply_due_at", "qualification_due_at"]
RECKON = "enquiries.reckon_open"  # enquiries/jobs.py
AT_ONCE = 1000  # more than that would keep whoever saves waiting
MEANWHILE = timedelta(minutes=1)
PORTION = 1000
WRITE = """
UPDATE enquiries_enquiry e SET reply_due_at = reckoned.reply, qualification_due_at = reckoned.qualification
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS reckoned (id, reply, qualification)
WHERE e.id = reckoned.id
"""


@dataclass(frozen=True)
class Target:
    """Working time to meet an obligation in, and how long before officer and manager are warned."""

    within: timedelta
    warn_officer: timedelta
    warn_manager: timedelta


@dataclass(frozen=True)
class Clock:
    """The calendar and the targets of one moment, read once for any number of enquiries."""

    calendar: Calendar
    targets: dict

    @classmethod
    def now_in_force(cls):
        rows = {
            row.obligation: (row.hours, row.warn_officer_hours, row.warn_manager_hours)
            for row in ResponseTarget.objects.all()
        }
        targets = {
            obligation: Target(*(timedelta(hours=hours) for hours in rows.get(obligation, usual)))
            for obligation, usual in USUAL_TARGETS.items()
        }
        return cls(calendar(), targets)

    def reply_due(self, started):
        return self.calendar.after(started, self.targets[REPLY].within)

    def qualification_due(self, started, waits):
        """None while a wait is open. `waits` are (since, until) pairs."""
        if any(until is None for _, until in waits):
            return None
        return self.calendar.after(started, self.targets[QUALIFICATION].within, waits)

    def due(self, started, waits):
        """(when the first reply is due, when qualification is)."""
        return self.reply_due(started), self.qualification_due(started, waits)


def started(enquiry):
    """When the clock began: at receipt, or at the earliest receipt of what was merged into it, and into that."""
    return _starts([enquiry])[enquiry.pk]


def reckon(enquiry, clock=None):
    """Write when this enquiry's obligations fall due. The caller holds its row."""
    clock = clock or Clock.now_in_force()
    waits = list(enquiry.waits.values_list("since", "until"))
    enquiry.reply_due_at, enquiry.qualification_due_at = clock.due(started(enquiry), waits)
    enquiry.save(update_fields=DUE)


def reckon_open():
    """Reckon every open enquiry again, as calendar and targets now are, portion by portion: a job's portions are each
    kept, an admin's save keeps all or none. Only what moves is written. Returns how many are open."""
    clock = Clock.now_in_force()
    pks = list(Enquiry.objects.open().order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(pks), PORTION):
        _reckon_portion(pks[first : first + PORTION], clock)
    return len(pks)


def calendar_changed():
    """Calendar or targets have changed: reckon every open enquiry again, in the transaction of the change, or as its
    job where they are many. Returns their number, and whether it is done. A job follows in any case, for what came in
    meanwhile and still saw the calendar of before."""
    number = Enquiry.objects.open().count()
    done = number <= AT_ONCE
    if done:
        number = reckon_open()
    wait = MEANWHILE if done else timedelta()
    task = app.configure_task(RECKON, queue="reckoning", lock=RECKON, schedule_in={"seconds": wait.seconds})
    task.defer()
    return number, done


@transaction.atomic
def _reckon_portion(pks, clock):
    rows = Enquiry.objects.open().filter(pk__in=pks).order_by("pk").select_for_update(of=("self",))
    enquiries = list(rows.only("pk", "received_at", *DUE))
    starts, waits = _starts(enquiries), defaultdict(list)
    for pk, since, until in Wait.objects.filter(enquiry__in=pks).values_list("enquiry", "since", "until"):
        waits[pk].append((since, until))
    moved = []
    for enquiry in enquiries:
        due = clock.due(starts[enquiry.pk], waits[enquiry.pk])
        if due != (enquiry.reply_due_at, enquiry.qualification_due_at):
            moved.append((enquiry.pk, *due))
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [list(column) for column in zip(*moved, strict=True)])


def _starts(enquiries):
    """{pk: when its clock began}, in as many queries as mergers follow upon each other."""
    starts = {enquiry.pk: enquiry.received_at for enquiry in enquiries}
    leads_to = {pk: pk for pk in starts}
    while leads_to:
        merged = Enquiry.objects.filter(merged_into__in=list(leads_to))
        found = list(merged.values_list("pk", "merged_into", "received_at"))
        leads_to = {pk: leads_to[into] for pk, into, _ in found}
        for pk, _, received_at in found:
            starts[leads_to[pk]] = min(starts[leads_to[pk]], received_at)
    return starts
