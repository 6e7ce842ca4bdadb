from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exports import spreadsheets
from exports.models import ExportLog, Spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReadOnly(admin.ModelAdmin):
    """Rows that the system writes."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnly):
    """Who took which rows away. Read only."""

    list_display = ["file_name", "who", "at", "what", "filters", "rows", "whole"]
    list_select_related = ["by"]
    search_fields = ["file_name", "by__username", "by__last_name", "operator", "filters"]
    fields = ["file_name", "what", "filters", "who", "at", "rows", "whole"]
    readonly_fields = fields

    @admin.display(description="by", ordering="by")
    def who(self, log):
        return log.by or log.operator

    @admin.display(description="whole?", boolean=True)
    def whole(self, log):
        return log.finished_at is not None


@admin.register(Spreadsheet)
class SpreadsheetAdmin(ReadOnly):
    """A member of staff's own spreadsheets and nobody else's: how far each is, and the way to the file while there is
    one. Whether they may have what is in it is asked again at every step."""

    change_list_template = "exports/your_exports.html"
    empty_words = "No spreadsheet yet. Open a list, choose its filters, and ask for one under Export."
    list_display = ["what", "asked_at", "state_shown", "rows", "expires_at"]
    list_display_links = None
    ordering = ["-asked_at", "-pk"]

    def has_view_permission(self, request, obj=None):
        """Everybody who may export anything has exports of their own."""
        user = request.user
        if not user.is_active or user.is_superuser:
            return user.is_active
        return any(name.split(".")[1].startswith("export_") for name in user.get_all_permissions())

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(by=request.user).select_related("by", "log")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Your exports"} | (extra_context or {}))

    @admin.display(description="what")
    def what(self, spreadsheet):
        address = reverse("admin:exports_spreadsheet_progress", args=[spreadsheet.pk])
        return format_html('<a href="{}">{}</a>', address, _name(spreadsheet))

    @admin.display(description="state")
    def state_shown(self, spreadsheet):
        return "Expired" if spreadsheet.is_expired else spreadsheet.get_state_display()

    def get_urls(self):
        def page(view):
            return never_cache(self.admin_site.admin_view(view))

        return [
            path("<int:pk>/", page(require_safe(self.progress)), name="exports_spreadsheet_progress"),
            path("<int:pk>/file/", page(require_safe(self.download)), name="exports_spreadsheet_file"),
            path("<int:pk>/again/", page(require_POST(self.again)), name="exports_spreadsheet_again"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if (own := self.get_object(request, object_id)) is None:
            raise Http404(object_id)
        return redirect("admin:exports_spreadsheet_progress", own.pk)

    def _own(self, request, pk):
        """Somebody else's does not exist."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def progress(self, request, pk):
        spreadsheet = self._own(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _name(spreadsheet),
            "opts": self.opts,
            "spreadsheet": spreadsheet,
            "entitled": spreadsheets.entitled(spreadsheet),
            "address": _source_address(spreadsheet),
            "back": spreadsheets.source_of(spreadsheet).back,
        }
        return TemplateResponse(request, "exports/spreadsheet.html", context)

    def download(self, request, pk):
        """The file, to its owner, while they may have it and it has not expired."""
        spreadsheet = self._own(request, pk)
        if not spreadsheets.entitled(spreadsheet):
            raise PermissionDenied
        if not spreadsheet.is_there:
            return redirect("admin:exports_spreadsheet_progress", pk)
        response = FileResponse(
            spreadsheet.file.open("rb"),
            as_attachment=True,
            filename=spreadsheet.log.file_name,
            content_type=XLSX,
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def again(self, request, pk):
        """The same once more, as it is now."""
        spreadsheet = self._own(request, pk)
        if not spreadsheets.entitled(spreadsheet):
            raise PermissionDenied
        fresh = spreadsheets.ask(
            source=spreadsheet.source,
            key=spreadsheet.key,
            shape=spreadsheet.shape,
            filters=spreadsheet.filters,
            by=request.user,
        )
        return redirect("admin:exports_spreadsheet_progress", fresh.pk)


def _name(spreadsheet):
    """What it is, in words."""
    return spreadsheets.source_of(spreadsheet).name(spreadsheet) or spreadsheet.key


def _source_address(spreadsheet):
    """The page it was asked for on; "" where there is none any more."""
    source = spreadsheets.source_of(spreadsheet)
    return source.address(spreadsheet) if source.name(spreadsheet) else ""
