from django.contrib import admin

from exports.models import ExportLog


@admin.register(ExportLog)
class ExportLogAdmin(admin.ModelAdmin):
    """Who took which rows away. Read only."""

    list_display = ["file_name", "by", "at", "what", "filters", "rows", "whole"]
    list_select_related = ["by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["file_name", "by__username", "by__last_name", "filters"]
    fields = ["file_name", "what", "filters", "by", "at", "rows", "whole"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="whole?", boolean=True)
    def whole(self, log):
        return log.finished_at is not None
