"""Receiving an enquiry from the public form: stored with everything that belongs to it, once."""

import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from enquiries import assignment, emails, suspicion
from enquiries.clock import Clock
from enquiries.models import Enquiry, EnquiryConsent, EnquiryOpportunity, Sector, StageChange
from enquiries.models.enquiry import digest_of
from opportunities.models import Opportunity

COLUMNS = [
    *("given_name", "family_name", "job_title", "email", "telephone", "organisation", "website", "country"),
    *("reply_language", "plans", "how_heard"),
]
CAMPAIGN = ["utm_source", "utm_medium", "utm_campaign"]


@dataclass(frozen=True)
class Circumstances:
    """What came with a submission beside the answers: language of the form, trap, campaign, page before, and the
    opportunities with which the form was opened."""

    language: str
    trap: str = ""
    campaign: tuple = ("", "", "")
    page: str = ""
    shortlist: tuple = ()


@transaction.atomic
def receive(form, circumstances):
    """The enquiry that a valid form makes, its mails queued. The same content under the same key is the same enquiry,
    also when both arrive at one instant; another content is a second one that follows the first."""
    key = form.key or uuid.uuid4()
    content = {name: form.cleaned_data[name] for name in [*COLUMNS, "sectors", "opportunities"]}
    content |= {"consents": [given for _, given, _ in form.consents]}
    digest = digest_of(content)
    in_turn(key)
    first = None
    for earlier in Enquiry.objects.under_key(key):
        first = first or earlier
        if earlier.content_digest == digest:
            return earlier
    sender = content_of_sender(content)
    senders_in_turn(**sender)
    follows, why = (first, "The same form") if first else earlier_from_sender(**sender)
    enquiry = _stored(
        form,
        circumstances,
        submission_key=key,
        content_digest=digest,
        follows=follows,
        follows_why=why,
    )
    emails.queue_notice(enquiry)
    if not enquiry.is_held:
        assignment.assign_by_rule(enquiry)
        emails.queue_acknowledgement(enquiry)
    return enquiry


def obligations(received_at):
    """What is promised to whoever wrote at that moment, and when it is due by our own targets."""
    clock = Clock.now_in_force()
    return {
        "promised_by": clock.calendar.promised_by(received_at),
        "reply_due_at": clock.reply_due(received_at),
        "qualification_due_at": clock.qualification_due(received_at, []),
    }


def content_of_sender(content):
    return {name: content[name] for name in ("email", "telephone")}


def earlier_from_sender(*, email, telephone):
    """(the newest enquiry of the same sender, why we think so), or (None, ""). Found by e-mail address, otherwise by
    telephone; a link for people to look at, which changes neither enquiry."""
    newest = Enquiry.objects.only("pk", "reference").order_by("-pk")
    if email and (found := newest.annotate(address=Lower("email")).filter(address=email.lower()).first()):
        return found, "The same e-mail address"
    if telephone and (found := newest.filter(telephone=telephone).first()):
        return found, "The same telephone number"
    return None, ""


def senders_in_turn(*, email, telephone):
    """Two enquiries of one sender at one instant are entered one after the other, so that the second knows of the
    first. Asked for in one order by all, so that nobody waits in a circle."""
    for sender in sorted(filter(None, [email.lower(), telephone])):
        in_turn(sender)


def in_turn(key):
    """What is done under one key waits for each other until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"enquiries {key}"])


def _stored(form, circumstances, **keys):
    now = timezone.now()
    reasons = suspicion.reasons(trap=circumstances.trap, started=form.cleaned_data["started"], key=form.key)
    enquiry = Enquiry.objects.create(
        received_at=now,
        **obligations(now),
        language=circumstances.language,
        page=circumstances.page,
        shortlist=list(circumstances.shortlist),
        original=form.typed,
        held_at=now if reasons else None,
        held_why="\n".join(reasons),
        **{name: form.cleaned_data[name] for name in COLUMNS},
        **dict(zip(CAMPAIGN, circumstances.campaign, strict=True)),
        **keys,
    )
    enquiry.sectors.set(Sector.objects.filter(key__in=form.cleaned_data["sectors"]))
    asked_about = Opportunity.objects.facts().filter(slug__in=form.cleaned_data["opportunities"])
    EnquiryOpportunity.objects.bulk_create(
        EnquiryOpportunity(enquiry=enquiry, opportunity=opportunity) for opportunity in asked_about
    )
    EnquiryConsent.objects.bulk_create(
        EnquiryConsent(
            enquiry=enquiry, kind=kind, given=given, wording=wording, language=circumstances.language, at=now
        )
        for kind, given, wording in form.consents
    )
    StageChange.objects.create(enquiry=enquiry, to_stage=enquiry.stage, by=None, at=now)
    return enquiry
