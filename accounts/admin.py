from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.forms import DateInput
from django.utils import timezone

from accounts.models import Absence, Team, User


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Members of staff. What they may do comes from roles; single permissions are not handed out."""

    change_form_template = "accounts/admin/user_change_form.html"
    list_display = ["username", "get_full_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "is_superuser", "groups"]
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = ["groups"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        (
            "Roles",
            {
                "fields": ["groups", "is_active", "is_staff", "is_superuser"],
                "description": "Roles add up. Take away “active” instead of deleting somebody who leaves.",
            },
        ),
        ("Dates", {"fields": ["last_login", "date_joined"], "classes": ["side"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Roles", {"fields": ["groups", "is_staff"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser makes a superuser."""
        fixed = ["last_login", "date_joined"]
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Who leaves is made inactive, so that what they did keeps their name."""
        return False

    @admin.display(description="roles")
    def roles(self, user):
        names = [group.name for group in user.groups.all()]
        return ", ".join([*(["superuser"] if user.is_superuser else []), *names])


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    """Teams: retired, not deleted, because what was given to them says so."""

    list_display = ["name", "people", "retired_at"]
    search_fields = ["name"]
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = ["members"]
    fields = ["name", "members", "retired_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("members")

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Who is there to be a member, and whoever is one, though they may have left."""
        team = request.resolver_match.kwargs.get("object_id")
        staff = User.objects.filter(is_active=True, is_staff=True)
        if team:
            staff = staff | User.objects.filter(
                pk__in=Team.members.through.objects.filter(team=team).values("user")
            )
        kwargs["queryset"] = staff.order_by("first_name", "last_name", "username")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description="members")
    def people(self, team):
        return ", ".join(str(member) for member in team.members.all() if member.is_active) or "Nobody"


class AbsenceIs(admin.SimpleListFilter):
    """Now, to come, or past."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("now", "Away today"), ("later", "To come"), ("past", "Past")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "now":
                return queryset.on(today)
            case "later":
                return queryset.filter(first_day__gt=today)
            case "past":
                return queryset.filter(last_day__lt=today)
        return queryset


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):
    """Who is out of office when, and who stands in."""

    list_display = ["user", "first_day", "last_day", "deputy"]
    list_select_related = ["user", "deputy"]
    list_filter = [AbsenceIs]
    search_fields = ["user__first_name", "user__last_name", "user__username"]
    list_per_page = 50
    show_full_result_count = False
    fields = ["user", ("first_day", "last_day"), "deputy"]
    formfield_overrides = {models.DateField: {"widget": DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        staff = User.objects.filter(is_active=True, is_staff=True)
        kwargs["queryset"] = staff.order_by("first_name", "last_name", "username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
