"""Investment projects for tests: one with nothing but a name, and one that has all that a stage demands."""

from datetime import date

from enquiries import projects
from enquiries.models import InvestmentProject, Sector
from tests import factories


def project(name="Battery works", **given):
    made = InvestmentProject.objects.create(name=name, **given)
    projects.begun(made, by=None)
    return made


def complete(officer, name="Battery works", **given):
    """Everything that any stage demands."""
    facts = {
        "description": "Cells for ferries.",
        "client_requirements": "A quay.",
        "fdi_type": "new-site",
        "business_activities": ["manufacturing"],
        "estimated_land_date": date(2027, 3, 1),
        "client_relationship_manager": officer,
        "project_manager": officer,
        "project_assurance_adviser": officer,
        "referral_source_adviser": officer,
        "referral_source_activity": "direct-enquiry",
        "total_investment": 1_250_000,
        "foreign_equity_investment": 1_000_000,
        "strategic_drivers": ["market"],
        "client_considering_other_countries": True,
        "competitor_countries": ["NL"],
        "likelihood_to_land": "high",
        "number_new_jobs": 40,
        "average_salary": 41_000,
        "number_safeguarded_jobs": 0,
        "address_1": "Dock Road",
        "address_town": "Birkenhead",
        "address_postcode": "CH41 1AA",
        "actual_land_date": date(2026, 9, 1),
        "specific_programme": "None",
        "investor_type": "new",
        "level_of_involvement": "region",
        "country": "KR",
        **dict.fromkeys(
            (
                *("government_assistance", "r_and_d_budget", "non_fdi_r_and_d_budget"),
                *("new_tech_to_uk", "export_revenue"),
            ),
            False,
        ),
    }
    made = project(name, **facts | given)
    made.sectors.add(Sector.objects.first())
    investor = factories.organisation(f"investor-{made.pk}")
    for role in ("investor", "uk-company"):
        made.organisation_rows.create(organisation=investor, role=role)
    made.delivery_partners.add(investor)
    made.person_rows.create(person=factories.person(f"contact-{made.pk}"))
    return made
