"""Files as XLSX: asked for on a page, made by a job, kept for their owner alone and for a day.

What a file can hold is a source: a list of admin, a report. EXPORT_SOURCES names them, so that this room need not know
the rooms above it. The job asks a source as the file's owner would, so that it holds what they may see.
"""

import secrets
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from exports.models import ExportLog, Spreadsheet

MAKE = "exports.make_spreadsheet"
KEPT = timedelta(hours=24)
PORTION = 2_000  # rows read at a time, and between two notes of how far it is
State = Spreadsheet.State


class NotEntitled(Exception):
    """Whoever asked may not have this any more."""


class Source:
    """What files can be made of. Each method is asked about a `Spreadsheet`, whose `key`, `shape` and `filters` are the
    source's own words, and whose `by` is the user for whom it is made."""

    back = "Back"  # what the link to `address` says

    def name(self, spreadsheet):
        """What it is, in words; "" where there is no such thing any more."""
        raise NotImplementedError

    def entitled(self, spreadsheet):
        """Whether its owner may have it now."""
        raise NotImplementedError

    def address(self, spreadsheet):
        """The page on which the same rows are shown."""
        raise NotImplementedError

    def write(self, spreadsheet, path):
        """Write the file. Calls `start`, and passes its rows through a `Progress`."""
        raise NotImplementedError


def source_of(spreadsheet):
    return import_string(settings.EXPORT_SOURCES[spreadsheet.source])()


@transaction.atomic
def ask(*, source, key, shape="", filters="", by):
    """The spreadsheet of something as `by` sees it. One that is already on its way for the same is that one."""
    get_user_model().objects.select_for_update().get(pk=by.pk)
    asked = {"by": by, "source": source, "key": key, "shape": shape, "filters": filters}
    if waiting := Spreadsheet.objects.filter(**asked, state__in=[State.WAITING, State.RUNNING]).first():
        return waiting
    made = Spreadsheet.objects.create(**asked, stored_as=secrets.token_urlsafe(32))
    queue(made)
    return made


def queue(spreadsheet):
    """One is made at a time, so that mail always has a worker."""
    app.configure_task(MAKE, queue="exports", lock=MAKE).defer(spreadsheet_id=spreadsheet.pk)


def entitled(spreadsheet):
    """Whether its owner may have it now."""
    at_work = spreadsheet.by.is_active and spreadsheet.by.is_staff
    return bool(at_work and source_of(spreadsheet).entitled(spreadsheet))


def make(spreadsheet):
    """Write the file from its beginning, whatever an earlier attempt has left."""
    if not entitled(spreadsheet):
        raise NotEntitled
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.xlsx"
        source_of(spreadsheet).write(spreadsheet, path)
        finish(spreadsheet, path)


def start(spreadsheet, what, *, filters="", total=None):
    """Log it before its first row is read. `what` names the file as well."""
    if spreadsheet.log is None:
        name = f"{what.replace(' ', '-')}-{timezone.localtime():%Y-%m-%d-%H%M}.xlsx"
        spreadsheet.log = ExportLog.objects.begin(
            spreadsheet.by, what=what[:100], filters=filters, file_name=name
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


class Progress:
    """Counts rows as they go by, and writes their number down now and then for whoever waits. The rows may be read in
    one long transaction that writes nothing, so the notes have a connection of their own."""

    def __init__(self, spreadsheet):
        self.spreadsheet = spreadsheet

    def __call__(self, rows):
        notes = connection.copy()
        try:
            for row in rows:
                self.spreadsheet.rows += 1
                if self.spreadsheet.rows % PORTION == 0:
                    self._note(notes)
                yield row
        finally:
            notes.close()

    def _note(self, notes):
        done = [self.spreadsheet.rows, self.spreadsheet.total, self.spreadsheet.pk]
        with notes.cursor() as cursor:
            cursor.execute("UPDATE exports_spreadsheet SET rows = %s, total = %s WHERE id = %s", done)
