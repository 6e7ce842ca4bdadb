"""Logging a contact that took place outside the system."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enquiries import conversation
from enquiries.admin.reply_panel import enquiry_for
from enquiries.forms.reply_form import ContactForm
from enquiries.triage import NotPossible
from publishing.desk.display import moment

SHOWN_ONLY = "_kept"
AFTER_SIGNING_IN = "Your session had ended, so nothing was logged. What you typed stands below; look it over."


@require_http_methods(["GET", "POST"])
def log_contact(request, object_id, *, model_admin):
    """By which channel, when, who to whom, and whether it reached them."""
    enquiry = enquiry_for(request, object_id)
    now = timezone.localtime().replace(second=0, microsecond=0, tzinfo=None)
    form = ContactForm(request.POST or None, initial={"at": now})
    if SHOWN_ONLY in request.POST:
        messages.warning(request, AFTER_SIGNING_IN)
    elif form.is_bound and form.is_valid():
        try:
            conversation.log_contact(enquiry, **form.cleaned_data, by=request.user)
        except NotPossible as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The contact is logged.")
            return HttpResponseRedirect(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]))
    context = admin.site.each_context(request) | {
        "title": f"Log a contact about {enquiry.reference}",
        "opts": model_admin.opts,
        "enquiry": enquiry,
        "form": form,
        "received": moment(enquiry.received_at, seoul=enquiry.country == "KR"),
    }
    refused = form.is_bound and form.errors and SHOWN_ONLY not in request.POST
    return TemplateResponse(
        request, "enquiries/admin/log_contact.html", context, status=422 if refused else 200
    )
