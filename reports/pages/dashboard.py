"""The manager's dashboard: a period, its figures, and the period before beside them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports import catalogue
from reports.dashboard import Dashboard
from reports.parameters import PeriodForm, period_words
from reports.taking import snapshot


@never_cache
@require_safe
def dashboard(request):
    """For everybody who may see any report, with the figures that are theirs to see."""
    if not catalogue.for_user(request.user):
        raise PermissionDenied
    with snapshot() as moment:
        form = PeriodForm(request.GET.dict(), now=moment)
        content = _content(form, request.user, moment) if form.is_valid() else {}
    context = admin.site.each_context(request) | {"title": "Dashboard", "form": form, **content}
    return TemplateResponse(request, "reports/dashboard.html", context)


def _content(form, user, moment):
    found, period = Dashboard(form, user, moment), form.cleaned_data["period"]
    before = period.before()
    return {
        "period": period_words(period),
        "before": before and period_words(before),
        "sections": found.sections(),
        "chart": found.chart(),
        "moment": moment,
    }
