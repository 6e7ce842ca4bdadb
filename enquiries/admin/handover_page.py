"""The page on which everything open of a colleague who leaves goes to somebody else."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.models import User
from enquiries import handover, triage
from enquiries.admin.triage_forms import HandOverForm

MANAGE = "enquiries.manage_enquiry"
MOST_LISTED = 20


def handover_page(model_admin, request):
    if not request.user.has_perm(MANAGE):
        raise PermissionDenied
    number = request.POST.get("from") or request.GET.get("from", "")
    leaver = get_object_or_404(User, pk=int(number)) if number.isdecimal() and len(number) < 18 else None
    form = HandOverForm(request.POST if request.method == "POST" and leaver else None)
    if form.is_valid():
        try:
            given = handover.hand_over(leaver, **form.cleaned_data, by=request.user)
        except triage.NotPossible as refusal:
            form.add_error(None, refusal)
        else:
            receiver = form.cleaned_data["officer"] or form.cleaned_data["team"]
            messages.success(request, f"{receiver} has what was {leaver}’s: {in_words(given)}.")
            return redirect(reverse("admin:enquiries_enquiry_hand_over"))
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Hand over what is {leaver}’s" if leaver else "Hand over what a colleague leaves behind",
        "opts": model_admin.opts,
        "leaver": leaver,
        "form": form,
        "people": [] if leaver else handover.with_something(),
        "theirs": contents(leaver) if leaver else None,
    }
    return TemplateResponse(request, "enquiries/admin/hand_over.html", context)


def contents(leaver):
    """What there is to hand over: the number of each, and the first few by name."""
    theirs = handover.Theirs.of(leaver)
    projects = {}
    for role, found in theirs.projects.items():
        for project in found:
            projects.setdefault(project.pk, (project, []))[1].append(role.replace("_", " "))
    return {
        "enquiries": theirs.enquiries.count(),
        "first": list(theirs.enquiries.order_by("urgency", "pk")[:MOST_LISTED]),
        "projects": list(projects.values()),
        "rules": list(theirs.rules.select_related("theme", "opportunity", "officer", "team")),
    }


def in_words(given):
    words = {
        "enquiries": ("enquiry", "enquiries"),
        "projects": ("project", "projects"),
        "rules": ("rule", "rules"),
    }
    return ", ".join(
        f"{number} {one if number == 1 else many}"
        for name, (one, many) in words.items()
        if (number := getattr(given, name)) or name == "enquiries"
    )
