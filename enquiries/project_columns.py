"""The columns of an exported list of investment projects, in this system's own shape."""

from django.db.models import OuterRef, TextField, Value
from django.db.models.functions import Concat, Trim

from enquiries import countries
from enquiries.data_hub import companies, latest_interaction, linked
from enquiries.models import InvestmentProject, ProjectEnquiry, ProjectOrganisation, ProjectPerson
from exports.columns import day, moment, number, plain, several, staff, text, word

SEE_PEOPLE = "partners.view_person"


def columns(user):
    """Who may not see people gets no client contacts and no text that may name them."""
    found = [
        plain("Project code", "project_code"),
        text("Name", "name", 32),
        several("Investor", companies(ProjectOrganisation.Role.INVESTOR)),
        word("Country of origin", "country", countries.in_english()),
        _chosen("Stage"),
        _chosen("Status"),
        text("Why", "status_why"),
        day("Ended on", "ended_on"),
        _chosen("Investment type"),
        _chosen("FDI type"),
        number("Total investment", "total_investment"),
        number("Foreign equity investment", "foreign_equity_investment"),
        number("Gross value added", "gross_value_added"),
        number("New jobs", "number_new_jobs"),
        number("Safeguarded jobs", "number_safeguarded_jobs"),
        _chosen("Likelihood to land"),
        day("Estimated land date", "estimated_land_date"),
        day("Actual land date", "actual_land_date"),
        staff("Client relationship manager", "client_relationship_manager"),
        staff("Project manager", "project_manager"),
        moment("Project manager assigned (London)", "project_manager_assigned_at"),
        day("Aftercare offered on", "aftercare_offered_on"),
        several("Sectors", linked("sectors", "sector")),
        several("Enquiries", _enquiries()),
        day("Latest contact", latest_interaction()),
        moment("Created (London)", "created_at"),
        text("Anonymous description", "anonymous_description", 40),
    ]
    if user.has_perm(SEE_PEOPLE):
        found += [several("Client contacts", _contacts()), text("Description", "description", 40)]
    return found


def _chosen(heading):
    name = heading.lower().replace(" ", "_")
    return word(heading, name, InvestmentProject._meta.get_field(name).flatchoices)


def _enquiries():
    rows = ProjectEnquiry.objects.filter(project=OuterRef("pk")).order_by("pk")
    return rows.values("enquiry__reference")


def _contacts():
    rows = ProjectPerson.objects.filter(project=OuterRef("pk")).order_by("pk")
    latin = ["person__latin_given", Value(" "), "person__latin_family"]
    hangul = ["person__hangul_family", "person__hangul_given"]
    named = Concat(*latin, Value(" "), *hangul, output_field=TextField())
    return rows.annotate(named=Trim(named)).values("named")
