"""What the record of an enquiry shows of replies: the button, drafts that wait, how each delivery stands."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from enquiries.delivery import status
from enquiries.models import Enquiry
from publishing.desk.display import moment, tag

SEE_PEOPLE = "partners.view_person"
SHOWN = 20


def may_see(request):
    if not request.user.has_perms(["enquiries.view_enquiry", SEE_PEOPLE]):
        raise PermissionDenied


def enquiry_for(request, object_id):
    """The enquiry, for who may write to its sender."""
    if not request.user.has_perms(["enquiries.change_enquiry", SEE_PEOPLE]):
        raise PermissionDenied
    enquiries = Enquiry.objects.select_related("owner", "person", "merged_into")
    return get_object_or_404(enquiries, pk=object_id)


def panel_of(request, enquiry):
    """None for who may not see people: replies are written to them."""
    if not request.user.has_perm(SEE_PEOPLE):
        return None
    rows = enquiry.replies.select_related("mail", "by").prefetch_related("attachments")[:SHOWN]
    now = timezone.now()
    sent = [shown(reply, status(reply, now)) for reply in rows if reply.mail_id]
    drafts = [reply for reply in rows if reply.mail_id is None]
    return {
        "enquiry": enquiry,
        "may_write": request.user.has_perm("enquiries.change_enquiry"),
        "own_draft": next((reply for reply in drafts if reply.by_id == request.user.pk), None),
        "others": [reply for reply in drafts if reply.by_id not in {request.user.pk, None}],
        "sent": sent,
        "waiting": any(row["delivery"].state == "waiting" for row in sent),
    }


def shown(reply, delivery):
    """One reply as the panel and the page of the reply show it."""
    return {
        "reply": reply,
        "delivery": delivery,
        "tag": tag(delivery.words, delivery.tone, delivery.icon),
        "at": moment(delivery.at, seoul=reply.enquiry.country == "KR"),
        "go_at": timezone.localtime(delivery.at) if delivery.seconds else None,
        "subject": reply.mail.subject,
        "may_come_back": delivery.state == "accepted",
    }
