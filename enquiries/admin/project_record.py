"""What the record of an investment project shows beside its form: how it stands, what it lacks, what can be done, what
was said and what became of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from enquiries import countries, projects
from enquiries.admin.project_display import changes, named, stage_pips, status_tag
from enquiries.admin.project_verbs import VERBS
from enquiries.models import Enquiry, EnquiryInteraction
from enquiries.names import script_language, text_language
from enquiries.project_stages import ENDS, LINKED, ORDER, Stage, Status, next_stage
from partners.models import Interaction
from publishing.desk.display import day_of, facts, in_language, moment, tag

SEE_PEOPLE = "partners.view_person"
MOST_SHOWN = 20
ROWS = {
    "investor_company": "organisation_rows",
    "uk_company": "organisation_rows",
    "client_contacts": "person_rows",
}


@dataclass(frozen=True)
class Act:
    """One verb as the record offers it: its words, where it goes, its form."""

    name: str
    words: str
    address: str
    form: Any
    first: bool = False


def record_context(model_admin, request, project):
    """What templates/enquiries/admin/project_form.html shows."""
    sees_people = request.user.has_perm(SEE_PEOPLE)
    following = next_stage(project.stage)
    return {
        "named": named(project),
        "pips": stage_pips(project),
        "status": status_tag(project),
        "standing_facts": _standing(project),
        "next_stage": following.label if following and project.status not in ENDS else "",
        "lacking": [(item.words, _anchor(item.name)) for item in projects.missing_for_next(project)],
        "acts": acts_of(project) if model_admin.has_change_permission(request, project) else [],
        "enquiries": _enquiries(project, request.user, sees_people),
        "interactions": _interactions(project, sees_people),
        "changes": changes(project),
    }


def acts_of(project):
    """The verbs that fit the project as it stands, the way on first."""
    if project.status in ENDS:
        return [_act(project, "reopen", "Re-open")]
    found = []
    for stage in reversed(projects.moves_of(project)):
        on = ORDER.index(stage) > ORDER.index(project.stage)
        if stage == Stage.WON:
            found.append(_act(project, "win", "Won", first=True))
        elif on:
            found.append(_act(project, "move", f"On to {stage.label}", initial={"stage": stage}, first=True))
        else:
            found.append(_act(project, "move", f"Back to {stage.label}", initial={"stage": stage}))
    others = " or ".join(
        status.label.lower()
        for status in (Status.ONGOING, Status.DELAYED, Status.DORMANT)
        if status != project.status
    )
    return [
        *found,
        _act(project, "status", others.capitalize()),
        _act(project, "lose", "Lost"),
        _act(project, "abandon", "Abandoned"),
    ]


def _act(project, name, words, *, initial=None, first=False):
    form = VERBS[name].form(project=project, auto_id=False, **({"initial": initial} if initial else {}))
    address = reverse("admin:enquiries_investmentproject_do", args=[project.pk, name])
    return Act(name, words, address, form, first)


def _standing(project):
    on = {Status.LOST: "Lost on", Status.ABANDONED: "Abandoned on", Status.WON: "Landed on"}.get(
        project.status
    )
    assigned, offered = project.project_manager_assigned_at, project.aftercare_offered_on
    return facts(
        [
            (on, day_of(project.ended_on) if project.ended_on else ""),
            ("Lost to", countries.name(project.country_lost_to) if project.country_lost_to else ""),
            ("Why", project.status_why),
            ("Project manager assigned", moment(assigned) if assigned else ""),
            ("Aftercare offered", day_of(offered) if offered else ""),
        ]
    )


def _anchor(name):
    """Where on the page a missing field is filled in."""
    return f"{ROWS[name]}-group" if name in LINKED and name in ROWS else f"id_{name}"


def _enquiries(project, user, sees_people):
    """The enquiries it came from: address, reference, stage, who asked."""
    rows = Enquiry.objects.filter(project_row__project=project).defer("original", "plans").order_by("pk")
    may_open = user.has_perm("enquiries.view_enquiry")
    return [
        (
            reverse("admin:enquiries_enquiry_change", args=[row.pk]) if may_open else "",
            row.reference,
            row.get_stage_display(),
            in_language(row.organisation, script_language(row.organisation)),
            in_language(row.full_name, script_language(row.full_name)) if sees_people else "",
        )
        for row in rows
    ]


def _interactions(project, sees_people):
    """The latest contacts about it and about its enquiries: how, when, whether it reached them; what, for who may."""
    asked = EnquiryInteraction.objects.filter(enquiry__project_row__project=project).values("interaction")
    own = project.interaction_rows.values("interaction")
    rows = Interaction.objects.filter(Q(pk__in=own) | Q(pk__in=asked)).defer("notes")[:MOST_SHOWN]
    return [
        (
            f"{row.get_channel_display()}, {row.get_direction_display().lower()}",
            in_language(row.subject, text_language(row.subject, "en")) if sees_people else "",
            moment(row.at),
            "" if row.reached else tag("Not reached", "late", "late"),
        )
        for row in rows
    ]
