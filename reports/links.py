"""Addresses of the lists of admin that show the rows which a figure counts."""

from urllib.parse import urlencode

from django.urls import reverse


def enquiries(**query):
    return _list("enquiries_enquiry", query)


def projects(**query):
    return _list("enquiries_investmentproject", query)


def _list(name, query):
    given = urlencode({key: value for key, value in query.items() if value not in (None, "")})
    return reverse(f"admin:{name}_changelist") + (f"?{given}" if given else "")
