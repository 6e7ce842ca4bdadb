"""Addresses of the lists of admin that show the rows which a figure counts."""

from urllib.parse import urlencode

from django.urls import reverse


def enquiries(**query):
    return _list("enquiries_enquiry", query)


def projects(**query):
    return _list("enquiries_investmentproject", query)


def interactions(**query):
    return _list("partners_interaction", query)


def translations(**query):
    return _address("admin:translations", query)


def acts(**query):
    return _list("publishing_act", query)


def exports(**query):
    return _list("exports_exportlog", query)


def reads(**query):
    return _list("reports_pagecount", query)


def _list(name, query):
    return _address(f"admin:{name}_changelist", query)


def _address(name, query):
    given = urlencode({key: value for key, value in query.items() if value not in (None, "")})
    return reverse(name) + (f"?{given}" if given else "")
