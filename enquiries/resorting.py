"""Putting right what an uploaded mail was taken for. Nothing is lost: the mail, its words and every row stay, in the
enquiry where they belong, with a note in both."""

from django.db import transaction

from enquiries import by_hand, clock, conversation, eml, incoming, merging
from enquiries.models import Enquiry, EnquiryInteraction, IncomingMail, Reply
from enquiries.models.stage import Stage
from enquiries.triage import NotPossible, locked, moved
from partners.contacts import own_domain

BECAME = IncomingMail.Became


@transaction.atomic
def is_new(row, *, by):
    """It is an enquiry of its own after all. The clock runs from its receipt, as if it had been one from the start."""
    row = _row(row)
    if row.became == BECAME.ENQUIRY:
        raise NotPossible(f"It is a new enquiry already: {row.enquiry.reference}.")
    mail = eml.read(bytes(row.raw))
    before = locked(row.enquiry)
    _take_back_the_bounce(row, before)
    enquiry = incoming.enquiry_of(mail, row.received_at, f"{row.digest[:56]}resorted", by=by)
    _carry(row, enquiry)
    row.enquiry, row.became = enquiry, BECAME.ENQUIRY
    row.save(update_fields=["enquiry", "became"])
    by_hand.given_out(enquiry, acknowledge=False)
    conversation.note(before, f"A mail that was taken as part of this is {enquiry.reference} now.", by=by)
    conversation.note(enquiry, f"The mail was first taken as part of {before.reference}.", by=by)
    return enquiry


@transaction.atomic
def belongs_to(row, enquiry, *, by):
    """It is an answer in another enquiry. One that was made of it is merged into that one."""
    row = _row(row)
    if enquiry.pk == row.enquiry_id:
        raise NotPossible(f"It is part of {enquiry.reference} already.")
    if enquiry.merged_into_id:
        raise NotPossible(f"{enquiry.reference} was merged into {enquiry.merged_into}. Name that one.")
    if row.became == BECAME.ENQUIRY and row.enquiry.closed_at:
        raise NotPossible(f"{row.enquiry.reference} is closed already. Open it again first.")
    before, was_enquiry = row.enquiry, row.became == BECAME.ENQUIRY
    for pk in sorted([before.pk, enquiry.pk]):
        locked(Enquiry(pk=pk))
    enquiry = locked(enquiry)
    _take_back_the_bounce(row, before)
    mail = eml.read(bytes(row.raw))
    row.enquiry, row.became = enquiry, BECAME.ANSWER
    if row.interaction_id:
        EnquiryInteraction.objects.filter(interaction=row.interaction_id).update(enquiry=enquiry)
        if not mail.is_automatic:
            conversation.followed(enquiry, row.interaction, by=by)
    else:
        row.interaction = incoming.answer_of(mail, row, by=by)
    row.save(update_fields=["enquiry", "became", "interaction"])
    conversation.note(enquiry, f"A mail that was taken as {before.reference} is part of this.", by=by)
    if was_enquiry:
        _merge(before, enquiry, mail, by)
    else:
        conversation.note(
            before, f"A mail that was taken as part of this belongs to {enquiry.reference}.", by=by
        )
    return enquiry


def _merge(enquiry, into, mail, by):
    """What the sender themselves wrote there is no question that could be lost behind an older answer: it answers that
    one. Of anybody else the rule of mergers holds."""
    domain = own_domain(mail.from_address)
    same = mail.from_address and mail.from_address.lower() == into.email.lower()
    if not same and not (domain and domain == own_domain(into.email)):
        merging.merge(enquiry, into=into, why="The mail is an answer there.", by=by)
        return
    enquiry = locked(enquiry)
    enquiry.merged_into = into
    moved(
        enquiry,
        Stage.NON_APPLICABLE,
        why=f"Merged into {into.reference}. The mail is an answer there.",
        by=by,
    )
    enquiry.save(update_fields=["merged_into"])
    clock.reckon(into)


def _row(row):
    return IncomingMail.objects.select_for_update(of=("self",)).select_related("enquiry").get(pk=row.pk)


def _carry(row, enquiry):
    """The interaction goes with the mail that it is of."""
    if row.interaction_id:
        EnquiryInteraction.objects.filter(interaction=row.interaction_id).update(enquiry=enquiry)


def _take_back_the_bounce(row, enquiry):
    """What was said not to have arrived has arrived, unless another report says otherwise."""
    if row.became != BECAME.BOUNCE:
        return
    for reply in Reply.objects.filter(enquiry=enquiry, not_reached_at=row.received_at).select_related(
        "interaction"
    ):
        reply.not_reached_at, reply.not_reached_why = None, ""
        reply.save(update_fields=["not_reached_at", "not_reached_why"])
        if reply.interaction_id:
            reply.interaction.reached = True
            reply.interaction.save(update_fields=["reached"])
