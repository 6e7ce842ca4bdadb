"""A member of staff's reply: drafted and saved as it is typed, sent after a minute in which it can be taken back, and
an interaction once the mail server has accepted it. Only that stops the clock.

Locks are taken in one order: the mail, then the enquiry, then the reply.
"""

import unicodedata
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from enquiries import conversation, emails, reply_facts, reply_files, triage
from enquiries.assignment import told_for
from enquiries.models import EnquiryMail, Reply, ReplyTemplate
from enquiries.models.stage import Stage
from enquiries.triage import NotPossible, locked
from partners.models import Interaction
from publishing import languages

MINUTE = timedelta(seconds=60)
FIELDS = ("language", "to", "subject", "body", "shortlist", "then_wait")


class OlderSave(NotPossible):
    """Another window or another tab has saved, sent or discarded the draft meanwhile; `draft` is what stands now."""

    def __init__(self, words, draft=None):
        super().__init__(words)
        self.draft = draft


def draft_of(enquiry, *, by):
    """The officer's draft, or a new one that is not stored yet."""
    return _stored_draft(enquiry, by) or Reply(
        enquiry=enquiry, by=by, language=enquiry.reply_language, to=enquiry.email
    )


def _stored_draft(enquiry, by):
    return Reply.objects.filter(enquiry=enquiry, by=by, mail__isnull=True).first()


@transaction.atomic
def save(enquiry, given, *, version, by, fill=False):
    """Keep what is typed. `version` is the one that the page showed: an older save changes nothing. With `fill`, every
    placeholder is filled in of which the fact is known."""
    enquiry = locked(enquiry)
    reply = _stored_draft(enquiry, by)
    if reply is None:
        if version:
            raise OlderSave(
                "This draft has been sent or discarded in another window. What you typed stands below."
            )
        reply = Reply(enquiry=enquiry, by=by)
    elif reply.version != version:
        at = timezone.localtime(reply.saved_at)
        raise OlderSave(
            f"Another window saved this draft at {at:%H:%M:%S}. What you typed stands below.", reply
        )
    before = list(reply.shortlist), reply.language
    for name in FIELDS:
        setattr(reply, name, given[name])
    reply.body = unicodedata.normalize("NFC", reply.body.replace("\r\n", "\n").replace("\r", "\n"))
    reply.subject = unicodedata.normalize("NFC", " ".join(reply.subject.split()))
    if before != (list(reply.shortlist), reply.language):
        reply.body = reply_facts.with_shortlist(
            reply.body, before[0], reply.shortlist, before[1], reply.language
        )
    if fill:
        fill_in(reply)
    reply.version, reply.saved_at = reply.version + 1, timezone.now()
    reply.save()
    return reply


def fill_in(reply):
    letter = letter_of(reply)
    reply.subject, reply.body = (reply_facts.filled(text, letter) for text in (reply.subject, reply.body))


def letter_of(reply):
    return reply_facts.Letter(reply.enquiry, reply.language, reply.by, tuple(reply.shortlist))


def begin_with(reply, template):
    """Put a template's text into the draft, its facts filled in: in the place of an empty text or of another template
    that nobody has changed, otherwise beneath what is written."""
    subject, body = (reply_facts.filled(text, letter_of(reply)) for text in template.texts(reply.language))
    untouched = not reply.body.strip() or _is_a_template(reply)
    reply.subject = subject if untouched or not reply.subject else reply.subject
    reply.body = body if untouched else f"{reply.body.rstrip()}\n\n{body}"


def _is_a_template(reply):
    for code in languages.codes():
        letter = reply_facts.Letter(reply.enquiry, code, reply.by, tuple(reply.shortlist))
        for template in ReplyTemplate.objects.all():
            if reply_facts.filled(template.texts(code)[1], letter).strip() == reply.body.strip():
                return True
    return False


@transaction.atomic
def discard(enquiry, *, by):
    """Throw the draft and its files away."""
    if reply := _stored_draft(locked(enquiry), by):
        reply_files.forget(reply.attachments.all())
        reply.delete()


def lacking(reply):
    """Every sentence that says why the reply cannot go as it stands; none when it can."""
    enquiry, said = reply.enquiry, []
    if enquiry.is_held:
        said.append("It is held. Release it first.")
    if enquiry.merged_into_id:
        said.append(f"It was merged into {enquiry.merged_into}. Answer there.")
    said += _of_address(reply.to)
    if not reply.subject.strip():
        said.append("There is no subject. Write one.")
    if not reply.body.strip():
        said.append("There is no text. Write it first.")
    if open_ones := reply_facts.unfilled(reply.subject, reply.body):
        said.append(f"This is not filled in: {', '.join(open_ones)}. Write the words, or take it out.")
    return said


