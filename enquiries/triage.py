"""What officers do with an enquiry beyond correcting it: take it, give it, move it on, release it. Merging is in
merging.py, a leaver's work in handover.py.

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
    """An officer takes an enquiry that nobody has, or whose officer has left. Of two at once one gets it; the other is
    told who has it since when."""
    enquiry = locked(enquiry)
    if enquiry.owner_id == by.pk:
        return enquiry
    if enquiry.owner and enquiry.owner.is_active:
        taken = enquiry.assignments.first()
        since = f"since {_time(taken.at)}" if taken else "already"
        raise NotPossible(f"{enquiry.owner} has {enquiry.reference} {since}.")
    why = f"Taken; {enquiry.owner} has left." if enquiry.owner else "Taken."
    return assignment.assign(enquiry, officer=by, team=enquiry.team, why=why, by=by)


@transaction.atomic
def assign(enquiry, *, officer=None, team=None, why, by):
    """Give an enquiry to an officer, a team or both, with the reason; whoever gets it is told by mail."""
    check_receiver(officer, team, why)
    return assignment.assign(locked(enquiry), officer=officer, team=team, why=why, by=by)


def check_receiver(officer, team, why):
    """Work is given to people who are there, and for a reason."""
    if not why.strip():
        raise NotPossible("Say why it goes to somebody else.")
    if officer and not officer.is_active:
        raise NotPossible(f"{officer} has left. Choose somebody else.")
    if team and team.retired_at:
        raise NotPossible(f"{team} is retired. Choose another team.")


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
    if enquiry.merged_into:
        raise NotPossible(
            f"{enquiry.reference} is merged into {enquiry.merged_into.reference}. Part the two before it moves on."
        )
    if stage not in MOVES[Stage(enquiry.stage)]:
        raise NotPossible(f"From “{enquiry.get_stage_display()}” there is no way to “{stage.label}”.")
    if lacking := missing_for(enquiry, stage, why=why):
        raise NotPossible([f"{item.words} {item.do}" for item in lacking])
    return moved(enquiry, stage, why=why, by=by)


def moved(enquiry, stage, *, why="", heard_at=None, by):
    """The move itself, asked by `move` and by what moves an enquiry as its consequence. A wait ends when they were
    heard, however late that was noted. The caller holds the row."""
    at = timezone.now()
    before, enquiry.stage = Stage(enquiry.stage), Stage(stage)
    if stage in WAITING and before not in WAITING:
        enquiry.waiting_since = at
        enquiry.waits.create(since=at)
    elif stage not in WAITING and before in WAITING:
        enquiry.waiting_since = None
        for wait in enquiry.waits.filter(until__isnull=True):
            wait.until = max(heard_at or at, wait.since)
            wait.save(update_fields=["until"])
    elif before in CLOSING and heard_at and enquiry.first_reply_at:
        # They were answered and silent; what they did not say until now is no delay of ours.
        enquiry.waits.create(since=enquiry.closed_at, until=max(heard_at, enquiry.closed_at))
    closing = (at, why or enquiry.stage.label, by) if stage in CLOSING else (None, "", None)
    enquiry.closed_at, enquiry.closed_why, enquiry.closed_by = closing
    enquiry.save(update_fields=["stage", "waiting_since", "closed_at", "closed_why", "closed_by"])
    if (stage in WAITING) != (before in WAITING) or before in CLOSING:
        clock.reckon(enquiry)
    row = StageChange.objects.create(
        enquiry=enquiry, from_stage=before, to_stage=stage, by=by, why=why, at=at
    )
    if enquiry.owner and by and enquiry.owner != by:
        emails.queue_moved(enquiry, row, to=assignment.told_for(enquiry.owner, None))
    return row


def _time(moment):
    return f"{timezone.localtime(moment):%H:%M on %-d %B}"
