from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, TextField, Value
from django.db.models.functions import Concat, Lower
from django.forms import CheckboxSelectMultiple
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from enquiries import countries, data_hub, project_columns, projects
from enquiries.admin import project_board, project_verbs
from enquiries.admin.project_display import (
    investors,
    jobs_words,
    landing_words,
    missing_tag,
    named,
    stage_pips,
    status_tag,
    value_words,
)
from enquiries.admin.project_filters import CURRENT, FILTERS, MINE
from enquiries.admin.project_forms import Pounds, ProjectForm, several, staff_at_work
from enquiries.admin.project_record import record_context
from enquiries.models import InvestmentProject, ProjectOrganisation, ProjectPerson
from enquiries.project_stages import Status
from exports.lists import ExportedList, Shape
from publishing.desk.base import DeskAdmin
from publishing.desk.display import two_lines
from publishing.desk.lists import LargeListAdmin
from publishing.search import Bigrams

SEE_PEOPLE = "partners.view_person"
STAFF = ["client_relationship_manager", "project_manager"]
# Texts in which people may be named.
PRIVATE = {"description", "client_requirements", "aftercare_notes"}
OPEN_WORDS = Lower(
    Concat("project_code", Value(" "), "name", Value(" "), "anonymous_description", output_field=TextField())
)


class OrganisationRows(admin.TabularInline):
    model = ProjectOrganisation
    autocomplete_fields = ["organisation"]
    extra = 0


class PersonRows(admin.TabularInline):
    """Client contacts: hidden from who may not see people."""

    model = ProjectPerson
    autocomplete_fields = ["person"]
    extra = 0

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(SEE_PEOPLE) and super().has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(SEE_PEOPLE) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(SEE_PEOPLE) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm(SEE_PEOPLE) and super().has_delete_permission(request, obj)


