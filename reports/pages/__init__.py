"""How reports are seen and taken in the desk: the list of them, a page each, and its copies."""

from django.urls import path
from django.views.generic import RedirectView

from reports.pages import runs
from reports.pages.dashboard import dashboard
from reports.pages.index import reports
from reports.pages.page import report
from reports.pages.taken import report_copy

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:reports")),
    path(
        "list/", reports, name="reports"
    ),  # not the beginning of the others' addresses: the menu marks by that
    path("dashboard/", dashboard, name="dashboard"),
    path("of/<slug:name>/", report, name="report"),
    path("of/<slug:name>/<slug:file_format>/", report_copy, name="report_copy"),
    *runs.urlpatterns,
]
