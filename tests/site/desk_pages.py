"""One address of each kind of page on which officers work at enquiries and projects, with something to show on it."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enquiries.models import (
    Enquiry,
    IncomingMail,
    InvestmentProject,
    OfficeHours,
    ReplyTemplate,
    ResponseTarget,
)
from exports.models import Spreadsheet
from partners.models import Interaction
from reports.models import PageCount
from tests.enquiries import mails
from tests.enquiries.filling import KOREAN, send
from tests.enquiries.making_projects import complete

OF_AN_ENQUIRY = ("log_contact", "merge", "convert", "change")
WITHOUT_ROW = [
    *("enquiry_by_hand", "enquiry_upload", "enquiry_hand_over", "enquiry_changelist"),
    *("investmentproject_changelist", "investmentproject_board", "investmentproject_add"),
    *("assignmentrule_changelist", "assignmentrule_try", "assignmentrule_add", "closingday_changelist"),
    *("officehours_changelist", "responsetarget_changelist", "replytemplate_changelist"),
]
# The first row of each, on the page that shows it.
OF_A_ROW = {
    "enquiries_enquiry_incoming": IncomingMail,
    "enquiries_investmentproject_change": InvestmentProject,
    "enquiries_officehours_change": OfficeHours,
    "enquiries_responsetarget_change": ResponseTarget,
    "enquiries_replytemplate_change": ReplyTemplate,
    "partners_interaction_change": Interaction,
    "exports_spreadsheet_progress": Spreadsheet,
}


def enquiry_desk_pages(user):
    """Stores an enquiry, its mail, a contact, a project and an export of theirs: ask for `restored_content`."""
    client = Client()
    client.force_login(user)
    send(client, "ko", KOREAN)
    enquiry = Enquiry.objects.get()
    mails.upload(client, mails.mail(From=KOREAN["email"], Subject=f"Re: {enquiry.reference}"))
    complete(user)
    Spreadsheet.objects.create(by=user, source="list", key="enquiries.enquiry", stored_as="asked-for")
    yield from (reverse(f"admin:enquiries_{name}") for name in WITHOUT_ROW)
    yield from (reverse(f"admin:enquiries_enquiry_{name}", args=[enquiry.pk]) for name in OF_AN_ENQUIRY)
    yield from (reverse(f"admin:{name}", args=[model.objects.first().pk]) for name, model in OF_A_ROW.items())
    yield f"{reverse('admin:enquiries_enquiry_hand_over')}?from={user.pk}"
    yield from (
        "/admin/partners/interaction/",
        "/admin/partners/interaction/add/",
        "/admin/exports/spreadsheet/",
    )
    yield from ("/admin/accounts/team/add/", "/admin/accounts/absence/add/")
    yield from (
        "/admin/reports/list/",
        "/admin/reports/dashboard/",
        "/admin/reports/of/enquiries-by/?period=all&by=country",
    )
    yield from ("/admin/reports/of/enquiries/?period=all", "/admin/reports/of/enquiries-by/?period=days")
    yield from ("/admin/reports/schedule/", "/admin/reports/schedule/add/", "/admin/reports/boardpack/")
    PageCount.objects.create(day=timezone.localdate(), path="/opportunities/", language="ko", reads=3)
    yield from ("/admin/reports/boardpack/add/", "/admin/reports/pagecount/")
