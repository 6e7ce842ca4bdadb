"""Copies of a report. Each is a row of the log before its first byte leaves, with who, what and which parameters, and
is closed with its count however it ends."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.utils import timezone

from exports.copy import recorded
from exports.models import ExportLog
from publishing import languages
from reports.taking import snapshot, take
from reports.writers import csv, json, pdf, xlsx

PIECE = 64 * 1024
WAITED_FOR = 5_000  # rows of a spreadsheet that is made while somebody waits
TOO_LONG = (
    "This spreadsheet is long. Ask for it with the button: it is made in the meantime, and holds every row."
)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
}


class TooLong(Exception):
    """A spreadsheet of so many rows is made by a job (`reports.exports`), not while somebody waits."""


@dataclass(frozen=True)
class Copy:
    """A copy on its way. Whoever reads `pieces` to the end, or closes it, closes the log."""

    log: ExportLog
    content_type: str
    pieces: Iterator[bytes]


def begin(report, form, user, file_format, language=languages.SOURCE, *, waiting=False):
    """A copy for somebody who may take it, and who may be `waiting` in front of a page. `form` is valid."""
    log = ExportLog.objects.begin(
        user,
        what=report.name,
        filters=filters(report, form),
        file_name=file_name(report, file_format, language),
    )
    parts = PARTS[file_format](report, form, user, language)
    if waiting and file_format == "xlsx":
        parts = _spreadsheet(report, form, user, language, most=WAITED_FOR)
    return Copy(log, TYPES[file_format], recorded(parts, log))


def filters(report, form):
    """The parameters as one line, in the words of the desk."""
    if form.language != languages.SOURCE:
        form = report.asking(form.chosen(), now=form.now)
        form.full_clean()
    return "; ".join(f"{label}: {words}" for label, words in form.said())


def file_name(report, file_format, language):
    marked = "" if language == languages.SOURCE else f"-{language}"
    return f"{report.name}-{timezone.localtime():%Y-%m-%d-%H%M}{marked}.{file_format}"


def _spreadsheet(report, form, user, language, most=None):
    """Written whole before a byte of it leaves."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        with snapshot() as moment:
            taken = take(report, form, user, moment=moment, language=language)
            if most is not None and taken.scope.rows > most:
                raise TooLong(TOO_LONG)
            xlsx.write(taken, path)
        yield taken.scope.rows, b""
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield 0, piece


def _document(report, form, user, language):
    with snapshot() as moment:
        taken = take(report, form, user, moment=moment, language=language)
        document = pdf.document(taken)
    yield taken.scope.rows, document


PARTS = {"csv": csv.parts, "json": json.parts, "xlsx": _spreadsheet, "pdf": _document}
WHOLE = frozenset({"xlsx", "pdf"})  # made before the first byte leaves, so that a refusal can still be said


def made(copy, file_format):
    """The pieces of a copy. What is made whole is made now, and may be refused; what is streamed begins when read."""
    if file_format not in WHOLE:
        return copy.pieces
    first = next(copy.pieces)
    return chain([first], copy.pieces)
