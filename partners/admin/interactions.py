"""Interactions: the proof that we spoke to somebody. Who may not see people sees that there was one, not with whom nor
about what; a complete one is corrected with care, because a clock may have stopped by it."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from exports.lists import ExportedList, Shape
from partners import export
from partners.models import (
    Interaction,
    InteractionOrganisation,
    InteractionParticipant,
    InteractionPerson,
)
from publishing.desk.base import DeskAdmin
from publishing.desk.display import moment, tag, two_lines
from publishing.desk.lists import LargeListAdmin
from publishing.desk.lists.filters import between, of_column

from .contact_points import SEE_PEOPLE, PeopleInline

# Who may delete an interaction may also correct what a clock stopped by.
MAY_CORRECT = "partners.delete_interaction"
PROOF = ("status", "channel", "direction", "at", "reached")
FILTERED = {
    "kind": Interaction.Kind.choices,
    "channel": Interaction.Channel.choices,
    "direction": Interaction.Direction.choices,
    "status": Interaction.Status.choices,
}
PERSONAL = ("subject", "counterpart", "notes")


class InteractionForm(forms.ModelForm):
    def clean(self):
        given = super().clean()
        at, status = given.get("at", self.instance.at), given.get("status", self.instance.status)
        if at and status == Interaction.Status.COMPLETE and at > timezone.now():
            raise ValidationError(
                {"at" if "at" in self.fields else None: "A contact that is still to come is a draft."}
            )
        return given


class PersonRows(PeopleInline, admin.TabularInline):
    model = InteractionPerson
    autocomplete_fields = ["person"]
    extra = 0
    verbose_name_plural = "people on their side"


class OrganisationRows(admin.TabularInline):
    model = InteractionOrganisation
    autocomplete_fields = ["organisation"]
    extra = 0
    verbose_name_plural = "organisations on their side"


class ParticipantRows(admin.TabularInline):
    model = InteractionParticipant
    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "adviser":
            kwargs["queryset"] = (
                get_user_model().objects.filter(is_staff=True).order_by("last_name", "username")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Interaction)
class InteractionAdmin(ExportedList, LargeListAdmin, DeskAdmin):
    form = InteractionForm
    list_display = ["contact", "channel_shown", "when", "ours"]
    list_display_links = ["contact"]
    list_filter = [
        *(of_column(name, choices) for name, choices in FILTERED.items()),
        of_column("reached", [("True", "Yes"), ("False", "No")]),
        between("at", "at", title="when"),
    ]
    list_orders = [("-at", "-pk")]
    list_defer = ["words", "search", "notes"]
    exports = [Shape(export.columns, "interactions")]
    search_help_text = "Words of the subject, the notes or the counterpart, in either script"
    inlines = [PersonRows, OrganisationRows, ParticipantRows]
    fieldsets = [
        ("Contact", {"fields": [("kind", "status"), ("channel", "direction"), "at", "reached"]}),
        ("About", {"fields": ["subject", "counterpart", "notes"]}),
        ("Logged", {"fields": ["logged"], "classes": ["side", "bare"]}),
    ]

    # Who sees and does what

    def sees_people(self, request):
        return request.user.has_perm(SEE_PEOPLE)

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        return found if self.sees_people(request) else [row for row in found if row[0] != "About"]

    def get_readonly_fields(self, request, obj=None):
        """What proves a complete contact is for managers to correct."""
        proof = PROOF if obj and obj.status == Interaction.Status.COMPLETE else ()
        return ["logged", *(() if request.user.has_perm(MAY_CORRECT) else proof)]

    def has_add_permission(self, request):
        return self.sees_people(request) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        """What one may not see one may not change."""
        return self.sees_people(request) and super().has_change_permission(request, obj)

    def get_actions(self, request):
        """Deleted one by one: a clock may start again by it."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_inlines(self, request, obj):
        return self.inlines if self.sees_people(request) else [OrganisationRows, ParticipantRows]

    def get_search_fields(self, request):
        return ["words"] if self.sees_people(request) else []

    def history_view(self, request, object_id, extra_context=None):
        """The page of changes names the subject."""
        if not self.sees_people(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and not self.sees_people(request):
            context |= {"original": f"Interaction {obj.pk}", "subtitle": None}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.logged_by = request.user
        super().save_model(request, obj, form, change)

    # The list

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("participants")

    def get_list_display(self, request):
        if self.sees_people(request):
            return self.list_display
        return ["contact_masked", *self.list_display[1:]]

    def get_list_display_links(self, request, list_display):
        return list_display[:1]

    @admin.display(description="contact")
    def contact(self, interaction):
        mark = tag("Draft", "gap", "note") if interaction.status == Interaction.Status.DRAFT else ""
        return two_lines(interaction.subject, interaction.counterpart or mark)

    @admin.display(description="contact")
    def contact_masked(self, interaction):
        return two_lines(interaction.get_kind_display(), interaction.get_direction_display())

    @admin.display(description="channel")
    def channel_shown(self, interaction):
        if not interaction.reached:
            missed = tag("Not reached", "late", "late")
            return two_lines(interaction.get_channel_display(), missed)
        return two_lines(interaction.get_channel_display(), interaction.get_direction_display())

    @admin.display(ordering="at")
    def when(self, interaction):
        return moment(interaction.at)

    @admin.display(description="our side")
    def ours(self, interaction):
        return ", ".join(str(member) for member in interaction.participants.all())

    @admin.display(description="")
    def logged(self, interaction):
        if not interaction.pk:
            return "Not yet"
        return two_lines(interaction.logged_by or "Nobody who is still here", moment(interaction.logged_at))
