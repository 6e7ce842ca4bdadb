from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.http import require_POST, require_safe

from enquiries import countries, export, triage
from enquiries.admin.filters import CountryFilter, HeldFilter, SectorFilter
from enquiries.admin.forms import EnquiryRecordForm
from enquiries.admin.record import RecordDisplay
from enquiries.admin.record_page import FEATURES, record_context, sees_people
from enquiries.models import Enquiry, EnquiryOpportunity
from enquiries.names import script_language, text_language
from exports.csv import download
from publishing.desk.display import in_language, moment, tag, two_lines
from publishing.text.normal_form import normal_line


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
class EnquiryAdmin(RecordDisplay, admin.ModelAdmin):
    """The list of everything investors asked, and the record of each. Nothing is deleted here."""

    change_list_template = "enquiries/admin/change_list.html"
    change_form_template = "enquiries/admin/change_form.html"
    form = EnquiryRecordForm
    list_display = ["enquiry", "sender", "received", "stage_shown", "answer_language", "held_tag"]
    list_display_links = ["enquiry"]
    list_filter = [
        *("stage", HeldFilter, "reply_language", CountryFilter, "received_at", "how_heard"),
        SectorFilter,
    ]
    search_fields = ["words"]
    search_help_text = "Name, organisation, e-mail, telephone or reference, in either script"
    list_per_page = 50
    show_full_result_count = False
    actions = ["release_held"]
    save_on_top = False
    show_facets = admin.ShowFacets.NEVER
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

    def has_export_permission(self, request):
        return request.user.has_perm("enquiries.export_enquiry") and self.has_view_permission(request)

    # The list

    def get_search_results(self, request, queryset, search_term):
        """Names are stored composed; what is typed on some systems is not."""
        return super().get_search_results(request, queryset, normal_line(search_term))

    @admin.display(ordering="reference")
    def enquiry(self, enquiry):
        start = Truncator(" ".join(enquiry.plans.split())).chars(80)
        return two_lines(in_language(start, text_language(start, enquiry.language)), enquiry.reference)

    @admin.display(description="from", ordering="organisation")
    def sender(self, enquiry):
        country = countries.name(enquiry.country)
        name = format_html("{}, {}", _marked(enquiry.full_name), country)
        return two_lines(_marked(enquiry.organisation), name)

    @admin.display(ordering="received_at")
    def received(self, enquiry):
        return moment(enquiry.received_at, seoul=enquiry.country == "KR")

    @admin.display(description="stage", ordering="stage")
    def stage_shown(self, enquiry):
        return enquiry.get_stage_display()

    @admin.display(description="answer in", ordering="reply_language")
    def answer_language(self, enquiry):
        return in_language(enquiry.get_reply_language_display(), enquiry.reply_language)

    @admin.display(description="held", ordering="held_at")
    def held_tag(self, enquiry):
        return tag("Held", "paused", "held") if enquiry.is_held else ""

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

    # The export

    def get_urls(self):
        name, view = "enquiries_enquiry", self.admin_site.admin_view
        return [
            path("export/", view(require_safe(self.export_view)), name=f"{name}_export"),
            path("<int:object_id>/release/", view(require_POST(self.release_view)), name=f"{name}_release"),
            *(pattern for feature in FEATURES for pattern in feature.urls(self)),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        more = {"may_export": self.has_export_permission(request)} | (extra_context or {})
        return super().changelist_view(request, more)

    def export_view(self, request):
        """Every row of the list as it is filtered, searched and sorted: the address says which."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:enquiries_enquiry_changelist") + "?e=1")
        return download(
            export.rows(listed.queryset),
            export.COLUMNS,
            what="enquiries",
            filters=request.GET.urlencode(),
            by=request.user,
        )


def _marked(name):
    return in_language(name, script_language(name)) if script_language(name) else name
