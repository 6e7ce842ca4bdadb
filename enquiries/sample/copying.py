"""Rows into tables by COPY, in portions, as fast as the database takes them."""

from datetime import UTC, datetime
from functools import cache

from django.db import connection

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
DAY = 86400
NOTHING = "\\N"


class Table:
    """Rows of one model, gathered until they are written. Columns that are not named have the model's default."""

    def __init__(self, model, columns):
        usual = {
            field.column: field.get_db_prep_save(field.get_default(), connection)
            for field in model._meta.concrete_fields
            if not (field.null or field.generated or field.primary_key or field.column in columns)
        }
        self.model, self.name, self.columns = model, model._meta.db_table, [*columns, *usual]
        self.usual, self.lines = [_written(value) for value in usual.values()], []

    def add(self, *values):
        """None, one line of text (several are `escaped`), numbers, truth values, and moments as `stamp` has them."""
        written = [
            NOTHING if value is None else value if type(value) is str else str(value) for value in values
        ]
        self.lines.append("\t".join(written + self.usual))

    def write(self):
        if not self.lines:
            return
        columns = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{self.name}" ({columns}) FROM STDIN') as copy:
            copy.write("\n".join(self.lines) + "\n")
        self.lines = []


def _written(value):
    return "{}" if value == [] else escaped(str(value))


def escaped(text):
    return text.translate(ESCAPES)


def stamp(moment):
    """Seconds as COPY reads a moment."""
    if moment is None:
        return None
    day, second = divmod(moment, DAY)
    return f"{_day(day)} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+00"


@cache
def _day(number):
    return f"{datetime.fromtimestamp(number * DAY, UTC):%Y-%m-%d}"


def reserve(sequence, number):
    """The first of so many numbers of a sequence, which nobody else is given. Called with the tables locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        (first,) = cursor.fetchone()
        cursor.execute("SELECT setval(%s, %s)", [sequence, first + number - 1])
    return first


def sequence_of(model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        return cursor.fetchone()[0]


def drop_indexes(models):
    """Take off what is quicker to build once than to keep up row by row: every index but those of constraints. Returns
    the statements that make them again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i"
            " WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary AND NOT indisunique",
            [[model._meta.db_table for model in models]],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP INDEX {name}")
    return [statement for _, statement in found]
