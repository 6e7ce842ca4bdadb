"""Pages by key: a page begins after a row, or ends before one, wherever rows were added meanwhile. Nothing is skipped
by counting, so the last page costs what the first does.

An order is a field and the primary key, as an index has them. What follows a row is asked for range by range: rows of
the same value, then those of later values, then those of none. Each range is one piece of the index.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

PART = "~"
NO_PLACE = "This is no place in the list."


@dataclass(frozen=True)
class Order:
    """In which order rows stand: by a field, up or down, and among equals by primary key, up or down."""

    name: str
    kind: Any
    down: bool
    pk_down: bool

    @classmethod
    def of(cls, model, names):
        """From names as in `order_by`: ("urgency", "-pk")."""
        name, pk = names
        field = model._meta.get_field(name.lstrip("-"))
        kind = getattr(field, "output_field", field)  # of a generated column
        return cls(field.attname, kind, name.startswith("-"), pk.startswith("-"))

    @property
    def names(self):
        return [f"{'-' * self.down}{self.name}", f"{'-' * self.pk_down}pk"]

    def backwards(self):
        return replace(self, down=not self.down, pk_down=not self.pk_down)

    def key_of(self, row):
        """Where a row stands, to be written into an address."""
        value = getattr(row, self.name)
        written = value.isoformat() if isinstance(value, date) else value
        return f"{'' if value is None else written}{PART}{row.pk}"

    def key_from(self, written):
        """(value, primary key) as `key_of` wrote them; ValidationError for anything else."""
        value, part, pk = written.rpartition(PART)
        if not part or not pk.isascii() or not pk.isdigit() or len(pk) > 18:
            raise ValidationError(NO_PLACE)
        try:
            found = self.kind.to_python(value) if value else None
        except (ValueError, OverflowError) as error:
            raise ValidationError(NO_PLACE) from error
        without_zone = isinstance(found, datetime) and found.tzinfo is None
        if without_zone or (found is None and not self.kind.null):
            raise ValidationError(NO_PLACE)
        return found, int(pk)

    def ranges_after(self, key):
        """Conditions for the rows behind this place, range by range. Rows without a value come last, or first when the
        order goes down, as the database has them."""
        value, pk = key
        same = Q(**{self.name: value}) if value is not None else Q(**{f"{self.name}__isnull": True})
        yield same & Q(**{f"pk__{'lt' if self.pk_down else 'gt'}": pk})
        if value is not None:
            yield Q(**{f"{self.name}__{'lt' if self.down else 'gt'}": value})
        if self.kind.null and self.down == (value is None):
            yield Q(**{f"{self.name}__isnull": value is not None})

    def read(self, queryset, size, key=None):
        """So many rows from the beginning, or behind a place."""
        if key is None:
            return list(queryset.order_by(*self.names)[:size])
        rows = []
        for wanted in self.ranges_after(key):
            rows += queryset.filter(wanted).order_by(*self.names)[: size - len(rows)]
            if len(rows) == size:
                break
        return rows


@dataclass(frozen=True)
class Page:
    """Rows in the order of the list, and the places at which its neighbours begin; "" where there is none."""

    rows: list
    after: str = ""
    before: str = ""


def page_of(queryset, order, size, *, after=None, before=None):
    """The page behind a place, or the one that ends before it, or the first. A page that would be the first but has
    fewer rows than fit is the first one whole: rows have moved since."""
    if before is not None:
        rows = order.backwards().read(queryset, size + 1, before)
        if len(rows) >= size:
            more, rows = len(rows) > size, rows[:size][::-1]
            return Page(rows, order.key_of(rows[-1]), order.key_of(rows[0]) if more else "")
        after = None
    rows = order.read(queryset, size + 1, after)
    if not rows and after is not None:
        return page_of(queryset, order, size)
    more, rows = len(rows) > size, rows[:size]
    return Page(
        rows,
        order.key_of(rows[-1]) if more else "",
        order.key_of(rows[0]) if after is not None else "",
    )
