"""The addresses that belong to no language: the root, robots, sitemap and the staff's style page."""

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from prospectus.sitemap import sitemap_entries
from publishing.public_pages import page_context


@login_not_required
@require_safe
def choose_language(request):
    """The only address that varies on anything but itself: it asks the browser's languages."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@login_not_required
@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request):
    return render(
        request,
        "prospectus/sitemap.xml",
        {"entries": sitemap_entries()},
        content_type="application/xml; charset=utf-8",
    )


@staff_member_required
@require_safe
def styleguide(request):
    return render(request, "prospectus/styleguide.html", page_context(request))
