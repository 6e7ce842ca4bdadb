"""What officers do with an enquiry beyond correcting it: take it, give it, move it on, release it, merge it.

Every verb locks the enquiry first, then looks: two people at once act one after the other, and the second is told.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from enquiries import assignment, clock, emails
from enquiries.missing import missing_for
from enquiries.models import Enquiry, StageChange
from enquiries.models.stage import CLOSING, WAITING, Stage
from enquiries.stages import MOVES


class NotPossible(ValidationError):
    """The verb cannot be done as things stand; the sentence says why, and what to do."""


def locked(enquiry):
    """The enquiry as it stands now, held until the transaction ends."""
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)


@transaction.atomic
def release(enquiries, *, by):
    """Let held enquiries go on as if they had never been held: recorded, given to somebody, and acknowledged now; the
    clock has run since receipt. Returns their number; one that somebody else has released in the meantime is left
    alone."""
    held = list(
        Enquiry.objects.held()
        .open()
        .filter(pk__in=[enquiry.pk for enquiry in enquiries])
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    for enquiry in held:
        enquiry.released_at, enquiry.released_by = timezone.now(), by
        enquiry.save(update_fields=["released_at", "released_by"])
        assignment.assign_by_rule(enquiry)
        if enquiry.email:
            emails.queue_acknowledgement(enquiry)
    return len(held)


@transaction.atomic
def take(enquiry, *, by):
    """An officer takes an enquiry that nobody has. Of two at once one gets it; the other is told who has it."""
    enquiry = locked(enquiry)
    if enquiry.owner_id == by.pk:
        return enquiry
    if enquiry.owner_id:
        taken = enquiry.assignments.first()
        raise NotPossible(
            f"{enquiry.owner} has {enquiry.reference} since {_time(taken.at) if taken else 'earlier'}."
        )
    return assignment.assign(enquiry, officer=by, team=enquiry.team, why="Taken", by=by)


@transaction.atomic
def assign(enquiry, *, officer=None, team=None, why, by):
    """Give an enquiry to an officer, a team or both, with the reason; whoever gets it is told by mail."""
    if not why.strip():
        raise NotPossible("Say why it goes to somebody else.")
    return assignment.assign(locked(enquiry), officer=officer, team=team, why=why, by=by)


@transaction.atomic
def reassign(enquiries, *, officer=None, team=None, why, by):
    """Give many at once, a leaver's for example: all or none. Returns their number."""
    if not why.strip():
        raise NotPossible("Say why they go to somebody else.")
    found = Enquiry.objects.open().filter(pk__in=[enquiry.pk for enquiry in enquiries]).order_by("pk")
    for enquiry in (rows := list(found.select_for_update(of=("self",)))):
        assignment.assign(enquiry, officer=officer, team=team, why=why, by=by, tell=False)
    emails.queue_handed_over(rows, officer=officer, team=team, why=why, by=by)
    return len(rows)


@transaction.atomic
def move(enquiry, stage, *, shown=None, why="", by):
    """Move an enquiry to another stage, with its row and its mail. `shown` is the stage that the mover saw: where
    somebody else has moved it since, nothing is done. Returns the row, or None where it stands there already."""
    enquiry = locked(enquiry)
    stage = Stage(stage)
    if shown is not None and enquiry.stage not in {shown, stage}:
        raise NotPossible(
            f"Somebody has moved {enquiry.reference} to “{enquiry.get_stage_display()}” in the meantime. Look again."
        )
    if enquiry.stage == stage:
        return None
    if stage not in MOVES[Stage(enquiry.stage)]:
        raise NotPossible(f"From “{enquiry.get_stage_display()}” there is no way to “{stage.label}”.")
    if lacking := missing_for(enquiry, stage, why=why):
        raise NotPossible([f"{item.words} {item.do}" for item in lacking])
    return moved(enquiry, stage, why=why, by=by)


def moved(enquiry, stage, *, why="", heard_at=None, by):
    """The move itself, asked by `move` and by what moves an enquiry as its consequence. A wait ends when they were
    heard, however late that was noted. The caller holds the row."""
    at = timezone.now()
    before, enquiry.stage = enquiry.stage, stage
    if stage in WAITING and before not in WAITING:
        enquiry.waiting_since = at
        enquiry.waits.create(since=at)
    elif stage not in WAITING and before in WAITING:
        enquiry.waiting_since = None
        for wait in enquiry.waits.filter(until__isnull=True):
            wait.until = max(heard_at or at, wait.since)
            wait.save(update_fields=["until"])
    closes = stage in CLOSING
    enquiry.closed_at, enquiry.closed_why, enquiry.closed_by = (
        (at, why or stage.label, by) if closes else (None, "", None)
    )
    enquiry.save(update_fields=["stage", "waiting_since", "closed_at", "closed_why", "closed_by"])
    if (stage in WAITING) != (before in WAITING):
        clock.reckon(enquiry)
    row = StageChange.objects.create(
        enquiry=enquiry, from_stage=before, to_stage=stage, by=by, why=why, at=at
    )
    if enquiry.owner and by and enquiry.owner != by:
        emails.queue_moved(enquiry, row)
    return row


@transaction.atomic
def merge(enquiry, *, into, why="", by):
    """Close a duplicate into the enquiry that goes on. Merging never buys time: the clock of the other runs from the
    earlier receipt of the two, and what we owed the duplicate we owe there."""
    first, second = sorted([enquiry.pk, into.pk])
    if first == second:
        raise NotPossible("An enquiry cannot be merged into itself.")
    rows = {
        row.pk: row
        for row in Enquiry.objects.filter(pk__in=[first, second])
        .order_by("pk")
        .select_for_update(of=("self",))
    }
    enquiry, into = rows[enquiry.pk], rows[into.pk]
    if enquiry.closed_at:
        raise NotPossible(f"{enquiry.reference} is closed already.")
    if into.closed_at:
        raise NotPossible(f"{into.reference} is closed. Open it again before something is merged into it.")
    if into.is_held and not enquiry.is_held:
        raise NotPossible(f"{into.reference} is held. Release it before something is merged into it.")
    enquiry.merged_into = into
    words = f"Merged into {into.reference}." + (f" {why}" if why else "")
    moved(enquiry, Stage.NON_APPLICABLE, why=words, by=by)
    enquiry.save(update_fields=["merged_into"])
    clock.reckon(into)
    return into


def _time(moment):
    return f"{timezone.localtime(moment):%H:%M on %d %B}"