@admin.register(InvestmentProject)
class InvestmentProjectAdmin(ExportedList, LargeListAdmin, DeskAdmin):
    """The list, the board and the record of investment projects. Nothing is deleted: what comes to nothing is lost or
    abandoned."""

    form = ProjectForm
    change_list_template = "enquiries/admin/project_list.html"
    change_form_template = "enquiries/admin/project_form.html"
    list_display = ["project", "client", "standing", "worth", "landing_shown"]
    list_display_links = ["project"]
    list_filter = FILTERS
    list_views = [
        ("Mine", {"manager": MINE}),
        ("Current", {"status": CURRENT}),
        ("Landing in 90 days", {"landing": "soon"}),
        ("Expected date has passed", {"landing": "late"}),
    ]
    list_select_related = STAFF
    list_orders = [("-id", "-pk"), ("landing", "-pk"), ("stage", "-pk")]
    exports = [
        Shape(project_columns.columns, "investment projects"),
        Shape(
            data_hub.columns,
            "investment projects for Data Hub",
            key="data-hub",
            label="Data Hub’s shape",
        ),
    ]
    search_help_text = "Code, name or description, in either script"
    actions = None
    autocomplete_fields = ["sites", "opportunities", "delivery_partners"]
    inlines = [OrganisationRows, PersonRows]

    def get_fieldsets(self, request, obj=None):
        groups = [
            ("Who", ["name", ("country", "investor_type"), tuple(STAFF), "project_assurance_adviser"]),
            (
                "What",
                [
                    *("description", "anonymous_description", ("investment_type", "fdi_type", "fdi_value")),
                    *("sectors", "business_activities", "other_business_activity"),
                    ("level_of_involvement", "specific_programme"),
                ],
            ),
            (
                "Where",
                [
                    "opportunities",
                    "sites",
                    ("address_1", "address_town", "address_postcode"),
                    "delivery_partners",
                ],
            ),
            (
                "Value and jobs",
                [
                    ("total_investment", "client_cannot_provide_total_investment"),
                    ("foreign_equity_investment", "client_cannot_provide_foreign_investment"),
                    ("gross_value_added", "average_salary"),
                    ("number_new_jobs", "number_safeguarded_jobs"),
                    ("government_assistance", "r_and_d_budget", "non_fdi_r_and_d_budget"),
                    ("new_tech_to_uk", "export_revenue"),
                ],
            ),
            ("Dates and likelihood", [("estimated_land_date", "actual_land_date", "likelihood_to_land")]),
            (
                "Drivers and competition",
                [
                    *("client_requirements", "strategic_drivers"),
                    *("client_considering_other_countries", "competitor_countries"),
                ],
            ),
            (
                "How it came to us",
                [("referral_source_activity", "referral_source_adviser"), "referral_source_detail"],
            ),
            ("Aftercare", [("aftercare_offered_on", "aftercare_manager"), "aftercare_notes"]),
        ]
        hidden = set() if request.user.has_perm(SEE_PEOPLE) else PRIVATE
        return [
            (heading, {"fields": [name for name in names if name not in hidden]}) for heading, names in groups
        ]

    def get_readonly_fields(self, request, obj=None):
        """The day a won project landed is part of its being won."""
        return ["actual_land_date"] if obj and obj.status == Status.WON else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, ArrayField):
            return several(db_field)
        if isinstance(db_field, BigIntegerField):
            label = db_field.verbose_name[:1].upper() + db_field.verbose_name[1:]
            return Pounds(label=label, required=False, help_text="£1,250,000 or 1.25m")
        if db_field.name == "sectors":
            kwargs["widget"] = CheckboxSelectMultiple()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.is_relation:
            for what in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{what}_related", False)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is User:
            number = request.resolver_match.kwargs.get("object_id") or 0
            project = InvestmentProject.objects.filter(pk=number)
            kwargs["queryset"] = staff_at_work(project.values(db_field.attname))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # Who may do what

    def has_delete_permission(self, request, obj=None):
        return False

    # The list

    def get_queryset(self, request):
        return super().get_queryset(request).with_links().prefetch_related("organisation_rows__organisation")

    def get_list_search(self, request):
        """For who may not see people, what names nobody."""
        if request.user.has_perm(SEE_PEOPLE):
            return super().get_list_search(request)
        return OPEN_WORDS, Bigrams(OPEN_WORDS)

    def get_search_results(self, request, queryset, search_term):
        """An enquiry is linked to a project that goes on."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            found = found.ongoing()
        return found, may_repeat

    @admin.display(ordering="id")
    def project(self, project):
        manager = project.project_manager or project.client_relationship_manager
        return two_lines(
            named(project), f"{project.project_code} · {manager}" if manager else project.project_code
        )

    @admin.display(description="investor")
    def client(self, project):
        return two_lines(investors(project), countries.name(project.country) if project.country else "")

    @admin.display(description="stage and status", ordering="stage")
    def standing(self, project):
        lacking = missing_tag(len(projects.missing_for_next(project)))
        status = "" if project.status in {Status.ONGOING, Status.WON} else status_tag(project)
        return two_lines(stage_pips(project), status or lacking)

    @admin.display(description="value")
    def worth(self, project):
        return two_lines(
            value_words(project), jobs_words(project.number_new_jobs, project.number_safeguarded_jobs)
        )

    @admin.display(description="landing", ordering="landing")
    def landing_shown(self, project):
        likelihood = project.get_likelihood_to_land_display()
        return two_lines(landing_words(project), f"{likelihood} likelihood" if likelihood else "")

    # The record

    def save_model(self, request, obj, form, change):
        """Only what was changed is written, so two people who correct different things both succeed."""
        if not change:
            obj.created_by = request.user
            obj.save()
            projects.begun(obj, why="Entered by hand.", by=request.user)
            return
        columns = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=columns.intersection(form.changed_data))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= record_context(self, request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        name, view = "enquiries_investmentproject", self.admin_site.admin_view
        return [
            path("board/", view(require_safe(self.board_view)), name=f"{name}_board"),
            path("<int:object_id>/do/<slug:verb>/", view(self.verb_view), name=f"{name}_do"),
            path("<int:object_id>/move/", view(require_POST(self.move_view)), name=f"{name}_move"),
            *super().get_urls(),
        ]

    def board_view(self, request):
        return project_board.board(self, request)

    def verb_view(self, request, object_id, verb):
        return project_verbs.act(self, request, object_id, verb)

    def move_view(self, request, object_id):
        return project_verbs.move_card(self, request, object_id)
