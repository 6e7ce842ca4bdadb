"""The machine of an investment project, as data: which moves there are, and from which stage on the national system
demands a field. `projects` obeys it; form, list and board show it."""

from enquiries.models import InvestmentProject
from enquiries.models.project_words import Activity, InvestmentType, Referral

Stage, Status = InvestmentProject.Stage, InvestmentProject.Status
ORDER = list(Stage)

# From each stage to which. Back by one is possible and wants a reason; from Won only re-opening leads back.
MOVES = {
    Stage.PROSPECT: {Stage.ACTIVE},
    Stage.ACTIVE: {Stage.PROSPECT, Stage.VERIFY_WIN},
    Stage.VERIFY_WIN: {Stage.ACTIVE, Stage.WON},
    Stage.WON: set(),
}
# From each status to which. Won comes with the stage of that name; an end is left by re-opening.
ENDS = frozenset({Status.LOST, Status.ABANDONED, Status.WON})
STATUSES = {
    Status.ONGOING: {Status.DELAYED, Status.DORMANT, Status.LOST, Status.ABANDONED},
    Status.DELAYED: {Status.ONGOING, Status.DORMANT, Status.LOST, Status.ABANDONED},
    Status.DORMANT: {Status.ONGOING, Status.DELAYED, Status.LOST, Status.ABANDONED},
    Status.LOST: set(),
    Status.ABANDONED: set(),
    Status.WON: set(),
}
WITH_REASON = frozenset({Status.DELAYED, Status.DORMANT, Status.LOST, Status.ABANDONED})

# From which stage a field is demanded. What the national system asks for when a project is first entered there stands
# at Prospect: a conversion here is one step, so it may lack it, but it becomes Active only with it.
REQUIRED_FROM = {
    "description": Stage.PROSPECT,
    "investor_company": Stage.PROSPECT,
    "client_contacts": Stage.PROSPECT,
    "fdi_type": Stage.PROSPECT,
    "sectors": Stage.PROSPECT,
    "business_activities": Stage.PROSPECT,
    "other_business_activity": Stage.PROSPECT,
    "estimated_land_date": Stage.PROSPECT,
    "client_relationship_manager": Stage.PROSPECT,
    "referral_source_activity": Stage.PROSPECT,
    "referral_source_detail": Stage.PROSPECT,
    "referral_source_adviser": Stage.PROSPECT,
    "total_investment": Stage.ACTIVE,
    "strategic_drivers": Stage.ACTIVE,
    "client_requirements": Stage.ACTIVE,
    "client_considering_other_countries": Stage.ACTIVE,
    "competitor_countries": Stage.ACTIVE,
    "project_manager": Stage.ACTIVE,
    "project_assurance_adviser": Stage.ACTIVE,
    "likelihood_to_land": Stage.ACTIVE,
    "foreign_equity_investment": Stage.VERIFY_WIN,
    "government_assistance": Stage.VERIFY_WIN,
    "number_new_jobs": Stage.VERIFY_WIN,
    "average_salary": Stage.VERIFY_WIN,
    "number_safeguarded_jobs": Stage.VERIFY_WIN,
    "r_and_d_budget": Stage.VERIFY_WIN,
    "non_fdi_r_and_d_budget": Stage.VERIFY_WIN,
    "new_tech_to_uk": Stage.VERIFY_WIN,
    "export_revenue": Stage.VERIFY_WIN,
    "address_1": Stage.VERIFY_WIN,
    "address_town": Stage.VERIFY_WIN,
    "address_postcode": Stage.VERIFY_WIN,
    "delivery_partners": Stage.VERIFY_WIN,
    "actual_land_date": Stage.VERIFY_WIN,
    "specific_programme": Stage.VERIFY_WIN,
    "uk_company": Stage.VERIFY_WIN,
    "investor_type": Stage.VERIFY_WIN,
    "level_of_involvement": Stage.VERIFY_WIN,
}
# A field that is demanded only where another says so.
ONLY_IF = {
    "fdi_type": lambda project: project.investment_type == InvestmentType.FDI,
    "other_business_activity": lambda project: Activity.OTHER in project.business_activities,
    "referral_source_detail": lambda project: (
        project.referral_source_activity in {Referral.EVENT, Referral.MARKETING, Referral.WEBSITE}
    ),
    "total_investment": lambda project: not project.client_cannot_provide_total_investment,
    "competitor_countries": lambda project: project.client_considering_other_countries is True,
    "foreign_equity_investment": lambda project: not project.client_cannot_provide_foreign_investment,
    "average_salary": lambda project: bool(project.number_new_jobs),
}
# What hangs on a project in rows of their own, as people call it.
LINKED = {
    "investor_company": "Investor company",
    "client_contacts": "Client contact",
    "uk_company": "UK company",
    "sectors": "Sector",
    "delivery_partners": "Delivery partner",
}


def next_stage(stage):
    """The stage after this one; None after the last."""
    place = ORDER.index(Stage(stage)) + 1
    return ORDER[place] if place < len(ORDER) else None
