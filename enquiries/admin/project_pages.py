"""From the record of an enquiry to an investment project: the page of the conversion, and the panel that leads there
and, afterwards, to the project."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from enquiries import conversion
from enquiries.admin.convert_form import NEW_PROJECT, ConvertForm
from enquiries.admin.project_display import stage_pips, status_tag
from enquiries.models import InvestmentProject
from enquiries.models.stage import Stage
from enquiries.stages import MOVES
from enquiries.triage import NotPossible

ADD, CHANGE = "enquiries.add_investmentproject", "enquiries.change_enquiry"
ADDED = Stage.ADDED_TO_DATA_HUB


def urls(model_admin):
    def page(request, object_id):
        return convert_page(model_admin, request, object_id)

    view = model_admin.admin_site.admin_view(page)
    return [path("<int:object_id>/convert/", view, name="enquiries_enquiry_convert")]


def panel(request, enquiry):
    """The project that the enquiry has become part of, or the way there; None where there is neither."""
    if project := conversion.project_of(enquiry):
        if not request.user.has_perm("enquiries.view_investmentproject"):
            return None
        return {
            "project": project,
            "address": reverse("admin:enquiries_investmentproject_change", args=[project.pk]),
            "pips": stage_pips(project),
            "status": status_tag(project),
        }
    if not request.user.has_perms([ADD, CHANGE]) or enquiry.merged_into_id or not _leads_there(enquiry):
        return None
    return {
        "convert": reverse("admin:enquiries_enquiry_convert", args=[enquiry.pk]),
        "missing": conversion.missing_of(enquiry),
    }


def convert_page(model_admin, request, object_id):
    enquiry = model_admin.get_object(request, str(object_id))
    if enquiry is None:
        raise Http404(object_id)
    if not request.user.has_perms([ADD, CHANGE]) or not model_admin.has_change_permission(request, enquiry):
        raise PermissionDenied
    if project := conversion.project_of(enquiry):
        messages.warning(request, f"{enquiry.reference} is part of {project.project_code} already.")
        return redirect("admin:enquiries_investmentproject_change", project.pk)
    form = ConvertForm(request.POST or None, enquiry=enquiry, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            project, new = _done(enquiry, form, request.user)
        except NotPossible as refused:
            form.add_error(None, refused)
        else:
            _say(request, enquiry, project, new)
            return redirect("admin:enquiries_investmentproject_change", project.pk)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"{enquiry.reference} becomes a project",
        "opts": model_admin.opts,
        "enquiry": enquiry,
        "form": form,
        "media": form.media,
        "missing": conversion.missing_of(enquiry),
        "no_way": "" if _leads_there(enquiry) else enquiry.get_stage_display(),
        "alike": _projects_alike(enquiry),
    }
    return TemplateResponse(request, "enquiries/admin/convert.html", context)


def _done(enquiry, form, user):
    given = {
        "organisation": form.organisation_given(),
        "person": form.person_given(),
        "role": form.cleaned_data["role"],
        "by": user,
    }
    if form.cleaned_data["target"] == NEW_PROJECT:
        return conversion.convert(enquiry, facts=form.facts(), also=form.cleaned_data["also"], **given)
    return conversion.link(enquiry, project=form.cleaned_data["project"], **given)


def _say(request, enquiry, project, new):
    if new:
        messages.success(request, f"{enquiry.reference} is part of {project.project_code} now.")
    else:
        messages.warning(request, f"{enquiry.reference} was made part of {project.project_code} already.")


def _leads_there(enquiry):
    return enquiry.stage == ADDED or ADDED in MOVES[Stage(enquiry.stage)]


def _projects_alike(enquiry):
    """Projects that go on and have the same organisation or person: perhaps the enquiry belongs to one of them."""
    same = Q(pk__in=[])
    if enquiry.known_organisation_id:
        same |= Q(organisation_rows__organisation=enquiry.known_organisation_id)
    if enquiry.person_id:
        same |= Q(person_rows__person=enquiry.person_id)
    return InvestmentProject.objects.ongoing().filter(same).distinct()[:5]
