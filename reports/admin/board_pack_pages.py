"""The pages of a board pack beside its form: what is asked of one of its reports, and the document."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from reports import catalogue, packs
from reports.models import BoardPack, BoardPackReport
from reports.paper.press import NoDocument


def asked(model_admin, request, pk, row):
    """The report's own form, filled in as the pack has it."""
    row = get_object_or_404(BoardPackReport.objects.select_related("pack"), pk=row, pack=pk)
    report = catalogue.BY_NAME.get(row.report)
    if report is None:
        raise Http404
    if not model_admin.has_change_permission(request, row.pack) or not report.may_see(request.user):
        raise PermissionDenied
    form = report.asking(request.POST.dict() if request.method == "POST" else row.parameters)
    if request.method == "POST" and form.is_valid():
        row.parameters = form.chosen()
        row.save(update_fields=["parameters"])
        messages.success(request, f"“{report.title}” is asked as you said.")
        return redirect("admin:reports_boardpack_change", pk)
    context = model_admin.admin_site.each_context(request) | {
        "title": str(report.title),
        "opts": model_admin.opts,
        "pack": row.pack,
        "about": report.about,
        "form": form,
    }
    return TemplateResponse(request, "reports/admin/board_pack_asked.html", context)


def document(model_admin, request, pk):
    """The pack as a document, as whoever asks may have it."""
    pack = get_object_or_404(BoardPack, pk=pk)
    if not model_admin.has_view_or_change_permission(request, pack):
        raise PermissionDenied
    try:
        made = packs.make(pack, now=moment_of(request), by=request.user)
    except (packs.NotPossible, NoDocument) as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:reports_boardpack_change", pk)
    response = HttpResponse(made.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def moment_of(request):
    """The moment at which named periods are meant, where the address says one."""
    try:
        moment = datetime.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None
