"""Addresses of the pages of reports."""

from urllib.parse import urlencode

from django.urls import reverse


def report(name, chosen):
    """The page of a report with what was chosen."""
    query = f"?{urlencode(chosen)}" if chosen else ""
    return reverse("admin:report", args=[name]) + query


def schedule(name, chosen):
    """The page on which colleagues are put down to be told of a report with what was chosen."""
    return f"{reverse('admin:reports_schedule_add')}?{urlencode({'report': name} | chosen)}"
