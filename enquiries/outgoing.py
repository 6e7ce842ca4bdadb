"""A mail as it leaves us: who it is from, where an answer goes, what it goes on from, what is attached."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from enquiries.models import EnquiryMail, Reply

TO_INVESTORS = {EnquiryMail.Kind.ACKNOWLEDGEMENT, EnquiryMail.Kind.REPLY}


def message(mail):
    """The mail with the identity that was fixed when it was queued. A mail of ours says that it is automatic, so that
    nobody's absence notice answers it; a reply does not, because a person wrote it."""
    reply = Reply.objects.select_related("by").filter(mail=mail).first()
    headers = {"Message-ID": mail.message_id, "Content-Language": mail.language}
    if mail.kind != EnquiryMail.Kind.REPLY:
        headers["Auto-Submitted"] = "auto-generated"
    for name, value in {"In-Reply-To": mail.in_reply_to, "References": mail.references}.items():
        if value:
            headers[name] = value
    made = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=sender(reply.by) if reply else None,
        to=[mail.to],
        reply_to=[settings.REPLY_TO] if mail.kind in TO_INVESTORS else None,
        headers=headers,
    )
    for attachment in reply.attachments.all() if reply else ():
        with attachment.file.open("rb") as file:
            made.attach(attachment.name, file.read(), attachment.content_type)
    return made


def sender(officer):
    """Our one address under the officer's name: mail servers trust the address, investors the name."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name = " ".join((officer.get_full_name() if officer else "").split())
    return formataddr((name, address)) if name else settings.DEFAULT_FROM_EMAIL
