"""Error pages in the reader's language. They run no query, so they stand when the database does not."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.urls import reverse

from publishing.public_pages import page_context

RETRY_AFTER = 5  # seconds: a killed database is back by then


def _error_page(request, status, **more):
    context = page_context(request) | more
    response = render(request, f"prospectus/errors/{status}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


@login_not_required
def bad_request(request, exception=None):
    return _error_page(request, 400)


@login_not_required
def forbidden(request, exception=None, reason=""):
    """Somebody signed in lacks a permission; or a form came from another website, which `reason` tells."""
    at_the_desk = request.path.startswith(reverse("admin:index")) and not reason
    return _error_page(request, 403, at_the_desk=at_the_desk)


@login_not_required
def not_found(request, exception=None):
    return _error_page(request, 404)


@login_not_required
def server_error(request):
    """While the database does not answer, sending the same again in a moment helps, and the answer says so."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _error_page(request, 503)
    return _error_page(request, 500)
