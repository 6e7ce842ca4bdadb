"""Rows to CSV by PostgreSQL's COPY: a queryset of any size, streamed as the database sends it, memory flat, no cap.

UTF-8 with a byte order mark, so that a spreadsheet reads Korean; every cell quoted and, where somebody typed it,
guarded; lines end in CR LF. A stream that breaks says so in its last line, and so does the log. One statement reads it
all, so it shows one moment.
"""

import logging

from django.db import connections, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.http import StreamingHttpResponse
from django.utils import timezone
from psycopg import ClientCursor

from exports import cells, wire
from exports.models import ExportLog

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
PIECE = 64 * 1024
BROKE_OFF = "THIS EXPORT BROKE OFF AFTER {rows} ROWS. IT IS NOT COMPLETE: MAKE IT AGAIN."

logger = logging.getLogger(__name__)


def download(queryset, columns, *, what, filters, by):
    """A response that streams the queryset, in its order, as a file, logged. The caller has checked the right to
    export. `columns` are of `exports.columns`."""
    name = f"{what.replace(' ', '-')}-{timezone.localtime():%Y-%m-%d-%H%M}.csv"
    log = ExportLog.objects.create(by=by, what=what, filters=filters, file_name=name)
    streamed = pieces(queryset, columns, log)
    response = StreamingHttpResponse(streamed, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def pieces(queryset, columns, log):
    """The file, piece by piece; closes the log however it ends."""
    sent, complete = 0, False
    yield (BYTE_ORDER_MARK + _line(cells.text(column.heading) for column in columns)).encode()
    try:
        try:
            for rows in _lines(queryset, columns):
                sent += len(rows)
                rows.append(b"")
                yield b"\r\n".join(rows)
            complete = True
        except Exception as error:
            # The headers have left with the first bytes: the only place to say so is the file itself.
            logger.error("Export %s broke off after %s rows: %s", log.pk, sent, type(error).__name__)
            yield _line([BROKE_OFF.format(rows=sent)]).encode()
    finally:
        log.close(sent, whole=complete)


def _lines(queryset, columns):
    """Lists of the file's lines, each list about a piece long. Left early, the statement is cancelled and its
    transaction rolled back."""
    connection = connections[queryset.db]
    with transaction.atomic(using=queryset.db):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL DateStyle = 'ISO'")
        rows, size = [], 0
        for row in wire.rows(connection.connection, statement(queryset, columns)):
            rows.append(row)
            size += len(row)
            if size > PIECE:
                yield rows
                rows, size = [], 0
        if rows:
            yield rows


def statement(queryset, columns):
    """COPY of the queryset's rows as these columns, in SQL with its values filled in."""
    named = {f"cell_{place}": _written(column) for place, column in enumerate(columns)}
    asked = queryset.annotate(**named).values(*named)
    connection = connections[queryset.db]
    connection.ensure_connection()
    filled = ClientCursor(connection.connection).mogrify(*asked.query.sql_with_params())
    # Named once more: a translated model's queryset puts its columns in an order of its own.
    rows = ["SELECT", ", ".join(named), "FROM (", filled, ") AS listed"]
    return " ".join(["COPY (", *rows, ") TO STDOUT (FORMAT csv, FORCE_QUOTE *, NULL '', ENCODING 'UTF8')"])


def _written(column):
    """NULL would go out without quotes."""
    text = Cast(column.written(), TextField())
    return Coalesce(text, Value(""), output_field=TextField())


def _line(texts):
    return ",".join(f'"{text.replace(chr(34), 2 * chr(34))}"' for text in texts) + "\r\n"
