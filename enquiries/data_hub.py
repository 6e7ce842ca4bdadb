"""Investment projects in the shape in which the national system exports its own: its columns in its order, its words
for values, its dates. Officers who keep a project in both compare the two line by line, or enter ours from it.

What we do not know of a project (a specific programme's list, the multiplier of its added value) stays empty.
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse

from enquiries import countries
from enquiries.models import EnquiryInteraction, ProjectEnquiry, ProjectInteraction, ProjectOrganisation
from enquiries.models.project_words import Referral
from enquiries.project_stages import ORDER, Stage
from exports import cells
from exports.csv import Column
from partners.models import Interaction

LONDON = ZoneInfo("Europe/London")
REGION = "North West"  # the national list's name for the region that holds ours
SALARIES = [  # below this much, its band
    (25_000, "Below £25,000"),
    (30_000, "£25,000 – £29,000"),
    (35_000, "£30,000 – £34,000"),
]
TOP_SALARY = "£35,000 and above"


def rows(projects):
    """Every project of the queryset in its order, read in portions, with what the columns need."""
    return (
        with_latest_interaction(projects)
        .prefetch_related(*PREFETCHED)
        .select_related(*STAFF)
        .iterator(chunk_size=1000)
    )


STAFF = ["project_manager", "client_relationship_manager", "project_assurance_adviser"]
PREFETCHED = ["organisation_rows__organisation", "sectors", "delivery_partners"]


def with_latest_interaction(projects):
    """With the moment of the latest contact about it or about an enquiry that it came from."""
    own = ProjectInteraction.objects.filter(project=OuterRef(OuterRef("pk"))).values("interaction")
    enquiries = ProjectEnquiry.objects.filter(project=OuterRef(OuterRef(OuterRef("pk")))).values("enquiry")
    asked = EnquiryInteraction.objects.filter(enquiry__in=enquiries).values("interaction")
    latest = (
        Interaction.objects.filter(Q(pk__in=own) | Q(pk__in=asked), status=Interaction.Status.COMPLETE)
        .order_by()
        .values("status")
        .annotate(latest=Max("at"))
        .values("latest")
    )
    return projects.annotate(latest_interaction=Subquery(latest))


def _investor(project):
    return next(
        (
            row.organisation
            for row in project.organisation_rows.all()
            if row.role == ProjectOrganisation.Role.INVESTOR
        ),
        None,
    )


def _investor_name(project):
    investor = _investor(project)
    return investor.name_en if investor else ""


def _day(moment):
    return f"{moment.astimezone(LONDON):%Y-%m-%d}" if moment else ""


def _link(project):
    return settings.SITE_URL + reverse("admin:enquiries_investmentproject_change", args=[project.pk])


def _salary(project):
    if project.average_salary is None:
        return ""
    return next((band for below, band in SALARIES if project.average_salary < below), TOP_SALARY)


def _yes_or_no(name):
    """As the national system writes what was answered yes or no."""
    return lambda project: "" if getattr(project, name) is None else str(getattr(project, name))


def _name_of(staff):
    return lambda project: getattr(project, staff).get_full_name() if getattr(project, staff) else ""


def _value(name):
    return lambda project: getattr(project, name)


def _chosen(name):
    return lambda project: getattr(project, f"get_{name}_display")()


def _date(name):
    return lambda project: f"{getattr(project, name):%Y-%m-%d}" if getattr(project, name) else ""


def _nothing(project):
    return ""


def _joined(name):
    return lambda project: ", ".join(sorted(record.name_en for record in getattr(project, name).all()))


def _landed_in(project):
    return REGION if ORDER.index(project.stage) >= ORDER.index(Stage.VERIFY_WIN) else ""


def _website(project):
    return "Other website" if project.referral_source_activity == Referral.WEBSITE else ""


COLUMNS = [
    Column("Date created", lambda project: _day(project.created_at)),
    Column("Project reference", _value("project_code")),
    Column("Project name", _value("name")),
    Column("Investor company", _investor_name),
    Column("Investor company town or city", _nothing),
    Column("Investor company area", _nothing),
    Column("Country of origin", lambda project: countries.name(project.country) if project.country else ""),
    Column("Investment type", _chosen("investment_type")),
    Column("Status", _chosen("status")),
    Column("Stage", _chosen("stage")),
    Column("Link", _link),
    Column("Actual land date", _date("actual_land_date")),
    Column("Estimated land date", _date("estimated_land_date")),
    Column("FDI value", _chosen("fdi_value")),
    Column("Sector", _joined("sectors")),
    Column("Date of latest interaction", lambda project: _day(project.latest_interaction)),
    Column("Project manager", _name_of("project_manager")),
    Column("Client relationship manager", _name_of("client_relationship_manager")),
    Column("Global account manager", _nothing),
    Column("Project assurance adviser", _name_of("project_assurance_adviser")),
    Column("Other team members", _nothing),
    Column("Delivery partners", _joined("delivery_partners")),
    Column("Possible UK regions", lambda project: REGION),
    Column("Actual UK regions", _landed_in),
    Column("Specific investment programme", _value("specific_programme")),
    Column("Referral source activity", _chosen("referral_source_activity")),
    Column("Referral source activity website", _website),
    Column("Total investment", _value("total_investment"), cells.number),
    Column("New jobs", _value("number_new_jobs"), cells.number),
    Column("Average salary of new jobs", _salary),
    Column("Safeguarded jobs", _value("number_safeguarded_jobs"), cells.number),
    Column("Level of involvement", _chosen("level_of_involvement")),
    Column("R&D budget", _yes_or_no("r_and_d_budget")),
    Column("Associated non-FDI R&D project", _yes_or_no("non_fdi_r_and_d_budget")),
    Column("New to world tech", _yes_or_no("new_tech_to_uk")),
    Column("Likelihood to land", _chosen("likelihood_to_land")),
    Column("FDI type", _chosen("fdi_type")),
    Column("Foreign equity investment", _value("foreign_equity_investment"), cells.number),
    Column("GVA multiplier", _nothing),
    Column("GVA", _value("gross_value_added"), cells.number),
]
