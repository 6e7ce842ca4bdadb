"""The clock of an enquiry: what we owe it, and by when.

Two obligations run from receipt in working time: a first reply by a person, and qualification, which stands still while
we wait for the investor. What is reckoned is stored, so that a list of any size is sorted by it; whatever moves an
input (receipt, merger, wait, calendar, target) calls `reckon`, or `reckon_open` for all.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from enquiries.models import Enquiry, ResponseTarget
from enquiries.working_time import Calendar, calendar

REPLY, QUALIFICATION = ResponseTarget.Obligation.REPLY, ResponseTarget.Obligation.QUALIFICATION
# Hours to meet it, and before that to warn officer and manager, where nobody has set a target.
USUAL_TARGETS = {REPLY: (16, 4, 2), QUALIFICATION: (80, 16, 8)}
DUE = ["reply_due_at", "qualification_due_at"]
PORTION = 1000


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


def started(enquiry):
    """When the clock began: at receipt, or at the earliest receipt of what was merged into it, and into that."""
    earliest, found = enquiry.received_at, [enquiry.pk]
    while found:
        rows = list(Enquiry.objects.filter(merged_into__in=found).values_list("pk", "received_at"))
        found = [pk for pk, _ in rows]
        earliest = min([earliest, *(received for _, received in rows)])
    return earliest


def reckon(enquiry, clock=None):
    """Write when this enquiry's obligations fall due. The caller holds its row."""
    clock = clock or Clock.now_in_force()
    start = started(enquiry)
    waits = list(enquiry.waits.values_list("since", "until"))
    enquiry.reply_due_at = clock.reply_due(start)
    enquiry.qualification_due_at = clock.qualification_due(start, waits)
    enquiry.save(update_fields=DUE)


@transaction.atomic
def reckon_open():
    """Reckon every open enquiry again, as calendar and targets now are. Returns how many there were."""
    clock = Clock.now_in_force()
    has_merged = Exists(Enquiry.objects.filter(merged_into=OuterRef("pk")))
    open_ones = Enquiry.objects.open().order_by("pk").defer("original", "plans").prefetch_related("waits")
    number, last = 0, 0
    while portion := list(
        open_ones.filter(pk__gt=last)
        .annotate(has_merged=has_merged)
        .select_for_update(of=("self",))[:PORTION]
    ):
        for enquiry in portion:
            start = started(enquiry) if enquiry.has_merged else enquiry.received_at
            waits = [(wait.since, wait.until) for wait in enquiry.waits.all()]
            enquiry.reply_due_at = clock.reply_due(start)
            enquiry.qualification_due_at = clock.qualification_due(start, waits)
        Enquiry.objects.bulk_update(portion, DUE)
        number, last = number + len(portion), portion[-1].pk
    return number