def _of_address(address):
    if not address:
        return ["There is no address. Write to whom it goes, or log a call instead."]
    try:
        validate_email(address)
    except ValidationError:
        return [f"“{address}” is not an e-mail address. Correct it."]
    return []


@transaction.atomic
def send(enquiry, *, version, by):
    """Make a mail of the officer's draft. It goes in a minute, and until then it can be taken back. An enquiry that
    nobody has is theirs from now on. A draft is sent once, however often the button is pressed."""
    enquiry = locked(enquiry)
    reply = _stored_draft(enquiry, by)
    if reply is None:
        raise OlderSave("This draft has been sent already, or discarded.")
    if reply.version != version:
        raise OlderSave("Another window saved this draft meanwhile, and nothing was sent. Look again.", reply)
    reply.enquiry = enquiry
    if said := lacking(reply):
        raise NotPossible(said)
    if enquiry.owner_id is None:
        triage.take(enquiry, by=by)
    reply.mail = emails.queue_reply(reply, not_before=timezone.now() + MINUTE)
    reply.save(update_fields=["mail"])
    return reply


@transaction.atomic
def take_back(reply, *, by):
    """Stop a reply that has not gone out. Its text is the officer's draft again; where they have begun another one
    meanwhile it stays with the mail, to be read. Returns whether it is a draft again."""
    mail = EnquiryMail.objects.select_for_update().filter(pk=reply.mail_id).first()
    if mail is None or mail.taken_back_at:
        raise NotPossible("It has been taken back already.")
    if mail.sent_at:
        raise NotPossible(
            f"It went out at {timezone.localtime(mail.sent_at):%H:%M:%S} and cannot be taken back."
        )
    mail.taken_back_at = timezone.now()
    mail.save(update_fields=["taken_back_at"])
    locked(reply.enquiry)
    reply.refresh_from_db()
    owner = reply.by or by
    other = _stored_draft(reply.enquiry, owner)
    if other and not other.body.strip() and not other.attachments.exists():
        other.delete()
        other = None
    if other:
        return False
    reply.by, reply.mail = owner, None
    reply.not_reached_at, reply.not_reached_why = None, ""
    reply.version, reply.saved_at = reply.version + 1, timezone.now()
    reply.save()
    return True


@transaction.atomic
def accepted(mail):
    """The mail server has accepted a reply: record it as contact from us, at that moment. Done once; nothing that has
    happened to the enquiry since (closed, merged, its officer gone) undoes it."""
    reply = Reply.objects.select_related("by").filter(mail=mail).first()
    if reply is None or reply.interaction_id:
        return None
    enquiry = locked(reply.enquiry)
    reply.interaction = conversation.recorded(
        enquiry,
        channel=Interaction.Channel.EMAIL,
        direction=Interaction.Direction.FROM_US,
        at=mail.sent_at,
        subject=mail.subject,
        notes=mail.body,
        reached=reply.not_reached_at is None,
        by=reply.by,
    )
    reply.save(update_fields=["interaction"])
    conversation.followed(enquiry, reply.interaction, then_wait=reply.then_wait, by=reply.by)
    return reply


@transaction.atomic
def not_reached(reply, *, why, at=None, by):
    """A reply did not arrive: it counts as no answer, and the officer is told. A wait that it began ends. Doing it
    twice changes nothing."""
    enquiry = locked(reply.enquiry)
    reply = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if reply.not_reached_at:
        return reply
    if reply.mail_id is None or not why.strip():
        raise NotPossible(
            "Say how you know that it did not arrive." if reply.mail_id else "It was never sent."
        )
    reply.not_reached_at, reply.not_reached_why = at or timezone.now(), why.strip()[:300]
    reply.save(update_fields=["not_reached_at", "not_reached_why"])
    if reply.interaction_id:
        reply.interaction.reached = False
        reply.interaction.save(update_fields=["reached"])
        enquiry.refresh_from_db(fields=["first_reply_at", "state"])
        if enquiry.stage == Stage.AWAITING and not _reached_since(reply):
            stage = Stage.DIALOGUE if enquiry.first_reply_at else Stage.NEW
            triage.moved(enquiry, stage, why="Our reply came back.", by=by)
    emails.queue_not_reached(enquiry, reply, to=_whom_to_tell(enquiry, reply))
    return reply


def _reached_since(reply):
    """Whether another contact from us has reached them since, so that we do wait for their answer."""
    rows = reply.enquiry.interaction_rows.filter(
        interaction__at__gt=reply.interaction.at, interaction__reached=True, interaction__status="complete"
    )
    return rows.exclude(interaction__direction=Interaction.Direction.FROM_THEM).exists()


def _whom_to_tell(enquiry, reply):
    writer = [reply.by] if reply.by and reply.by.is_active else []
    return told_for(enquiry.owner, enquiry.team) or writer
