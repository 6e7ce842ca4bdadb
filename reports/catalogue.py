"""The one list of reports."""

from django.utils.translation import gettext_lazy as _

from reports.figures import (
    enquiries,
    exports_made,
    funnel,
    partners,
    performance,
    pipeline,
    publication,
    reads,
    responses,
    unanswered,
)
from reports.parameters import PeriodForm
from reports.report import Report

ENQUIRIES, PROJECTS, PARTNERS = _("Enquiries"), _("Investment projects"), _("Partners")
PROSPECTUS, HOUSE = _("Prospectus"), _("The desk itself")
SUBJECTS = [ENQUIRIES, PROJECTS, PARTNERS, PROSPECTUS, HOUSE]

SEE_ENQUIRIES, TAKE_ENQUIRIES = ("enquiries.view_enquiry",), ("enquiries.export_enquiry",)
SEE_PROJECTS, TAKE_PROJECTS = ("enquiries.view_investmentproject",), ("enquiries.export_investmentproject",)
SEE_PARTNERS, TAKE_PARTNERS = (
    ("partners.view_organisation", "partners.view_interaction"),
    ("partners.export_interaction",),
)
TAKE = ("reports.take_report",)

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
    Report(
        name="response-times",
        title=_("Response times"),
        about=_("How soon enquiries were answered or qualified, in working hours, and whether in time."),
        subject=ENQUIRIES,
        form=responses.ResponsesForm,
        figures=responses.times,
        sees=SEE_ENQUIRIES,
        takes=TAKE_ENQUIRIES,
    ),
    Report(
        name="unanswered-by",
        title=_("Unanswered enquiries by group"),
        about=_("How many wait for a first reply, and for how long."),
        subject=ENQUIRIES,
        form=unanswered.WaitingByForm,
        figures=unanswered.waiting_by,
        sees=SEE_ENQUIRIES,
        takes=TAKE_ENQUIRIES,
    ),
    Report(
        name="unanswered",
        title=_("Unanswered enquiries"),
        about=_("Who waits for a first reply: since when, until when, and whose it is."),
        subject=ENQUIRIES,
        form=unanswered.WaitingForm,
        figures=unanswered.waiting,
        sees=SEE_ENQUIRIES,
        takes=TAKE_ENQUIRIES,
    ),
    Report(
        name="closed-unanswered-by",
        title=_("Closed without a reply, by group"),
        about=_("How many enquiries were closed before anybody had answered."),
        subject=ENQUIRIES,
        form=unanswered.ClosedByForm,
        figures=unanswered.closed_by,
        sees=SEE_ENQUIRIES,
        takes=TAKE_ENQUIRIES,
    ),
    Report(
        name="closed-unanswered",
        title=_("Closed without a reply"),
        about=_("Enquiries that were closed before anybody had answered, with the reason."),
        subject=ENQUIRIES,
        form=unanswered.ClosedForm,
        figures=unanswered.closed,
        sees=SEE_ENQUIRIES,
        takes=TAKE_ENQUIRIES,
    ),
    Report(
        name="funnel",
        title=_("From page to jobs"),
        about=_("Reads, enquiries, qualified, projects and projects won, with value and jobs."),
        subject=PROJECTS,
        form=funnel.FunnelForm,
        figures=funnel.funnel,
        sees=(*SEE_ENQUIRIES, *SEE_PROJECTS),
        takes=(*TAKE_ENQUIRIES, *TAKE_PROJECTS),
    ),
    Report(
        name="pipeline",
        title=_("Investment pipeline"),
        about=_("Investment projects by stage, status or landing date, with value and jobs."),
        subject=PROJECTS,
        form=pipeline.PipelineForm,
        figures=pipeline.pipeline,
        sees=SEE_PROJECTS,
        takes=TAKE_PROJECTS,
    ),
    Report(
        name="projects",
        title=_("Investment projects, one by one"),
        about=_("Every investment project, one row each."),
        subject=PROJECTS,
        form=pipeline.ProjectsForm,
        figures=pipeline.one_by_one,
        sees=SEE_PROJECTS,
        takes=TAKE_PROJECTS,
    ),
    Report(
        name="service-performance",
        title=_("Service performance"),
        about=_("The national service indicators SPI1, SPI2 and SPI5: how long each took."),
        subject=PROJECTS,
        form=performance.IndicatorsForm,
        figures=performance.together,
        sees=(*SEE_ENQUIRIES, *SEE_PROJECTS),
        takes=(*TAKE_ENQUIRIES, *TAKE_PROJECTS),
    ),
    Report(
        name="service-performance-by",
        title=_("Service performance by period"),
        about=_("One national service indicator, period by period."),
        subject=PROJECTS,
        form=performance.IndicatorForm,
        figures=performance.by_period,
        sees=(*SEE_ENQUIRIES, *SEE_PROJECTS),
        takes=(*TAKE_ENQUIRIES, *TAKE_PROJECTS),
    ),
    Report(
        name="partner-engagement",
        title=_("Partner engagement"),
        about=_("Every organisation that we know: contacts in the period, and what we do together."),
        subject=PARTNERS,
        form=partners.EngagementForm,
        figures=partners.engagement,
        sees=SEE_PARTNERS,
        takes=TAKE_PARTNERS,
    ),
    Report(
        name="contacts-by",
        title=_("Contacts by group"),
        about=_("How often we were in contact with investors and partners."),
        subject=PARTNERS,
        form=partners.ContactsForm,
        figures=partners.contacts,
        sees=SEE_PARTNERS,
        takes=TAKE_PARTNERS,
    ),
    Report(
        name="visits",
        title=_("Delegation visits"),
        about=_("Delegation visits that began in the period."),
        subject=PARTNERS,
        form=PeriodForm,
        figures=partners.visits,
        sees=("partners.view_delegationvisit",),
        takes=TAKE,
    ),
    Report(
        name="memoranda",
        title=_("International memoranda"),
        about=_("Every memorandum with its parties, the end of its last term, and how that is known."),
        subject=PARTNERS,
        form=partners.MemorandaForm,
        figures=partners.memoranda,
        sees=("partners.view_memorandum",),
        takes=TAKE,
    ),
    Report(
        name="translations",
        title=_("Translation coverage"),
        about=_(
            "How many texts of the prospectus are current, unreviewed, stale or missing in each language."
        ),
        subject=PROSPECTUS,
        form=publication.CoverageForm,
        figures=publication.coverage,
        sees=("publishing.view_edition",),
        takes=TAKE,
    ),
    Report(
        name="publication-activity",
        title=_("Publication activity"),
        about=_("What was edited, translated, approved, published and withdrawn in the period."),
        subject=PROSPECTUS,
        form=publication.ActivityForm,
        figures=publication.activity,
        sees=("publishing.view_act",),
        takes=TAKE,
    ),
    Report(
        name="page-reads",
        title=_("Reads of public pages"),
        about=_("How often public pages were read, in which language, and where readers came from."),
        subject=PROSPECTUS,
        form=reads.ReadsForm,
        figures=reads.reads,
        sees=("reports.view_pagecount",),
        takes=TAKE,
    ),
    Report(
        name="exports-by",
        title=_("Exports by person"),
        about=_("How many exports and rows each member of staff took."),
        subject=HOUSE,
        form=PeriodForm,
        figures=exports_made.by_person,
        sees=("exports.view_exportlog",),
        takes=TAKE,
    ),
    Report(
        name="exports",
        title=_("Exports made"),
        about=_("Who took which rows away, when, and whether the file was complete."),
        subject=HOUSE,
        form=PeriodForm,
        figures=exports_made.one_by_one,
        sees=("exports.view_exportlog",),
        takes=TAKE,
    ),
]
BY_NAME = {report.name: report for report in REPORTS}


def for_user(user):
    """[(subject, reports)] of what the user may see, in the order of SUBJECTS."""
    seen = [report for report in REPORTS if report.may_see(user)]
    found = [(subject, [report for report in seen if report.subject == subject]) for subject in SUBJECTS]
    return [(subject, reports) for subject, reports in found if reports]
