"""The page of one report: its parameters, scope, chart and table, and the ways to a copy."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from publishing import languages
from reports import addresses, catalogue, charts, stated
from reports.pages import shown
from reports.pages.words import LANGUAGE
from reports.paper.contents import MOST_ROWS
from reports.taking import snapshot, take

LONG = 500  # rows of a document that takes longer than a page does


@require_safe
def report(request, name):
    """The report as it is now. With parameters that are wrong, the form that says so and keeps them."""
    found = seen(request.user, name)
    with snapshot() as moment:
        form = found.asking(request.GET.dict(), now=moment)
        content = _content(take(found, form, request.user, moment=moment)) if form.is_valid() else {}
    context = admin.site.each_context(request) | {
        "title": str(found.title),
        "report": found,
        "form": form,
        "may_take": found.may_take(request.user),
        "may_schedule": request.user.has_perm("reports.add_schedule"),
        **content,
    }
    return TemplateResponse(request, "reports/report.html", context)


def seen(user, name):
    """The report of that name, for who may see it."""
    found = catalogue.BY_NAME.get(name)
    if found is None:
        raise Http404
    if not found.may_see(user):
        raise PermissionDenied
    return found


def _content(taken):
    """All that the template shows of it, read while the snapshot is open."""
    content = taken.content
    facts = {
        "schedule": addresses.schedule(taken.report.name, taken.chosen),
        "scope": stated.lines(taken),
        "notes": stated.notes(taken),
        "copies": _copies(taken),
        "is_empty": not taken.scope.rows,
        "is_listing": taken.is_listing,
    }
    if taken.is_listing:
        return facts | {
            "table": shown.listing(content),
            "caption": _first_of(taken),
            "whole": content.changelist,
        }
    return facts | {
        "table": shown.table(content, taken.language),
        "caption": taken.scope.title,
        "chart": charts.chart_on_page(content, taken.language),
        "chart_note": charts.chart_note(content, taken.language),
    }


def _first_of(taken):
    rows = taken.scope.rows
    if rows <= shown.FIRST:
        return f"{taken.scope.title}: {rows:,}"
    return f"{taken.scope.title}: the first {shown.FIRST} of {rows:,}; the files hold all."


def _copies(taken):
    """The ways to a copy of just this. A document is offered in each of our languages."""
    fits = not taken.is_listing or taken.scope.rows <= MOST_ROWS
    return {
        "csv": copy_address(taken, "csv"),
        "xlsx": copy_address(taken, "xlsx"),
        "spreadsheet": _address("report_spreadsheet", [taken.report.name], taken.chosen),
        "documents": [
            {
                "address": copy_address(taken, "pdf", code),
                "marking": languages.marked(code),
                "name": languages.own_name(code),
            }
            for code in (languages.codes() if fits else ())
        ],
        "most_rows": MOST_ROWS,
        "is_long": taken.scope.rows > LONG,
    }


def copy_address(taken, file_format, language=""):
    query = taken.chosen | ({LANGUAGE: language} if language else {})
    return _address("report_copy", [taken.report.name, file_format], query)


def _address(name, given, query):
    return f"{reverse(f'admin:{name}', args=given)}?{urlencode(query)}"
