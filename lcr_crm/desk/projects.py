"""Investment projects on the first page: what lands next."""

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted

from enquiries.models import InvestmentProject
from lcr_crm.desk.parts import Panel, Row, may
from publishing.desk.display import tag

MOST_SHOWN = 5
LIKELIHOODS = {"high": ("good", "done"), "medium": ("tide", "clock"), "low": ("plain", "soon")}


def landing_next(user):
    """Ongoing projects by the date on which they are expected to land; None for those who may not see projects."""
    if not may(user, "view", InvestmentProject):
        return None
    found = InvestmentProject.objects.ongoing().filter(estimated_land_date__isnull=False)
    return Panel(
        key="projects",
        title="Investment projects that land next",
        rows=[_row(project) for project in found.order_by("landing", "-pk")[:MOST_SHOWN]],
        empty="No ongoing project has an estimated land date.",
        more_url=reverse("admin:enquiries_investmentproject_board"),
        more_label="Board",
    )


def _row(project):
    likelihood = project.likelihood_to_land
    day = formatted(project.estimated_land_date, "j M Y")
    passed = project.estimated_land_date < timezone.localdate()
    return Row(
        url=reverse("admin:enquiries_investmentproject_change", args=[project.pk]),
        title=project.name,
        sub=f"{project.project_code} · {project.get_stage_display()}, {project.get_status_display().lower()}",
        tags=[tag(f"{project.get_likelihood_to_land_display()} likelihood", *LIKELIHOODS[likelihood])]
        if likelihood
        else [],
        meta=f"was expected {day}" if passed else day,
    )
