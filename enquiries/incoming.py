"""A mail that an officer uploads: an answer to an enquiry, a report that a reply did not arrive, or a new enquiry.

Which it is, the Message-IDs tell that it answers or reports on, or our reference in its subject where the sender is the
same; it is never guessed from words. The reason is shown,
and enquiries/resorting.py puts it right where it was wrong. The bytes are kept as they came; nothing is looked up.
"""

import hashlib
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from enquiries import by_hand, conversation, eml, mail_servers, replies
from enquiries.intake import in_turn
from enquiries.models import Enquiry, EnquiryMail, IncomingMail
from enquiries.models.enquiry import PLANS_LIMIT
from enquiries.sender import language_of, name_parts
from enquiries.triage import NotPossible, locked
from partners.contacts import normal_email
from partners.models import Interaction

BECAME = IncomingMail.Became
REFERENCE = re.compile(r"\bENQ-\d{4}-\d{4,12}\b", re.ASCII)  # in Korean a particle follows without a blank
TO_THEM = [EnquiryMail.Kind.ACKNOWLEDGEMENT, EnquiryMail.Kind.REPLY]
MOST_BYTES = 25 * 1024 * 1024
TOO_LARGE = "The file is larger than 25 MB. Save the mail without its attachments, and upload that."


@dataclass
class TakenIn:
    """What became of an upload: the row, whether it is new, and what the officer is told."""

    row: IncomingMail
    is_new: bool = True
    said: list = field(default_factory=list)


@transaction.atomic
def take_in(raw, *, acknowledge=False, by):
    """Take a mail in, once: the same bytes or the same Message-ID lead to what it is already. Raises eml.NotAMail, and
    NotPossible where the mail is one of ours."""
    mail = eml.read(raw)
    in_turn("incoming mail")
    digest = hashlib.sha256(raw).hexdigest()
    if there := _there_already(digest, mail.message_id):
        return TakenIn(
            there, is_new=False, said=[f"This mail is here already, as {there.enquiry.reference}."]
        )
    received_at, server, remark = received(mail)
    became, enquiry, reply, why = sorted_as(mail)
    if enquiry and became == BECAME.ANSWER and _is_from_us(mail.from_address):
        raise NotPossible(
            f"One of us wrote this mail, about {enquiry.reference}. Log it there as a contact: so it counts as a reply."
        )
    row = IncomingMail(
        became=became,
        raw=raw,
        digest=digest,
        message_id=mail.message_id,
        from_address=mail.from_address,
        subject=mail.subject,
        received_at=received_at,
        received_by=server[:200],
        authentication=mail_servers.authentication(mail, settings.MAIL_SERVERS),
        uploaded_by=by,
    )
    taken = TakenIn(row, said=[*mail.remarks, *filter(None, [remark])])
    if became == BECAME.ENQUIRY:
        row.enquiry = enquiry_of(mail, received_at, digest, by=by)
        row.save()
        by_hand.given_out(row.enquiry, acknowledge=acknowledge)
    elif became == BECAME.ANSWER:
        row.enquiry = locked(enquiry)
        row.interaction = answer_of(mail, row, by=by)
        row.save()
    else:
        row.enquiry = enquiry
        row.save()
        _came_back(mail, row, reply, by=by)
    taken.said.insert(0, why)
    return taken


def received(mail):
    """(moment, server, remark): when our server received it. Nobody else's word counts, least of all the sender's."""
    moment, server = mail_servers.received_by_us(mail, settings.MAIL_SERVERS)
    now = timezone.now()
    if moment is None:
        return (
            now,
            "",
            "No mail server of ours is named in it, so its time is that of the upload. Correct it if you know it.",
        )
    if moment > now:
        return (
            now,
            server,
            "Our mail server gives a time that is still to come, so its time is that of the upload.",
        )
    return moment, server, ""


def sorted_as(mail):
    """(what it is, the enquiry, the reply that did not arrive, why we think so)."""
    if mail.is_report or (mail.is_automatic and mail.from_address.lower().startswith(eml.ROBOTS)):
        named = [*mail.reports_on, *mail.answers, *eml.MESSAGE_ID.findall(mail.text)][:100]
        if sent := _ours(named):
            reply = getattr(sent, "reply", None)
            return (
                BECAME.BOUNCE,
                sent.enquiry,
                reply,
                f"It reports on a mail of ours about {sent.enquiry.reference}.",
            )
    if sent := _ours(mail.answers):
        enquiry = _that_goes_on(sent.enquiry)
        return BECAME.ANSWER, enquiry, None, f"It answers a mail of ours about {sent.enquiry.reference}."
    if earlier := _theirs(mail):
        enquiry = _that_goes_on(earlier)
        return (
            BECAME.ANSWER,
            enquiry,
            None,
            f"It follows a mail of theirs that is part of {earlier.reference}.",
        )
    if named := _named_in_subject(mail):
        enquiry = _that_goes_on(named)
        return (
            BECAME.ANSWER,
            enquiry,
            None,
            f"Its subject names {named.reference}, and it comes from the same address.",
        )
    return BECAME.ENQUIRY, None, None, "It answers no mail of ours, so it is a new enquiry."


