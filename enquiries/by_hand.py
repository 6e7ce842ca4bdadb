"""Enquiries that reached us by another way than the form: a call, a meeting, a letter, a mail. Entered by an officer,
owed what every enquiry is owed from the moment it was received."""

import uuid

from django.db import transaction
from django.utils import timezone

from enquiries import assignment, clock, emails
from enquiries.intake import COLUMNS, earlier_from_sender, in_turn, obligations, senders_in_turn
from enquiries.models import (
    Enquiry,
    EnquiryConsent,
    EnquiryNote,
    EnquiryOpportunity,
    Sector,
    StageChange,
)
from enquiries.models.enquiry import digest_of
from enquiries.triage import NotPossible, locked
from opportunities.models import Opportunity
from publishing import languages
from publishing.desk.display import day_of


@transaction.atomic
def enter(form, *, by):
    """The enquiry of a valid form. The same content under the same key is the same: a double click makes one."""
    content, key = form.cleaned_data, form.key or uuid.uuid4()
    in_turn(key)
    digest = digest_of(
        {name: str(value) for name, value in content.items() if name not in {"submission_key"}}
    )
    if there := Enquiry.objects.under_key(key).filter(content_digest=digest).first():
        return there
    enquiry = received(
        received_at=content["received_at"],
        channel=content["channel"],
        original=form.typed,
        columns={name: content[name] for name in COLUMNS if name in content},
        submission_key=key,
        content_digest=digest,
        language=languages.SOURCE,
        by=by,
    )
    enquiry.sectors.set(Sector.objects.filter(key__in=content["sectors"]))
    EnquiryOpportunity.objects.bulk_create(
        EnquiryOpportunity(enquiry=enquiry, opportunity=opportunity)
        for opportunity in Opportunity.objects.facts().filter(slug__in=content["opportunities"])
    )
    EnquiryConsent.objects.bulk_create(
        EnquiryConsent(
            enquiry=enquiry,
            kind=kind,
            given=given,
            wording=content["consent_wording"],
            language=content["reply_language"],
            at=content["received_at"],
        )
        for kind, given in form.consents
    )
    given_out(enquiry, acknowledge=content["acknowledge"])
    return enquiry


def received(*, received_at, channel, original, columns, by, **more):
    """The row of an enquiry that staff enter, with its first stage and the link to the sender's earlier one."""
    sender = {name: columns.get(name, "") for name in ("email", "telephone")}
    senders_in_turn(**sender)
    follows, why = earlier_from_sender(**sender)
    enquiry = Enquiry.objects.create(
        received_at=received_at,
        **obligations(received_at),
        channel=channel,
        original=original,
        entered_by=by,
        follows=follows,
        follows_why=why,
        **columns,
        **more,
    )
    StageChange.objects.create(enquiry=enquiry, to_stage=enquiry.stage, by=by, at=received_at)
    return enquiry


def given_out(enquiry, *, acknowledge):
    """Give a new enquiry to whom the rules say and, where that is asked for, acknowledge it: not with a promise that is
    over already."""
    assignment.assign_by_rule(enquiry)
    if acknowledge and enquiry.email and enquiry.promised_by > timezone.now():
        emails.queue_acknowledgement(enquiry)


@transaction.atomic
def correct_receipt(enquiry, at, *, why, by):
    """Correct when an enquiry was received, with the reason. Everything owed is reckoned anew; what the sender was
    promised stays as they were told, and the reference as it is."""
    enquiry = locked(enquiry)
    if not why.strip():
        raise NotPossible("Say why the time was wrong.")
    if enquiry.channel == Enquiry.Channel.WEBSITE:
        raise NotPossible("It came by the website, which noted the time itself.")
    if at > timezone.now():
        raise NotPossible("That is still to come. An enquiry is received when it is received.")
    if enquiry.first_reply_at and at > enquiry.first_reply_at:
        raise NotPossible("We answered before that. Correct the time of the contact first.")
    if at == enquiry.received_at:
        return enquiry
    before, enquiry.received_at = enquiry.received_at, at
    enquiry.save(update_fields=["received_at"])
    EnquiryNote.objects.create(
        enquiry=enquiry,
        by=by,
        text=f"Time of receipt corrected from {_said(before)} to {_said(at)}. {why.strip()}",
    )
    _reckon_with_what_it_went_into(enquiry)
    return enquiry


def _reckon_with_what_it_went_into(enquiry):
    clock.reckon(enquiry)
    seen = {enquiry.pk}
    while enquiry.merged_into_id and enquiry.merged_into_id not in seen:
        seen.add(enquiry.merged_into_id)
        enquiry = locked(enquiry.merged_into)
        clock.reckon(enquiry)


@transaction.atomic
def details_checked(enquiry, *, by):
    """An officer has compared the details with what came, and says so."""
    enquiry = locked(enquiry)
    if enquiry.details_to_check:
        enquiry.details_to_check = False
        enquiry.save(update_fields=["details_to_check"])
        EnquiryNote.objects.create(enquiry=enquiry, by=by, text="Details checked against what came in.")
    return enquiry


def _said(moment):
    return f"{timezone.localtime(moment):%H:%M} on {day_of(moment)}"
