"""The page on which a duplicate is merged: choose the other, look at both, confirm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from enquiries import countries, merging, triage
from enquiries.admin.standing import stage, state_tag, whose
from enquiries.admin.triage_forms import MergeForm
from enquiries.models import Enquiry
from enquiries.names import script_language
from publishing.desk.display import facts, in_language, moment

MOST_SUGGESTED = 10
SEE_PEOPLE = "partners.view_person"


def merge_page(model_admin, request, object_id):
    enquiry = model_admin.get_object(request, str(object_id))
    if enquiry is None:
        raise Http404(object_id)
    if not model_admin.has_change_permission(request, enquiry):
        raise PermissionDenied
    typed = request.GET.get("into", "").strip().upper()
    form = MergeForm(
        request.POST if request.method == "POST" else None, enquiry=enquiry, initial={"into": typed}
    )
    if form.is_valid():
        into, why = form.cleaned_data["into"], form.cleaned_data["why"]
        try:
            merging.merge(enquiry, into=into, why=why, by=request.user)
        except triage.NotPossible as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{enquiry.reference} is merged into {into.reference}, which goes on.")
            return redirect("admin:enquiries_enquiry_change", into.pk)
    typed = request.POST.get("into", typed).strip().upper()
    other = Enquiry.objects.filter(reference=typed).exclude(pk=enquiry.pk).first() if typed else None
    sees_people = request.user.has_perm(SEE_PEOPLE)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Merge {enquiry.reference} into another",
        "opts": model_admin.opts,
        "enquiry": enquiry,
        "form": form,
        "typed": typed,
        "other": other,
        "both": [_card(one, sees_people) for one in (enquiry, other)] if other else [],
        "against": merging.against(enquiry, other) if other else [],
        "suggested": [] if other else [_card(one, sees_people) for one in of_same_sender(enquiry)],
    }
    return TemplateResponse(request, "enquiries/admin/merge.html", context)


def of_same_sender(enquiry):
    """Other open enquiries that look like the same sender's: same address, telephone or person, or linked already."""
    same = Q(pk=enquiry.follows_id) | Q(follows=enquiry)
    if enquiry.email:
        same |= Q(address=enquiry.email.lower())
    if enquiry.telephone:
        same |= Q(telephone=enquiry.telephone)
    if enquiry.person_id:
        same |= Q(person=enquiry.person_id)
    found = Enquiry.objects.open().annotate(address=Lower("email")).filter(same).exclude(pk=enquiry.pk)
    return found.select_related("owner").order_by("-received_at")[:MOST_SUGGESTED]


def _card(enquiry, sees_people):
    name, organisation = enquiry.full_name.strip(), enquiry.organisation
    pairs = [
        ("State", state_tag(enquiry)),
        ("Stage", stage(enquiry.stage)),
        ("Received", moment(enquiry.received_at)),
        ("Organisation", in_language(organisation, script_language(organisation))),
        ("From", in_language(name, script_language(name)) if sees_people else ""),
        ("Country", countries.name(enquiry.country) if enquiry.country else ""),
        ("Officer", whose(enquiry)),
        ("First human reply", moment(enquiry.first_reply_at)),
    ]
    return {"enquiry": enquiry, "facts": facts(pairs)}