def _there_already(digest, message_id):
    rows = IncomingMail.objects.defer("raw").select_related("enquiry")
    found = rows.filter(digest=digest).first()
    return found or (rows.filter(message_id=message_id).first() if message_id else None)


def _ours(message_ids):
    """The mail of ours to the investor that comes first among these."""
    found = {
        sent.message_id: sent
        for sent in EnquiryMail.objects.filter(
            message_id__in=message_ids, kind__in=TO_THEM, enquiry__isnull=False
        ).select_related("enquiry", "reply")
    }
    return next((found[one] for one in message_ids if one in found), None)


def _theirs(mail):
    """The enquiry of an earlier mail from the same address which this one names."""
    if not mail.answers or not mail.from_address:
        return None
    rows = IncomingMail.objects.annotate(sender=Lower("from_address")).filter(
        message_id__in=mail.answers, sender=mail.from_address.lower()
    )
    row = rows.defer("raw").select_related("enquiry").first()
    return row and row.enquiry


def _named_in_subject(mail):
    """The enquiry whose reference stands in the subject, where its own sender writes: some mail programs keep nothing
    but the subject. From anybody else a reference proves nothing."""
    references = REFERENCE.findall(mail.subject.upper())[:5]
    if not references or not mail.from_address:
        return None
    rows = Enquiry.objects.annotate(sender=Lower("email")).filter(
        reference__in=references, sender=mail.from_address.lower()
    )
    return rows.first()


def _that_goes_on(enquiry):
    """The enquiry, or the one into which it was merged."""
    seen = set()
    while enquiry.merged_into_id and enquiry.pk not in seen:
        seen.add(enquiry.pk)
        enquiry = enquiry.merged_into
    return enquiry


def _is_from_us(address):
    own = {settings.DEFAULT_FROM_EMAIL, settings.OFFICERS_EMAIL, settings.CONTACT_EMAIL}
    return address.lower() in {one.lower() for one in own} or (
        address != "" and User.objects.filter(email__iexact=address).exists()
    )


def enquiry_of(mail, received_at, digest, *, by):
    family_name, given_name = name_parts(mail.from_name)
    try:
        email = normal_email(mail.from_address)
    except ValidationError:
        email = ""
    plans = mail.text or mail.subject or "(The mail has no text.)"
    if not (email or family_name):
        family_name = "(sender not named)"
    language = language_of(f"{mail.subject}\n{mail.text}")
    return by_hand.received(
        received_at=received_at,
        channel=Enquiry.Channel.EMAIL,
        original=original_of(mail),
        columns={
            "family_name": family_name[:100],
            "given_name": given_name[:100],
            "email": email,
            "plans": plans[:PLANS_LIMIT],
            "reply_language": language,
        },
        content_digest=digest,
        language=language,
        details_to_check=True,
        by=by,
    )


def original_of(mail):
    """What the mail says, for the record to show beside what staff correct."""
    sender = f"{mail.from_name} <{mail.from_address}>" if mail.from_address else mail.from_name
    return {
        "mail_from": sender.strip(),
        "mail_to": mail.to,
        "mail_subject": mail.subject,
        "mail_date": mail.date,
        "mail_text": mail.text,
        "mail_attachments": [attached.name for attached in mail.attached],
    }


def answer_of(mail, row, *, by):
    """Their words as an interaction. An automatic answer is recorded too, and ends no wait: nobody wrote it."""
    interaction = conversation.recorded(
        row.enquiry,
        channel=Interaction.Channel.EMAIL,
        direction=Interaction.Direction.FROM_THEM,
        at=row.received_at,
        subject=f"{'Automatic answer: ' if mail.is_automatic else ''}{mail.subject or 'Their answer'}",
        notes=mail.text[:PLANS_LIMIT],
        by=by,
    )
    if not mail.is_automatic:
        conversation.followed(row.enquiry, interaction, by=by)
    return interaction


def _came_back(mail, row, reply, *, by):
    if mail.is_report and not mail.has_failed:
        words = "A mail server reports a delay. It has not given up, so the mail still counts as sent."
        conversation.note(row.enquiry, words, by=by)
    elif reply:
        replies.not_reached(
            reply,
            why=f"It came back: {mail.subject or 'report of a mail server'}"[:300],
            at=row.received_at,
            by=by,
        )
    else:
        words = "The automatic mail to the investor came back. Check the e-mail address."
        conversation.note(row.enquiry, words, by=by)
