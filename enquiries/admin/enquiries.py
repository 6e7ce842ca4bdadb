from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from enquiries import triage
from enquiries.admin.enquiry_list import EnquiryList
from enquiries.admin.forms import EnquiryRecordForm
from enquiries.admin.record import RecordDisplay
from enquiries.admin.record_page import FEATURES, record_context, sees_people
from enquiries.models import Enquiry, EnquiryOpportunity


class OpportunityRows(admin.TabularInline):
    model = EnquiryOpportunity
    autocomplete_fields = ["opportunity"]
    extra = 0
    verbose_name_plural = "Asks about"

    def get_formset(self, request, obj=None, **kwargs):
        """Opportunities are looked after in their own list, not from here."""
        formset = super().get_formset(request, obj, **kwargs)
        if field := formset.form.base_fields.get("opportunity"):
            for what in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{what}_related", False)
        return formset


@admin.register(Enquiry)
class EnquiryAdmin(EnquiryList, RecordDisplay):
    """The list of everything investors asked, and the record of each. Nothing is deleted here."""

    change_form_template = "enquiries/admin/change_form.html"
    form = EnquiryRecordForm
    actions = ["release_held"]
    save_on_top = False
    autocomplete_fields = ["sectors"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["as_submitted", "circumstances", "consents_given", "mail_states"]
    inlines = [OpportunityRows]

    def get_fieldsets(self, request, obj=None):
        """Who may not see people sees which organisation asks about what, from where and when."""
        if not sees_people(request):
            where = ["organisation", ("country", "reply_language"), "sectors"]
            return [
                ("Who and where", {"fields": where}),
                ("Received", {"fields": ["circumstances"], "classes": ["side", "bare"]}),
            ]
        who = [
            ("family_name", "given_name"),
            ("organisation", "job_title"),
            ("country", "website"),
            ("email", "telephone"),
            ("reply_language", "how_heard"),
        ]
        return [
            ("Who and where", {"fields": who}),
            ("Plans and sectors", {"fields": ["plans", "sectors"]}),
            ("As submitted", {"fields": ["as_submitted"], "classes": ["bare"]}),
            ("Received", {"fields": ["circumstances"], "classes": ["side", "bare"]}),
            ("Consents", {"fields": ["consents_given"], "classes": ["side", "bare"]}),
            ("Mails of the system", {"fields": ["mail_states"], "classes": ["side", "bare"]}),
        ]

    # Who may do what

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # The list's action

    @admin.action(description="Release held enquiries", permissions=["change"])
    def release_held(self, request, queryset):
        self.say_released(request, triage.release(queryset, by=request.user))

    def say_released(self, request, number):
        if number:
            word = "enquiry" if number == 1 else "enquiries"
            self.message_user(
                request, f"{number} {word} released; the acknowledgement is on its way.", messages.SUCCESS
            )
        else:
            self.message_user(request, "Nothing was held any more.", messages.WARNING)

    # The record

    def save_model(self, request, obj, form, change):
        """Only what was changed is written, so two people who correct different things both succeed. The stage, the
        owner and the clock move by verbs of their own, each of which leaves a row."""
        columns = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=columns.intersection(form.changed_data))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= record_context(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def release_view(self, request, object_id):
        """One click on the record of a held enquiry."""
        enquiry = get_object_or_404(Enquiry, pk=object_id)
        if not self.has_change_permission(request, enquiry):
            raise PermissionDenied
        self.say_released(request, triage.release([enquiry], by=request.user))
        return HttpResponseRedirect(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]))

    def get_urls(self):
        name, view = "enquiries_enquiry", self.admin_site.admin_view
        return [
            path("<int:object_id>/release/", view(require_POST(self.release_view)), name=f"{name}_release"),
            *(pattern for feature in FEATURES for pattern in feature.urls(self)),
            *super().get_urls(),
        ]
