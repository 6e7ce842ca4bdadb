"""A list of admin as a file: what is shown is what is exported, with its filters, words and order, and all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from exports import copy, spreadsheets, workbook
from exports.spreadsheets import Progress, Source

LIST = "list"  # in EXPORT_SOURCES


@dataclass(frozen=True)
class Shape:
    """One set of columns of a list. `columns` gives those that a user may have, of `exports.columns`.

    `key` stands in the address, "" for the usual one; `label` is read on the button ("Data Hub"); `what` names the file
    and the line in the log."""

    columns: Callable[[Any], list]
    what: str
    key: str = ""
    label: str = ""


class ExportedList:
    """Mixed into a ModelAdmin whose list may be taken away by who has the model's permission `export_`. `exports` are
    its shapes. The list's template includes exports/list_tools.html."""

    exports = ()

    def has_export_permission(self, request):
        may = request.user.has_perm(f"{self.opts.app_label}.export_{self.opts.model_name}")
        return may and self.has_view_permission(request)

    def shape(self, key):
        return next((shape for shape in self.exports if shape.key == key), None)

    def get_urls(self):
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        as_csv, as_spreadsheet = view(require_safe(self.csv_view)), view(require_POST(self.spreadsheet_view))
        return [
            path("export/", as_csv, name=f"{name}_export"),
            path("export/<slug:key>/", as_csv, name=f"{name}_export_shape"),
            path("spreadsheet/", as_spreadsheet, name=f"{name}_spreadsheet"),
            path("spreadsheet/<slug:key>/", as_spreadsheet, name=f"{name}_spreadsheet_shape"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        more = {"exports": self._offered(request), "may_export": self.has_export_permission(request)}
        return super().changelist_view(request, more | (extra_context or {}))

    def _offered(self, request):
        """What the list's tools offer; nothing to those who may not."""
        if not self.has_export_permission(request):
            return []
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return [
            {
                "label": shape.label,
                "csv": _address(f"{name}_export", shape.key) + query,
                "spreadsheet": _address(f"{name}_spreadsheet", shape.key) + query,
            }
            for shape in self.exports
        ]

    def csv_view(self, request, key=""):
        """The address says which rows and in which order."""
        return self._export(request, key, self._download)

    def spreadsheet_view(self, request, key=""):
        """Asks for the spreadsheet and leads to its page, which shows how far it is."""
        return self._export(request, key, self._ask)

    def _export(self, request, key, deliver):
        if not self.has_export_permission(request):
            raise PermissionDenied
        shape = self.shape(key)
        if shape is None:
            raise Http404
        try:
            listed = self.exported(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return deliver(request, shape, listed)

    def exported(self, request):
        """Every row of the list as it is filtered, searched and sorted. No page, no cap."""
        return self.get_changelist_instance(request).queryset

    def _download(self, request, shape, listed):
        facts = {"what": shape.what, "filters": request.GET.urlencode(), "by": request.user}
        return copy.download(listed, shape.columns(request.user), **facts)

    def _ask(self, request, shape, listed):
        asked = spreadsheets.ask(
            source=LIST,
            key=self.opts.label_lower,
            shape=shape.key,
            filters=request.GET.urlencode(),
            by=request.user,
        )
        return redirect("admin:exports_spreadsheet_progress", asked.pk)


def _address(name, key):
    return reverse(f"{name}_shape", args=[key]) if key else reverse(name)


class AdminLists(Source):
    """Lists of admin as spreadsheets: the key is the model, the filters are the query of the list's address. The job
    asks for the list as its owner would, so it has their rows in their order."""

    back = "Back to the list"

    def name(self, spreadsheet):
        listing = _listing_of(spreadsheet)
        return capfirst(listing.shape(spreadsheet.shape).what) if listing else ""

    def entitled(self, spreadsheet):
        listing = _listing_of(spreadsheet)
        return bool(listing and listing.has_export_permission(_request(spreadsheet)))

    def address(self, spreadsheet):
        query = f"?{spreadsheet.filters}" if spreadsheet.filters else ""
        return reverse(f"admin:{spreadsheet.key.replace('.', '_')}_changelist") + query

    def write(self, spreadsheet, path):
        listing = _listing_of(spreadsheet)
        shape, listed = listing.shape(spreadsheet.shape), listing.exported(_request(spreadsheet))
        total = listed.order_by().count()
        spreadsheets.start(spreadsheet, shape.what, filters=spreadsheet.filters, total=total)
        columns = shape.columns(spreadsheet.by)
        rows = Progress(spreadsheet)(spreadsheets.values(listed, columns))
        workbook.write(path, columns, rows, expected=total)


def _listing_of(spreadsheet):
    """The admin whose list it is; None where there is no such list, or not in that shape, any more."""
    model = apps.get_model(spreadsheet.key)
    listing = admin.site.get_model_admin(model) if admin.site.is_registered(model) else None
    known = hasattr(listing, "exported") and listing.shape(spreadsheet.shape)
    return listing if known else None


def _request(spreadsheet):
    request = HttpRequest()
    request.method, request.user = "GET", spreadsheet.by
    request.GET = QueryDict(spreadsheet.filters)
    return request
