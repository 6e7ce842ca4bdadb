"""The page of one uploaded mail, its original, and putting right what it was taken for."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse

from enquiries import eml, resorting
from enquiries.models import Enquiry, IncomingMail
from enquiries.names import text_language
from enquiries.sender import language_of
from enquiries.triage import NotPossible
from publishing.desk.display import facts, in_language, letter, moment, tag

SEE = ["enquiries.view_enquiry", "partners.view_person"]
CHANGE = "enquiries.change_enquiry"
BECAME = IncomingMail.Became
TAGS = {
    BECAME.ENQUIRY: ("New enquiry", "tide", "inbox"),
    BECAME.ANSWER: ("Answer", "good", "mail"),
    BECAME.BOUNCE: ("Came back", "late", "back"),
}


def _row(request, pk, *, whole=False):
    if not request.user.has_perms(SEE):
        raise PermissionDenied
    rows = IncomingMail.objects.select_related("enquiry", "uploaded_by", "interaction")
    return get_object_or_404(rows if whole else rows.defer("raw"), pk=pk)


def row_of(row):
    """One line in a list of mails."""
    return {
        "row": row,
        "subject": marked(row.subject or "(no subject)"),
        "tag": tag(*TAGS[BECAME(row.became)]),
        "at": moment(row.received_at),
    }


def marked(text):
    code = text_language(text, language_of(text))
    return in_language(text, code) if code != "en" else text


def incoming_page(model_admin, request, pk):
    """The headers that matter, the text, what is attached, and what the mail was taken for."""
    row = _row(request, pk, whole=True)
    mail = eml.read(bytes(row.raw))
    headers = facts(
        [
            ("From", marked(mail.from_name) if mail.from_name else ""),
            ("Address", row.from_address),
            ("To", marked(mail.to)),
            ("Subject", marked(row.subject)),
            ("Date, as the sender wrote it", mail.date),
            ("Received", moment(row.received_at, seoul=True)),
            ("Says so", row.received_by or "nobody of ours: it is the time of the upload"),
            ("Uploaded", moment(row.uploaded_at)),
            ("By", row.uploaded_by),
        ]
    )
    context = model_admin.admin_site.each_context(request) | {
        "title": row.subject or "Mail",
        "heading": marked(row.subject or "(no subject)"),
        "opts": model_admin.opts,
        "enquiry": row.enquiry,
        "row": row,
        "became": tag(*TAGS[BECAME(row.became)]),
        "headers": headers,
        "text": letter(mail.text, text_language(mail.text, language_of(mail.text))) if mail.text else "",
        "attached": [
            {"file": one, "size": filesizeformat(one.size) if one.size else "–"} for one in mail.attached
        ],
        "authentication": row.authentication.splitlines(),
        "has_servers": bool(settings.MAIL_SERVERS),
        "remarks": mail.remarks,
        "is_automatic": mail.is_automatic,
        "may_change": request.user.has_perm(CHANGE),
        "is_enquiry": row.became == BECAME.ENQUIRY,
    }
    return TemplateResponse(request, "enquiries/admin/incoming.html", context)


def original(request, pk):
    """The mail as it came, to be saved and not opened here."""
    row = _row(request, pk, whole=True)
    headers = {
        "Content-Disposition": f'attachment; filename="{row.enquiry.reference}-{row.pk}.eml"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(row.raw), content_type="application/octet-stream", headers=headers)


def resort(model_admin, request, pk):
    """Puts right what it was taken for: an enquiry of its own, or part of the one that is named."""
    row = _row(request, pk)
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    try:
        if request.POST.get("verb") == "new":
            enquiry = resorting.is_new(row, by=request.user)
        else:
            enquiry = resorting.belongs_to(row, _named(request.POST.get("reference", "")), by=request.user)
    except NotPossible as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"The mail is part of {enquiry.reference} now.")
    return redirect("admin:enquiries_enquiry_incoming", row.pk)


def _named(reference):
    reference = reference.strip().upper()[:24]
    enquiry = Enquiry.objects.filter(reference=reference).first() if "\0" not in reference else None
    if enquiry is None:
        raise NotPossible(f"There is no enquiry “{reference}”. Write its reference, such as ENQ-2026-0001.")
    return enquiry
