"""A copy of a report, for who may take it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from exports.copy import saying_so
from publishing import languages
from reports import addresses, copies
from reports.pages.page import seen
from reports.pages.words import LANGUAGE
from reports.paper.press import NoDocument


@require_GET
def report_copy(request, name, file_format):
    """The file. Parameters that are wrong lead back to the form that says so."""
    report = seen(request.user, name)
    if not report.may_take(request.user):
        raise PermissionDenied
    language = request.GET.get(LANGUAGE, languages.SOURCE)
    if file_format not in copies.TYPES or language not in languages.codes():
        raise Http404
    form = report.asking(request.GET.dict(), language=language)
    if not form.is_valid():
        return _back(request, name)
    copy = copies.begin(report, form, request.user, file_format, language, waiting=True)
    try:
        pieces = copies.made(copy, file_format)
    except (NoDocument, copies.TooLong) as refusal:
        messages.error(request, str(refusal))
        return _back(request, name)
    return _download(copy, saying_so(pieces, copy.log))


def _back(request, name):
    query = {key: value for key, value in request.GET.items() if key != LANGUAGE}
    return redirect(addresses.report(name, query))


def _download(copy, pieces):
    response = StreamingHttpResponse(pieces, content_type=copy.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{copy.log.file_name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
