"""Lists as XLSX: asked for on a page, made by a job, kept for their owner alone and for a day.
The job asks for the list as its owner would, so that it holds what they may see, in the order in which they saw it.
"""

import secrets
import tempfile
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from procrastinate.contrib.django import app

from exports import workbook
from exports.models import ExportLog, Spreadsheet

MAKE = "exports.make_spreadsheet"
KEPT = timedelta(hours=24)
PORTION = 2_000  # rows read at a time, and between two notes of how far it is
State = Spreadsheet.State


class NotEntitled(Exception):
    """Whoever asked may not have this list any more."""


@transaction.atomic
def ask(*, model, shape="", filters="", by):
    """The spreadsheet of a list as `by` sees it. One that is already on its way for the same is that one."""
    get_user_model().objects.select_for_update().get(pk=by.pk)
    same = Spreadsheet.objects.filter(
        by=by, model=model, shape=shape, filters=filters, state__in=[State.WAITING, State.RUNNING]
    )
    if waiting := same.first():
        return waiting
    made = Spreadsheet.objects.create(
        by=by, model=model, shape=shape, filters=filters, stored_as=secrets.token_urlsafe(32)
    )
    queue(made)
    return made


def queue(spreadsheet):
    """One is made at a time, so that mail always has a worker."""
    app.configure_task(MAKE, queue="exports", lock=MAKE).defer(spreadsheet_id=spreadsheet.pk)


def entitled(spreadsheet):
    """Whether its owner may have this list now."""
    listing = listing_of(spreadsheet)
    at_work = spreadsheet.by.is_active and spreadsheet.by.is_staff
    return bool(at_work and listing and listing.has_export_permission(_request(spreadsheet)))


def listing_of(spreadsheet):
    """The admin whose list it is; None where there is no such list, or not in that shape, any more."""
    model = apps.get_model(spreadsheet.model)
    listing = admin.site.get_model_admin(model) if admin.site.is_registered(model) else None
    known = hasattr(listing, "exported") and listing.shape(spreadsheet.shape)
    return listing if known else None


def _request(spreadsheet):
    """The list is asked for as its owner would ask for it, so it is what they would see."""
    request = HttpRequest()
    request.method, request.user = "GET", spreadsheet.by
    request.GET = QueryDict(spreadsheet.filters)
    return request


def make(spreadsheet):
    """Write the file from its beginning, whatever an earlier attempt has left."""
    if not entitled(spreadsheet):
        raise NotEntitled
    listing, request = listing_of(spreadsheet), _request(spreadsheet)
    shape = listing.shape(spreadsheet.shape)
    listed = listing.exported(request)
    start(spreadsheet, shape.what, listed.order_by().count())
    columns = shape.columns(spreadsheet.by)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        rows = counted(values(listed, columns), spreadsheet)
        workbook.write(path, columns, rows, expected=spreadsheet.total)
        finish(spreadsheet, path)


def start(spreadsheet, what, total):
    name = f"{what.replace(' ', '-')}-{timezone.localtime():%Y-%m-%d-%H%M}.xlsx"
    if spreadsheet.log is None:
        spreadsheet.log = ExportLog.objects.create(
            by=spreadsheet.by, what=what, filters=spreadsheet.filters, file_name=name
        )
    spreadsheet.state, spreadsheet.rows, spreadsheet.total, spreadsheet.error = State.RUNNING, 0, total, ""
    spreadsheet.save(update_fields=["log", "state", "rows", "total", "error"])


def finish(spreadsheet, path):
    if spreadsheet.file:
        spreadsheet.file.delete(save=False)
    with path.open("rb") as file:
        spreadsheet.file.save(spreadsheet.log.file_name, File(file), save=False)
    with transaction.atomic():
        spreadsheet.state, spreadsheet.total = State.READY, spreadsheet.rows
        spreadsheet.finished_at = timezone.now()
        spreadsheet.expires_at = spreadsheet.finished_at + KEPT
        spreadsheet.save()
        spreadsheet.log.close(spreadsheet.rows, whole=True)


def fail(spreadsheet, why):
    spreadsheet.state, spreadsheet.error, spreadsheet.finished_at = State.FAILED, why[:300], timezone.now()
    spreadsheet.save(update_fields=["state", "error", "finished_at"])
    if spreadsheet.log:
        spreadsheet.log.close(spreadsheet.rows, whole=False)


def remove_expired(now=None):
    """Delete the files that nobody may fetch any more; the rows stay, to say what there was."""
    for spreadsheet in Spreadsheet.objects.expired(now):
        spreadsheet.file.delete(save=False)
        spreadsheet.file = ""
        spreadsheet.save(update_fields=["file"])


def values(listed, columns):
    """Rows as tuples of what stands in the cells."""
    named = {f"cell_{place}": column.value for place, column in enumerate(columns)}
    plain = listed.prefetch_related(None).select_related(None)
    rows = plain.annotate(**named).values(*named).iterator(chunk_size=PORTION)
    return ([row[name] for name in named] for row in rows)


def counted(rows, spreadsheet):
    """The rows, with their number written down now and then for whoever waits."""
    for row in rows:
        spreadsheet.rows += 1
        if spreadsheet.rows % PORTION == 0:
            spreadsheet.save(update_fields=["rows"])
        yield row
