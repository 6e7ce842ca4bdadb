"""Investment projects in the shape in which the national system exports its own: its columns in its order, its words
for values, its dates. Officers who keep a project in both compare the two line by line, or enter ours from it.

What we do not hold of a project (the town of its investor, the multiplier of its added value) stays empty.
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, CharField, Max, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse

from enquiries import countries
from enquiries.models import (
    EnquiryInteraction,
    InvestmentProject,
    ProjectEnquiry,
    ProjectInteraction,
    ProjectOrganisation,
)
from enquiries.models.project_words import Referral
from enquiries.project_stages import Stage
from exports.columns import day, number, plain, several, staff, text, word
from partners.models import Interaction
from publishing import languages
from publishing.models.publishable import column

LONDON = ZoneInfo("Europe/London")
NAME = column("name", languages.SOURCE)
REGION = "North West"  # the national list's name for the region that holds ours
OTHER_WEBSITE = "Other website"  # of the national list of websites, none of which is ours
SALARIES = [  # below this much, its band
    (25_000, "Below £25,000"),
    (30_000, "£25,000 – £29,000"),
    (35_000, "£30,000 – £34,000"),
]
TOP_SALARY = "£35,000 and above"


def columns(user):
    """The columns, for whoever may export: no person of an investor is in them."""
    return [
        day("Date created", TruncDate("created_at", tzinfo=LONDON)),
        plain("Project reference", "project_code"),
        text("Project name", "name", 32),
        several("Investor company", companies(ProjectOrganisation.Role.INVESTOR)),
        _empty("Investor company town or city"),
        _empty("Investor company area"),
        word("Country of origin", "country", countries.in_english()),
        _chosen("Investment type", "investment_type"),
        _chosen("Status", "status"),
        _chosen("Stage", "stage"),
        plain("Link", _address(), 40),
        day("Actual land date", "actual_land_date"),
        day("Estimated land date", "estimated_land_date"),
        _chosen("FDI value", "fdi_value"),
        several("Sector", linked("sectors", "sector")),
        day("Date of latest interaction", latest_interaction()),
        staff("Project manager", "project_manager"),
        staff("Client relationship manager", "client_relationship_manager"),
        _empty("Global account manager"),
        staff("Project assurance adviser", "project_assurance_adviser"),
        _empty("Other team members"),
        several("Delivery partners", linked("delivery_partners", "organisation")),
        plain("Possible UK regions", Value(REGION)),
        plain("Actual UK regions", _where(Q(stage__in=[Stage.VERIFY_WIN, Stage.WON]), REGION)),
        text("Specific investment programme", "specific_programme"),
        _chosen("Referral source activity", "referral_source_activity"),
        plain(
            "Referral source activity website",
            _where(Q(referral_source_activity=Referral.WEBSITE), OTHER_WEBSITE),
        ),
        number("Total investment", "total_investment"),
        number("New jobs", "number_new_jobs"),
        plain("Average salary of new jobs", _salary()),
        number("Safeguarded jobs", "number_safeguarded_jobs"),
        _chosen("Level of involvement", "level_of_involvement"),
        _answered("R&D budget", "r_and_d_budget"),
        _answered("Associated non-FDI R&D project", "non_fdi_r_and_d_budget"),
        _answered("New to world tech", "new_tech_to_uk"),
        _chosen("Likelihood to land", "likelihood_to_land"),
        _chosen("FDI type", "fdi_type"),
        number("Foreign equity investment", "foreign_equity_investment"),
        _empty("GVA multiplier"),
        number("GVA", "gross_value_added"),
    ]


def companies(role):
    """The names of a project's organisations in that role."""
    rows = ProjectOrganisation.objects.filter(project=OuterRef("pk"), role=role).order_by("pk")
    return rows.values(f"organisation__{NAME}")


def linked(name, target):
    """The names of what a project is linked to."""
    link = getattr(InvestmentProject, name).through
    path = f"{target}__{NAME}"
    return link.objects.filter(investmentproject=OuterRef("pk")).order_by(path).values(path)


def latest_interaction():
    """The day of the latest contact about the project, or about an enquiry that it came from."""
    project = OuterRef(OuterRef("pk"))
    own = ProjectInteraction.objects.filter(project=project).values("interaction")
    enquiries = ProjectEnquiry.objects.filter(project=OuterRef(project)).values("enquiry")
    asked = EnquiryInteraction.objects.filter(enquiry__in=enquiries).values("interaction")
    complete = Interaction.objects.filter(status=Interaction.Status.COMPLETE)
    latest = (
        complete.filter(Q(pk__in=own) | Q(pk__in=asked))
        .order_by()
        .values("status")
        .annotate(latest=Max("at"))
        .values("latest")
    )
    return TruncDate(Subquery(latest), tzinfo=LONDON)


def _chosen(heading, name):
    return word(heading, name, InvestmentProject._meta.get_field(name).flatchoices)


def _empty(heading):
    return plain(heading, Value(""))


def _where(condition, words):
    return Case(When(condition, then=Value(words)), default=Value(""), output_field=CharField())


def _answered(heading, name):
    """As the national system writes what was answered yes or no; empty while nobody has answered."""
    answers = (When(**{name: answer}, then=Value(str(answer))) for answer in (True, False))
    return plain(heading, Case(*answers, default=Value(""), output_field=CharField()))


def _salary():
    bands = (When(average_salary__lt=below, then=Value(band)) for below, band in SALARIES)
    known = When(average_salary__isnull=True, then=Value(""))
    return Case(known, *bands, default=Value(TOP_SALARY), output_field=CharField())


def _address():
    """Of the record in this system."""
    before, after = reverse("admin:enquiries_investmentproject_change", args=[0]).split("0", 1)
    number = Cast("pk", TextField())
    return Concat(Value(settings.SITE_URL + before), number, Value(after), output_field=TextField())
