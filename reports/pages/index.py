"""The list of reports."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from reports import catalogue


@require_safe
def reports(request):
    """What the user may see, by subject."""
    context = admin.site.each_context(request) | {
        "title": "Reports",
        "subjects": catalogue.for_user(request.user),
    }
    return TemplateResponse(request, "reports/index.html", context)
