"""Addresses of the pages of reports."""

from urllib.parse import urlencode

from django.urls import reverse


def report(name, chosen):
    """The page of a report with what was chosen."""
    query = f"?{urlencode(chosen)}" if chosen else ""
    return reverse("admin:report", args=[name]) + query


def pack(pack, moment):
    """The page of a board pack, whose named periods mean what they meant at a moment."""
    query = urlencode({"on": moment.isoformat()})
    return f"{reverse('admin:reports_boardpack_change', args=[pack.pk])}?{query}"
