"""The mails of this room, one function each: written in full here and now, sent by a job of the same transaction.

The first line of a template is the subject; after an empty line comes the text.
"""

from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.template.loader import select_template
from django.urls import reverse
from django.utils import translation

from enquiries import countries, jobs
from enquiries.models import EnquiryMail
from publishing import languages
from publishing.formats import format_deadline


def queue_acknowledgement(enquiry):
    """To the investor, in the language of the answer they asked for: the reference and the promise."""
    return _queue(
        enquiry, EnquiryMail.Kind.ACKNOWLEDGEMENT, to=enquiry.email, language=enquiry.reply_language
    )


def queue_notice(enquiry):
    """To the officers, in English: that something came in, and whether it is held. Names and words of the investor stay
    in the system, behind the link."""
    return _queue(enquiry, EnquiryMail.Kind.NOTICE, to=settings.OFFICERS_EMAIL, language=languages.SOURCE)


def _queue(enquiry, kind, *, to, language):
    """A mail that nobody has written in that language yet goes out in the source language, and says so."""
    template = select_template([f"enquiries/mail/{kind}.{code}.txt" for code in (language, languages.SOURCE)])
    language = template.template.name.split(".")[-2]
    subject, body = _written(enquiry, template, language)
    mail = EnquiryMail.objects.create(
        enquiry=enquiry,
        kind=kind,
        to=to,
        language=language,
        subject=subject,
        body=body,
        message_id=make_msgid(idstring=enquiry.reference.lower(), domain=_own_domain()),
    )
    jobs.send_mail.configure(queueing_lock=jobs.lock_of(mail)).defer(mail_id=mail.pk)
    return mail


def _written(enquiry, template, language):
    context = {
        "enquiry": enquiry,
        "promise": format_deadline(enquiry.promised_by, language),
        "country": countries.name(enquiry.country, language),
        "answer_in": languages.english_name(enquiry.reply_language),
        "in_other_language": language != enquiry.reply_language,
        "asked_about": [
            str(row.opportunity) for row in enquiry.opportunity_rows.select_related("opportunity")
        ],
        "admin_url": f"{settings.SITE_URL}{reverse('admin:enquiries_enquiry_change', args=[enquiry.pk])}",
        "contact": settings.CONTACT_EMAIL,
    }
    with translation.override(language):
        text = template.render(context)
    subject, _, body = text.partition("\n\n")
    return " ".join(subject.split()), f"{body.strip()}\n"


def _own_domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
