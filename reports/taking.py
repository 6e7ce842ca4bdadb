"""Taking a report: its function run once, in one snapshot of the database, and its scope noted."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone, translation

from publishing import languages
from reports.report import Asked, Report
from reports.tables import Listing, Table


@dataclass(frozen=True)
class Scope:
    """What a copy of a report covers, as it says itself. `parameters` are (label, words) pairs; `matched` is how many
    records the report is about and `rows` how many rows it has."""

    title: str
    about: str
    parameters: list
    rows: int
    matched: int
    by: str
    as_of: datetime

    @property
    def filters(self):
        """The parameters as one line, for the log of exports."""
        return "; ".join(f"{label}: {words}" for label, words in self.parameters)


@dataclass(frozen=True)
class Taken:
    """A report as it was at one moment."""

    report: Report
    chosen: dict
    content: Table | Listing
    scope: Scope
    language: str

    @property
    def is_listing(self):
        return isinstance(self.content, Listing)


@contextmanager
def snapshot():
    """One read-only view of the database for everything within; yields the moment it shows. Within a transaction of
    the caller it is that transaction's."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL jit = off")
            cursor.execute("SELECT clock_timestamp()")
            (moment,) = cursor.fetchone()
        yield moment


def take(report, form, user, *, moment=None, language=languages.SOURCE):
    """The report for a user, within a snapshot that the caller has open. `form` is valid. Every word of it is in the
    language that is asked for."""
    moment = moment or timezone.now()
    with translation.override(language):
        content = report.figures(Asked(form.cleaned_data, user, moment, language))
        rows, matched = _counted(content)
        scope = Scope(
            title=str(report.title),
            about=str(report.about),
            parameters=form.said(),
            rows=rows,
            matched=matched,
            by=str(user),
            as_of=moment,
        )
    return Taken(report, form.chosen(), content, scope, language)


def _counted(content):
    if isinstance(content, Listing):
        number = content.queryset.order_by().count()
        return number, number
    return len(content.rows), content.matched
