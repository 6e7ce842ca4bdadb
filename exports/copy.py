"""Rows to CSV by PostgreSQL's COPY: a queryset of any size, streamed as the database sends it, memory flat, no cap.

The file is that of `csv.py`: byte order mark, every cell quoted and guarded, lines that end in CR LF, a last line that
says so where it broke off. One statement reads it all, so it shows one moment.
"""

import logging

from django.db import connections, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce
from psycopg import ClientCursor

from exports import cells, wire
from exports.csv import BROKE_OFF, BYTE_ORDER_MARK, PIECE, begin

logger = logging.getLogger(__name__)


def download(queryset, columns, *, what, filters, by):
    """A response that streams the queryset, in its order, as a file, logged. The caller has checked the right to
    export. `columns` are of `exports.columns`."""
    return begin(lambda log: pieces(queryset, columns, log), what=what, filters=filters, by=by)


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
