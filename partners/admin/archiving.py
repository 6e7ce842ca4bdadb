"""Archived, not deleted: a reason archives, taking the reason away brings back."""

from django.contrib import admin
from django.utils import timezone

from publishing.desk.display import tag

ARCHIVE = (
    "Archive",
    {
        "fields": ["archived_why", "archived_when"],
        "classes": ["side"],
        "description": "Write a reason to archive; clear it to bring the row back. Nothing here is deleted.",
    },
)


class ArchivedFilter(admin.SimpleListFilter):
    """What is in use, unless asked otherwise."""

    title = parameter_name = "archived"

    def lookups(self, request, model_admin):
        return [("yes", "Archived"), ("all", "All")]

    def choices(self, changelist):
        first, *rest = super().choices(changelist)
        return [first | {"display": "In use"}, *rest]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "yes")


class ArchivingAdmin:
    """For the admin of an Archivable: keeps by, when and why together, and offers what is archived to no new row."""

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "archived_when"]

    def side_fieldsets(self, request, obj):
        yield from super().side_fieldsets(request, obj)
        if obj:
            yield ARCHIVE

    def save_model(self, request, obj, form, change):
        if obj.archived_why and not obj.archived_at:
            obj.archived_at, obj.archived_by = timezone.now(), request.user
        elif not obj.archived_why:
            obj.archived_at = obj.archived_by = None
        super().save_model(request, obj, form, change)

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match.url_name == "autocomplete":
            found = found.filter(archived_at__isnull=True)
        return found, may_repeat

    @admin.display(description="Archived")
    def archived_when(self, obj):
        if not obj.archived_at:
            return ""
        return f"{obj.archived_at:%d %B %Y}" + (f" by {obj.archived_by}" if obj.archived_by else "")

    @admin.display(description="in use", ordering="archived_at")
    def in_use(self, obj):
        return tag("Archived", "gap", "withdrawn") if obj.archived_at else tag("In use", "good", "done")
