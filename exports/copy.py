"""Rows to CSV by PostgreSQL's COPY: a queryset of any size, streamed as the database sends it, memory flat, no cap.

UTF-8 with a byte order mark, so that a spreadsheet reads Korean; every cell quoted and, where somebody typed it,
guarded; lines end in CR LF. A stream that breaks says so in its last line, and so does the log. One statement reads it
all, so it shows one moment.
"""

import logging
from contextlib import closing

from django.core.exceptions import EmptyResultSet
from django.db import connections, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.http import StreamingHttpResponse
from django.utils import timezone
from psycopg import ClientCursor

from exports import cells, guards, wire
from exports.models import ExportLog

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
PIECE = 64 * 1024
BROKE_OFF = "THIS EXPORT BROKE OFF AFTER {rows} ROWS. IT IS NOT COMPLETE: MAKE IT AGAIN."

logger = logging.getLogger(__name__)


def download(queryset, columns, *, what, filters, by):
    """A response that streams the queryset, in its order, as a file, logged. The caller has checked the right to
    export. `columns` are of `exports.columns`."""
    name = f"{what.replace(' ', '-')}-{timezone.localtime():%Y-%m-%d-%H%M}.csv"
    log = ExportLog.objects.begin(by, what=what, filters=filters, file_name=name)
    streamed = pieces(queryset, columns, log)
    response = StreamingHttpResponse(streamed, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def pieces(queryset, columns, log, ending=None):
    """The file, piece by piece; closes the log however it ends. A break is said in the last line: the headers have left
    with the first bytes, so the file itself is the only place to say so."""
    return saying_so(recorded(parts(queryset, columns, ending), log), log)


def parts(queryset, columns, ending=None):
    """(rows, bytes) of the file, in order. `ending`, called with the number of rows once all have gone, gives lines
    that follow after an empty one, each a list of texts."""
    yield 0, (BYTE_ORDER_MARK + line(cells.text(column.heading) for column in columns)).encode()
    sent = 0
    with closing(_lines(queryset, columns)) as lines:
        for rows in lines:
            sent += len(rows)
            yield len(rows), b"\r\n".join([*rows, b""])
    if ending:
        yield 0, "".join(["\r\n", *map(line, ending(sent))]).encode()


def recorded(read, log):
    """The bytes of what is read as (rows, bytes), while `log.rows` counts. The log is closed after what is read, for
    that may hold a transaction in which nothing may be written."""
    log.rows, complete = 0, False
    try:
        with closing(read):
            for rows, piece in read:
                log.rows += rows
                yield piece
        complete = True
    finally:
        log.close(log.rows, whole=complete)


def saying_so(pieces, log):
    """The pieces, and where they break a line that says so."""
    try:
        yield from pieces
    except Exception as error:
        logger.error("Export %s broke off after %s rows: %s", log.pk, log.rows, type(error).__name__)
        yield broken(log)


def broken(log):
    return line([BROKE_OFF.format(rows=log.rows)]).encode()


def _lines(queryset, columns):
    """Lists of the file's lines, each list about a piece long. Left early, the statement is cancelled and its
    transaction rolled back."""
    connection = connections[queryset.db]
    try:
        asked = statement(queryset, columns)
    except EmptyResultSet:  # it is known without asking the database
        return
    with transaction.atomic(using=queryset.db):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL DateStyle = 'ISO'")
        rows, size, guarded = [], 0, guards.of_columns(columns)
        for row in map(guarded, wire.rows(connection.connection, asked)):
            rows.append(row)
            size += len(row)
            if size > PIECE:
                yield rows
                rows, size = [], 0
        if rows:
            yield rows


def statement(queryset, columns):
    """COPY of the queryset's rows as these columns, in SQL with its values filled in."""
    named = {f"cell_{place}": _never_null(column.written) for place, column in enumerate(columns)}
    asked = queryset.annotate(**named).values(*named)
    connection = connections[queryset.db]
    connection.ensure_connection()
    filled = ClientCursor(connection.connection).mogrify(*asked.query.sql_with_params())
    # Named once more: a translated model's queryset puts its columns in an order of its own.
    rows = ["SELECT", ", ".join(named), "FROM (", filled, ") AS listed"]
    return " ".join(["COPY (", *rows, ") TO STDOUT (FORMAT csv, FORCE_QUOTE *, NULL '', ENCODING 'UTF8')"])


def _never_null(cell):
    """NULL would go out without quotes."""
    return Coalesce(Cast(cell, TextField()), Value(""), output_field=TextField())


def line(texts):
    """A line of a CSV file, every cell quoted. Who calls has guarded what somebody typed."""
    return guards.line(texts) + "\r\n"
