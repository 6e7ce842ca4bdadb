"""The one list of reports."""

from django.utils.translation import gettext_lazy as _

from reports.figures import enquiries
from reports.report import Report

ENQUIRIES = _("Enquiries")
SEE_ENQUIRIES, TAKE_ENQUIRIES = ("enquiries.view_enquiry",), ("enquiries.export_enquiry",)

REPORTS = [
    Report(
        name="enquiries-by",
        title=_("Enquiries by group"),
        about=_("How many enquiries were received, and what became of them."),
        subject=ENQUIRIES,
        form=enquiries.ByForm,
        figures=enquiries.counted,
        sees=SEE_ENQUIRIES,
        takes=TAKE_ENQUIRIES,
    ),
    Report(
        name="enquiries",
        title=_("Enquiries, one by one"),
        about=_("Every enquiry received, one row each."),
        subject=ENQUIRIES,
        form=enquiries.EnquiriesForm,
        figures=enquiries.one_by_one,
        sees=SEE_ENQUIRIES,
        takes=TAKE_ENQUIRIES,
    ),
]
BY_NAME = {report.name: report for report in REPORTS}


def for_user(user):
    """[(subject, reports)] of what the user may see, in the order of the catalogue."""
    subjects = {}
    for report in REPORTS:
        if report.may_see(user):
            subjects.setdefault(report.subject, []).append(report)
    return list(subjects.items())
