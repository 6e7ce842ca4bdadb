"""Where the mail of a schedule leads, and where a report is asked for as a spreadsheet that a job makes."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from publishing import languages
from reports import addresses, catalogue, exports, packs, scheduling
from reports.models import ScheduledRun
from reports.pages.words import LANGUAGE
from reports.paper.press import NoDocument

NOT_YOURS = "It was sent to colleagues, and you are not among its recipients."
NOT_ENTITLED = "You may not see this report, or not any more."


@never_cache
@require_safe
def report_run(request, pk):
    """The report with the days that were meant when it was due, for whoever it is meant for and may still see it."""
    run = get_object_or_404(ScheduledRun.objects.select_related("schedule__pack"), pk=pk)
    if why := _refusal(run, request.user):
        return _refused(request, why, status=403)
    if run.schedule.pack:
        return _document(request, run)
    return redirect(addresses.report(run.schedule.report, run.parameters))


def _document(request, run):
    """The pack, with the periods that were meant; or why there is none."""
    try:
        made = packs.make(run.schedule.pack, now=run.due_at, by=request.user)
    except (packs.NotPossible, NoDocument) as refusal:
        return _refused(request, str(refusal), status=409)
    response = HttpResponse(made.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _refused(request, why, status):
    context = admin.site.each_context(request) | {"title": "This report cannot be shown", "why": why}
    return TemplateResponse(request, "reports/admin/run_refused.html", context, status=status)


def _refusal(run, user):
    """Why somebody may not open a run; "" where they may."""
    schedule = run.schedule
    concerned = (
        user.pk == schedule.owner_id
        or user.has_perm("reports.change_schedule")
        or schedule.recipients.filter(user=user).exists()
    )
    if not concerned:
        return NOT_YOURS
    return "" if scheduling.may_see(schedule, user) else NOT_ENTITLED


@require_POST
def report_spreadsheet(request, name):
    """Asks for the report with the parameters in the address, and leads to the page that shows how far it is."""
    report = catalogue.BY_NAME.get(name)
    language = request.GET.get(LANGUAGE, languages.SOURCE)
    if report is None or language not in languages.codes():
        raise Http404
    if not report.may_take(request.user):
        raise PermissionDenied
    form = report.asking(request.GET.dict(), language=language)
    if not form.is_valid():
        chosen = {key: value for key, value in request.GET.items() if key != LANGUAGE}
        return redirect(addresses.report(name, chosen))
    asked = exports.ask(report, form, request.user, language=language)
    return redirect("admin:exports_spreadsheet_progress", asked.pk)


urlpatterns = [
    path("runs/<int:pk>/", report_run, name="report_run"),
    path("spreadsheets/<slug:name>/", report_spreadsheet, name="report_spreadsheet"),
]
