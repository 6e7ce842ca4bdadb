"""How reports are seen and taken in the desk: the list of them, a page each, and its copies."""

from django.urls import path

from reports.pages import runs
from reports.pages.dashboard import dashboard
from reports.pages.index import reports
from reports.pages.page import report
from reports.pages.taken import report_copy

urlpatterns = [
    path("", reports, name="reports"),
    path("dashboard/", dashboard, name="dashboard"),
    path("of/<slug:name>/", report, name="report"),
    path("of/<slug:name>/<slug:file_format>/", report_copy, name="report_copy"),
    *runs.urlpatterns,
]
