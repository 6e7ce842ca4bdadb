"""The board of investment projects: a column a stage, the same rows and filters as the list."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Count, Sum, prefetch_related_objects
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from enquiries import projects
from enquiries.admin.project_display import (
    investors,
    jobs_words,
    landing_words,
    missing_tag,
    named,
    status_tag,
    value_words,
)
from enquiries.admin.project_filters import CURRENT
from enquiries.admin.project_forms import pounds
from enquiries.models import InvestmentProject
from enquiries.project_stages import ORDER, next_stage
from publishing.desk.lists import without_empty

MOST_CARDS = 20
STATUS, STAGE = "status", "stage"


@dataclass(frozen=True)
class Card:
    """One project, and the stage that a click moves it to; "" where it lacks something or there is none."""

    project: Any
    name: Any
    address: str
    client: str
    value: str
    jobs: str
    landing: str
    likelihood: str
    status: Any
    missing: Any
    next_stage: str = ""
    next_label: str = ""


@dataclass(frozen=True)
class Column:
    """One stage: its cards, what all its projects come to, and the list of them all."""

    stage: str
    label: str
    count: int
    value: str
    jobs: str
    cards: list
    more: int
    list_address: str


def board(model_admin, request):
    """The page. Without a word on status it shows what is current, and says so in its address."""
    if tidy := without_empty(request):
        return redirect(tidy)
    if STATUS not in request.GET:
        asked = request.GET.copy()
        asked[STATUS] = CURRENT
        return redirect(f"{request.path}?{asked.urlencode()}")
    try:
        cl = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return redirect("admin:enquiries_investmentproject_board")
    list_address = reverse("admin:enquiries_investmentproject_changelist")
    context = model_admin.admin_site.each_context(request) | {
        "title": "Investment projects by stage",
        "opts": model_admin.opts,
        "cl": cl,
        "columns": columns(cl, list_address),
        "list_address": list_address + cl.get_query_string(),
        "may_change": model_admin.has_change_permission(request),
        "here": request.get_full_path(),
    }
    return TemplateResponse(request, "enquiries/admin/board.html", context)


def columns(cl, list_address):
    """A column for each stage: one query for all totals, one a stage for its first cards."""
    totals = {
        row["stage"]: row
        for row in cl.queryset.order_by()
        .values("stage")
        .annotate(
            count=Count("pk"),
            value=Sum("total_investment"),
            new=Sum("number_new_jobs"),
            safeguarded=Sum("number_safeguarded_jobs"),
        )
    }
    first = {
        stage: list(cl.queryset.prefetch_related(None).filter(stage=stage)[:MOST_CARDS])
        if stage in totals
        else []
        for stage in ORDER
    }
    prefetch_related_objects(
        [project for found in first.values() for project in found], "organisation_rows__organisation"
    )
    return [_column(cl, stage, totals.get(stage, {}), first[stage], list_address) for stage in ORDER]


def _column(cl, stage, total, found, list_address):
    count = total.get("count", 0)
    return Column(
        stage=stage.value,
        label=stage.label,
        count=count,
        value=pounds(total.get("value")),
        jobs=jobs_words(total.get("new"), total.get("safeguarded")),
        cards=[_card(project) for project in found],
        more=count - len(found),
        list_address=list_address + cl.get_query_string({STAGE: stage.value}),
    )


def _card(project: InvestmentProject):
    lacking = projects.missing_for_next(project)
    following = next_stage(project.stage)
    moves = following in projects.moves_of(project) and not lacking
    likelihood = project.get_likelihood_to_land_display()
    return Card(
        project=project,
        name=named(project),
        address=reverse("admin:enquiries_investmentproject_change", args=[project.pk]),
        client=investors(project),
        value=value_words(project),
        jobs=jobs_words(project.number_new_jobs, project.number_safeguarded_jobs),
        landing=landing_words(project),
        likelihood=f"{likelihood} likelihood" if likelihood else "",
        status=status_tag(project),
        missing=missing_tag(len(lacking)),
        next_stage=following.value if moves else "",
        next_label=following.label if moves else "",
    )
