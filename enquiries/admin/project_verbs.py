"""The acts on an investment project: each has a form on the record and a page of its own, which keeps what was typed
where the act is not possible."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from enquiries import projects
from enquiries.admin.project_forms import (
    EndForm,
    LoseForm,
    MoveForm,
    ReopenForm,
    StatusForm,
    WinForm,
)
from enquiries.triage import NotPossible


class Verb(NamedTuple):
    """An act: its form, what it calls, and the heading of its page."""

    form: Any
    do: Any
    heading: str


VERBS = {
    "move": Verb(MoveForm, projects.move_stage, "Move to another stage"),
    "status": Verb(StatusForm, projects.change_status, "How it goes"),
    "lose": Verb(LoseForm, projects.lose, "Lost"),
    "abandon": Verb(EndForm, projects.abandon, "Abandoned"),
    "win": Verb(WinForm, projects.win, "Won"),
    "reopen": Verb(ReopenForm, projects.reopen, "Re-open"),
}


def act(model_admin, request, object_id, name):
    """The page of one act, and the act itself."""
    if name not in VERBS:
        raise Http404(name)
    project, verb = project_to_change(model_admin, request, object_id), VERBS[name]
    form = verb.form(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        try:
            done = verb.do(project, **form.given(), by=request.user)
        except NotPossible as refused:
            form.add_error(None, refused)
            form.data = form.data.copy()
            form.data["shown"] = model_admin.get_object(request, str(object_id)).standing
        else:
            say(request, project, done)
            return redirect("admin:enquiries_investmentproject_change", project.pk)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"{verb.heading}: {project.project_code}",
        "heading": verb.heading,
        "opts": model_admin.opts,
        "project": project,
        "form": form,
        "address": reverse("admin:enquiries_investmentproject_do", args=[project.pk, name]),
    }
    return TemplateResponse(request, "enquiries/admin/project_verb.html", context)


def move_card(model_admin, request, object_id):
    """One click on a card of the board, which leads back to the board as it was."""
    project = project_to_change(model_admin, request, object_id)
    form = MoveForm(request.POST, project=project)
    try:
        if not form.is_valid():
            raise NotPossible("There is no such stage.")
        say(request, project, projects.move_stage(project, **form.given(), by=request.user))
    except NotPossible as refused:
        messages.error(request, " ".join(refused.messages))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("admin:enquiries_investmentproject_board")
    return redirect(back)


def project_to_change(model_admin, request, object_id):
    project = model_admin.get_object(request, str(object_id))
    if project is None:
        raise Http404(object_id)
    if not model_admin.has_change_permission(request, project):
        raise PermissionDenied
    return project


def say(request, project, done):
    project.refresh_from_db(fields=["stage", "status"])
    stands = (
        f"{project.project_code} is {project.get_status_display().lower()} in “{project.get_stage_display()}”"
    )
    if done is None:
        messages.warning(request, f"{stands} already.")
    else:
        messages.success(request, f"{stands}.")
