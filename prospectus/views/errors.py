"""Error pages in the reader's language. They run no query, so they stand when the database does not."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse

from publishing.public_pages import page_context


def _error_page(request, status, **more):
    context = page_context(request) | more
    response = render(request, f"prospectus/errors/{status}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
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
    return _error_page(request, 500)
