"""Contact with the investor as rows: what we said, what they answered, whether it reached them.

The database reckons the first reply from these rows (docs/decisions/0007); here stands what else follows from them.
"""

from django.db import transaction
from django.utils import timezone

from enquiries import triage
from enquiries.models import EnquiryInteraction, EnquiryNote
from enquiries.models.stage import CLOSING, WAITING, Stage
from enquiries.triage import NotPossible, locked, moved
from partners.models import Interaction, InteractionOrganisation, InteractionParticipant, InteractionPerson
from publishing.text.normal_form import normal_line

FROM_US, FROM_THEM = Interaction.Direction.FROM_US, Interaction.Direction.FROM_THEM
CONVERSATION = Interaction.Direction.CONVERSATION


@transaction.atomic
def log_contact(enquiry, *, channel, direction, at, subject, notes="", reached=True, then_wait=False, by):
    """Log a contact that took place outside the system: a call, a meeting, a letter. One that reached them from us is
    the first reply where there was none; one from them ends a wait. An enquiry that nobody has goes to whoever spoke
    for us. The same contact logged twice (a button pressed twice) is one. Returns the interaction."""
    enquiry = locked(enquiry)
    if not subject.strip():
        raise NotPossible("Say what it was about, in a line.")
    if enquiry.is_held and direction != FROM_THEM:
        raise NotPossible("It is held. Release it first, so that it has its acknowledgement and its officer.")
    if at > timezone.now():
        raise NotPossible("A contact is logged when it has taken place: the time is still to come.")
    if enquiry.received_at.replace(second=0, microsecond=0) <= at < enquiry.received_at:
        at = enquiry.received_at  # told to the minute, and it was the same one
    if at < enquiry.received_at and direction != FROM_THEM:
        raise NotPossible(
            "That is before the enquiry came in. An earlier contact answers an earlier enquiry."
        )
    facts = {"channel": channel, "direction": direction, "at": at, "subject": normal_line(subject)[:250]}
    if again := _logged_before(enquiry, by=by, **facts):
        return again
    has_owner = enquiry.owner is not None and enquiry.owner.is_active
    if direction != FROM_THEM and by is not None and not has_owner and not enquiry.closed_at:
        enquiry = triage.take(enquiry, by=by)
    interaction = recorded(enquiry, **facts, notes=notes, reached=reached, by=by)
    followed(enquiry, interaction, then_wait=then_wait, by=by)
    return interaction


def _logged_before(enquiry, *, by, **facts):
    rows = enquiry.interaction_rows.filter(
        interaction__logged_by=by, **{f"interaction__{name}": value for name, value in facts.items()}
    )
    row = rows.select_related("interaction").first()
    return row and row.interaction


def recorded(enquiry, *, channel, direction, at, subject, notes="", reached=True, by):
    """The interaction with who took part, tied to the enquiry. The caller holds the row and tells what follows."""
    interaction = Interaction.objects.create(
        channel=channel,
        direction=direction,
        at=at,
        subject=subject[:250],
        notes=notes,
        reached=reached,
        counterpart=", ".join(filter(None, [enquiry.full_name.strip(), enquiry.organisation]))[:250],
        logged_by=by,
    )
    if enquiry.person_id:
        InteractionPerson.objects.create(interaction=interaction, person_id=enquiry.person_id)
    if enquiry.known_organisation_id:
        InteractionOrganisation.objects.create(
            interaction=interaction, organisation_id=enquiry.known_organisation_id
        )
    if by is not None and direction != FROM_THEM:
        InteractionParticipant.objects.create(interaction=interaction, adviser=by)
    EnquiryInteraction.objects.create(enquiry=enquiry, interaction=interaction)
    enquiry.refresh_from_db(fields=["first_reply_at", "state"])
    return interaction


def followed(enquiry, interaction, *, then_wait=False, by):
    """Where a contact leaves the enquiry: their answer ends a wait and opens what was closed; ours begins a dialogue,
    or a wait for them."""
    stage = Stage(enquiry.stage)
    heard = interaction.direction != FROM_US and interaction.reached
    if heard and (stage in WAITING or (stage in CLOSING and enquiry.merged_into_id is None)):
        why = f"{interaction.get_channel_display()}: they answered."
        moved(enquiry, Stage.DIALOGUE, why=why, heard_at=interaction.at, by=by)
    elif interaction.direction != FROM_THEM and interaction.reached and stage in {Stage.NEW, Stage.DIALOGUE}:
        next_stage = Stage.AWAITING if then_wait else Stage.DIALOGUE
        if next_stage != stage:
            why = (
                f"{interaction.get_channel_display()}: we reached them."  # not the subject, which is private
            )
            moved(enquiry, next_stage, why=why, by=by)


@transaction.atomic
def note(enquiry, text, *, by):
    """Write something down for colleagues. It stops no clock."""
    if not text.strip():
        raise NotPossible("Write the note first.")
    return EnquiryNote.objects.create(enquiry=enquiry, text=text.strip(), by=by)
