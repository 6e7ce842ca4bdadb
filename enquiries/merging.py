"""A duplicate goes on in another enquiry, and can be parted from it again. Merging never buys time."""

from django.db import transaction

from enquiries import clock
from enquiries.models import Enquiry
from enquiries.models.stage import Stage
from enquiries.triage import NotPossible, moved
from partners.models import Interaction


@transaction.atomic
def merge(enquiry, *, into, why="", by):
    """Close a duplicate into the enquiry that goes on. The clock of the other runs from the earlier receipt of the two,
    and what we owed the duplicate we owe there."""
    if enquiry.pk == into.pk:
        raise NotPossible("An enquiry cannot be merged into itself.")
    enquiry, into = _both(enquiry, into)
    if lacking := against(enquiry, into):
        raise NotPossible(lacking)
    enquiry.merged_into = into
    words = f"Merged into {into.reference}." + (f" {why.strip()}" if why.strip() else "")
    moved(enquiry, Stage.NON_APPLICABLE, why=words, by=by)
    enquiry.save(update_fields=["merged_into"])
    clock.reckon(into)
    return into


def against(enquiry, into):
    """Why the one cannot be merged into the other; empty where it can."""
    reasons = []
    if enquiry.closed_at:
        reasons.append(f"{enquiry.reference} is closed already.")
    if into.closed_at:
        reasons.append(f"{into.reference} is closed. Open it again before something is merged into it.")
    if into.is_held and not enquiry.is_held:
        reasons.append(f"{into.reference} is held. Release it before something is merged into it.")
    if not reasons and _would_lose_its_answer(enquiry, into):
        reasons.append(
            f"Nobody has answered {enquiry.reference}, and {into.reference} had its last answer before "
            f"{enquiry.reference} came in. Answer first, then merge; or merge the other way round."
        )
    return reasons


def _would_lose_its_answer(enquiry, into):
    """Whether a question that nobody has answered would vanish behind an older answer."""
    if enquiry.first_reply_at or not into.first_reply_at:
        return False
    said = Interaction.objects.filter(
        pk__in=into.interaction_rows.values("interaction"),
        status=Interaction.Status.COMPLETE,
        reached=True,
        at__gte=enquiry.received_at,
    ).exclude(direction=Interaction.Direction.FROM_THEM)
    return not said.exists()


@transaction.atomic
def part(enquiry, *, why, by):
    """Undo a merger: the enquiry goes on by itself again, and each of the two owes what it owed. Returns the other."""
    if not why.strip():
        raise NotPossible("Say why the two are parted.")
    other = Enquiry.objects.filter(merged=enquiry).first()
    enquiry, other = _both(enquiry, other or enquiry)
    if enquiry.merged_into_id is None or enquiry.merged_into_id != other.pk:
        raise NotPossible(f"{enquiry.reference} is not merged into another.")
    enquiry.merged_into = None
    enquiry.save(update_fields=["merged_into"])
    stage = Stage.DIALOGUE if enquiry.first_reply_at and not enquiry.is_held else Stage.NEW
    moved(enquiry, stage, why=f"Parted from {other.reference}. {why.strip()}", by=by)
    if not other.closed_at:
        clock.reckon(other)
    return other


def _both(one, other):
    """The two as they stand now, locked in the order of their numbers, so that nobody waits for each other."""
    rows = Enquiry.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk").select_for_update(of=("self",))
    found = {row.pk: row for row in rows}
    return found[one.pk], found[other.pk]
