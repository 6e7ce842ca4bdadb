"""The mails of this room, one function each: written in full here and now, sent by a job of the same transaction.

The first line of a template is the subject; after an empty line comes the text. Mails to staff are in English and name
no person: who it is about stands behind the link.
"""

import re
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.template.loader import select_template
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from enquiries import countries
from enquiries.models import EnquiryMail
from publishing import languages
from publishing.formats import format_date, format_deadline

SEND = "enquiries.send_mail"  # enquiries/jobs.py
MOST_LISTED = 100
LONGEST_THREAD = 20  # mails named in one header
IDENTITY = re.compile(r"<[!-;=?-~]{1,300}>")


def queue_acknowledgement(enquiry):
    """To the investor, in the language of the answer they asked for: the reference and the promise."""
    return _queue(
        enquiry, EnquiryMail.Kind.ACKNOWLEDGEMENT, to=enquiry.email, language=enquiry.reply_language
    )


def queue_notice(enquiry):
    """To the officers: that something came in, and whether it is held."""
    return _queue(enquiry, EnquiryMail.Kind.NOTICE, to=settings.OFFICERS_EMAIL)


def queue_assigned(enquiry, assignment, *, to):
    """To whoever was given an enquiry by somebody else or by a rule: the officer or their deputy, or the whole team."""
    told = _others(to, assignment.by)
    return _queue_to_staff(enquiry, EnquiryMail.Kind.ASSIGNMENT, told, assignment=assignment)


def queue_moved(enquiry, change, *, to):
    """To the owner, or their deputy: somebody else moved the enquiry on."""
    return _queue_to_staff(enquiry, EnquiryMail.Kind.MOVED, _others(to, change.by), change=change)


def queue_handed_over(enquiries, projects, *, leaver, officer, team, why, by, to):
    """One mail to each who was given what was a colleague's, however much it is; none where it is nothing. It stands on
    no enquiry's record: there the assignment says who gave it, and why."""
    if not (enquiries or projects):
        return []
    context = {
        "enquiries": enquiries,
        "projects": projects,
        "leaver": leaver,
        "officer": officer,
        "team": team,
    }
    context |= {"listed": enquiries[:MOST_LISTED], "more": len(enquiries[MOST_LISTED:])}
    told = _others(to, by)
    return _queue_to_staff(
        None, EnquiryMail.Kind.ASSIGNMENT, told, template="handed-over", **context, why=why, by=by
    )


def queue_reply(reply, *, not_before):
    """To the investor: what a member of staff wrote, threaded with what was said before; it goes at its time."""
    enquiry = reply.enquiry
    ending = "" if enquiry.reference in reply.subject else f" [{enquiry.reference}]"
    mail = EnquiryMail.objects.create(
        enquiry=enquiry,
        kind=EnquiryMail.Kind.REPLY,
        to=reply.to,
        language=reply.language,
        subject=f"{reply.subject[: 200 - len(ending)]}{ending}",
        body=f"{reply.body.strip()}\n",
        message_id=new_message_id(enquiry),
        not_before=not_before,
        **thread_of(enquiry),
    )
    send_later(mail)
    return mail


def queue_not_reached(enquiry, reply, *, to):
    """To the officer, otherwise to the shared box: a reply came back, so nobody has answered."""
    if members := [member for member in to if member.email]:
        return _queue_to_staff(
            enquiry, EnquiryMail.Kind.NOT_REACHED, members, template="not-reached", reply=reply
        )
    kind, box = EnquiryMail.Kind.NOT_REACHED, settings.OFFICERS_EMAIL
    return [_queue(enquiry, kind, to=box, template="not-reached", reply=reply)]


def thread_of(enquiry):
    """Which mails a reply goes on from: the acknowledgement, our replies and theirs, in order of time. It answers the
    last that they wrote, otherwise the last of ours."""
    investors = [EnquiryMail.Kind.ACKNOWLEDGEMENT, EnquiryMail.Kind.REPLY]
    ours = enquiry.mails.filter(kind__in=investors, sent_at__isnull=False)
    theirs = list(
        enquiry.incoming.exclude(became="bounce")
        .exclude(message_id="")
        .values_list("received_at", "message_id")
    )
    said = sorted([*ours.values_list("sent_at", "message_id"), *theirs])
    whole = [found[0] for _, name in said if (found := IDENTITY.search(name))]
    answers = [found[0] for _, name in sorted(theirs) if (found := IDENTITY.search(name))] or whole
    kept = whole if len(whole) <= LONGEST_THREAD else [whole[0], *whole[1 - LONGEST_THREAD :]]
    return {"in_reply_to": answers[-1] if answers else "", "references": " ".join(kept)}


def _others(members, by):
    """Nobody is told what they did themselves, and a mail needs an address."""
    return [member for member in members if member != by and member.email]


# Reminders


def queue_warning(enquiry, *, whom, standing, to):
    """To those who are to act, or to the managers: an obligation falls due. To the officers' address where there is
    nobody. `standing` says how the clock stands."""
    kind, context = EnquiryMail.Kind.WARNING, {"whom": whom, "standing": standing}
    if to:
        return _queue_to_staff(enquiry, kind, to, **context)
    return [_queue(enquiry, kind, to=settings.OFFICERS_EMAIL, **context)]


def queue_daily_list(recipient, day, parts, *, owed):
    """To an officer or a manager: what is unanswered. `parts` are (heading, [(enquiry, how its clock stands)]); a long
    part is cut, and says so. `owed` is the choice of the list's filter that shows the same rows."""
    stand = [standing for _, rows in parts for _, standing in rows]
    context = {
        "day": format_date(day, languages.SOURCE),
        "number": len(stand),
        "late": sum(standing.is_late for standing in stand),
        "parts": [
            {
                "heading": heading,
                "number": len(rows),
                "more": len(rows[MOST_LISTED:]),
                "rows": [_listed(enquiry, standing) for enquiry, standing in rows[:MOST_LISTED]],
            }
            for heading, rows in parts
        ],
        "list_url": f"{settings.SITE_URL}{reverse('admin:enquiries_enquiry_changelist')}?owed={owed}",
    }
    return _queue(None, EnquiryMail.Kind.DAILY_LIST, recipient=recipient, **context)


def _listed(enquiry, standing):
    return {
        "reference": enquiry.reference,
        "country": countries.name(enquiry.country, languages.SOURCE)
        if enquiry.country
        else "country not known",
        "standing": standing.text,
        "due": format_deadline(standing.at, languages.SOURCE) if standing.at else "",
        "url": admin_url(enquiry),
    }


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


def _queue_to_staff(enquiry, kind, members, *, template="", **context):
    """The same mail to each of several colleagues: written once, and queued together however many they are."""
    if not members:
        return []
    found = select_template([f"enquiries/mail/{template or kind}.{languages.SOURCE}.txt"])
    subject, body = _written(enquiry, found, languages.SOURCE, context | {"to": members})
    mails = EnquiryMail.objects.bulk_create(
        EnquiryMail(
            enquiry=enquiry,
            kind=kind,
            to=member.email,
            recipient=member,
            language=languages.SOURCE,
            subject=subject[:200],
            body=body,
            message_id=new_message_id(enquiry),
        )
        for member in members
    )
    app.job_manager.batch_defer_jobs([_job_of(mail) for mail in mails])
    return mails


def _job_of(mail):
    return app.configure_task(SEND, queue="mail", queueing_lock=lock_of(mail)).make_new_job(mail_id=mail.pk)


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
