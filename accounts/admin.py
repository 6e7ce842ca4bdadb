from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import User


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Members of staff. What they may do comes from roles; single permissions are not handed out."""

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
