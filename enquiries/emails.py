"""The mails of this room, one function each: written in full here and now, sent by a job of the same transaction.

The first line of a template is the subject; after an empty line comes the text. Mails to staff are in English and name
no person: who it is about stands behind the link.
"""

from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.template.loader import select_template
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from enquiries import countries
from enquiries.models import EnquiryMail
from publishing import languages
from publishing.formats import format_deadline

SEND = "enquiries.send_mail"  # enquiries/jobs.py


def queue_acknowledgement(enquiry):
    """To the investor, in the language of the answer they asked for: the reference and the promise."""
    return _queue(
        enquiry, EnquiryMail.Kind.ACKNOWLEDGEMENT, to=enquiry.email, language=enquiry.reply_language
    )


def queue_notice(enquiry):
    """To the officers: that something came in, and whether it is held."""
    return _queue(enquiry, EnquiryMail.Kind.NOTICE, to=settings.OFFICERS_EMAIL)


def queue_assigned(enquiry, assignment):
    """To whoever was given an enquiry by somebody else or by a rule: the officer, or every member of the team."""
    given_to = [assignment.officer] if assignment.officer else _members(assignment.team)
    return [
        _queue(enquiry, EnquiryMail.Kind.ASSIGNMENT, recipient=member, assignment=assignment)
        for member in given_to
        if member != assignment.by and member.email
    ]


def queue_moved(enquiry, change):
    """To the owner: somebody else moved the enquiry on."""
    if enquiry.owner.email:
        return _queue(enquiry, EnquiryMail.Kind.MOVED, recipient=enquiry.owner, change=change)
    return None


def queue_handed_over(enquiries, *, officer, team, why, by):
    """One mail to each who was given several at once."""
    given_to = [officer] if officer else _members(team)
    return [
        _queue(
            enquiries[0],
            EnquiryMail.Kind.ASSIGNMENT,
            recipient=member,
            template="handed-over",
            enquiries=enquiries,
            why=why,
            by=by,
        )
        for member in given_to
        if enquiries and member != by and member.email
    ]


def _members(team):
    return team.members.filter(is_active=True) if team else []


def send_later(mail):
    """Queue the job that sends a mail, at its time; it goes with the transaction."""
    task = app.configure_task(SEND, queue="mail", queueing_lock=lock_of(mail), schedule_at=mail.not_before)
    task.defer(mail_id=mail.pk)


def lock_of(mail):
    """One job a mail waits in the queue."""
    return f"mail {mail.pk}"


def new_message_id(enquiry):
    """A Message-ID of ours: random, and it names the enquiry where there is one."""
    about = enquiry.reference.lower() if enquiry else "list"
    return make_msgid(idstring=about, domain=_own_domain())


def _queue(enquiry, kind, *, to="", recipient=None, language=languages.SOURCE, template="", **context):
    """A mail that nobody has written in that language yet goes out in the source language, and says so."""
    found = select_template(
        [f"enquiries/mail/{template or kind}.{code}.txt" for code in (language, languages.SOURCE)]
    )
    language = found.template.name.split(".")[-2]
    subject, body = _written(enquiry, found, language, context)
    mail = EnquiryMail.objects.create(
        enquiry=enquiry,
        kind=kind,
        to=to or recipient.email,
        recipient=recipient,
        language=language,
        subject=subject[:200],
        body=body,
        message_id=new_message_id(enquiry),
    )
    send_later(mail)
    return mail


def _written(enquiry, template, language, context):
    context |= {"contact": settings.CONTACT_EMAIL, "site_url": settings.SITE_URL}
    if enquiry:
        context |= _about(enquiry, language)
    with translation.override(language):
        text = template.render(context)
    subject, _, body = text.partition("\n\n")
    return " ".join(subject.split()), f"{body.strip()}\n"


def _about(enquiry, language):
    return {
        "enquiry": enquiry,
        "promise": format_deadline(enquiry.promised_by, language),
        "due": format_deadline(enquiry.due_at, language) if enquiry.due_at else "",
        "country": countries.name(enquiry.country, language),
        "answer_in": languages.english_name(enquiry.reply_language),
        "in_other_language": language != enquiry.reply_language,
        "asked_about": [
            str(row.opportunity) for row in enquiry.opportunity_rows.select_related("opportunity")
        ],
        "admin_url": admin_url(enquiry),
    }


def admin_url(enquiry):
    return f"{settings.SITE_URL}{reverse('admin:enquiries_enquiry_change', args=[enquiry.pk])}"


def _own_domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
