"""Who took which rows away: every export of the period, and how many each person took."""

from django.db.models import Case, Count, F, Q, Sum, TextField, When
from django.utils.translation import gettext

from exports import columns as column
from exports.models import ExportLog
from reports import links
from reports.tables import Chart, Column, Kind, Listing, Row, Table

MEASURES = {
    "exports": Count("pk"),
    "broken": Count("pk", filter=Q(finished_at__isnull=True)),
    "rows": Sum("rows", default=0),
}


def one_by_one(asked):
    """Every export, the newest first."""
    return Listing(
        ExportLog.objects.filter(asked["period"].within("at")).order_by("-at", "-pk"),
        [
            column.moment(gettext("When (London)"), "at"),
            column.text(gettext("Who"), _who(), 20),
            column.text(gettext("What"), "what", 28),
            column.text(gettext("Parameters"), "filters", 50),
            column.number(gettext("Rows"), "rows", 12),
            column.yes(gettext("Complete"), Q(finished_at__isnull=False)),
            column.text(gettext("File"), "file_name", 40),
        ],
        change="exports_exportlog_change",
    )


def by_person(asked):
    """How many exports and rows each person took in the period."""
    rows = ExportLog.objects.filter(asked["period"].within("at"))
    people = rows.order_by().values("by", "operator", who=_who())
    found = people.annotate(**MEASURES).order_by("-exports", "who", "by")
    totals = rows.aggregate(**MEASURES)
    start, end = asked["period"].edges
    query = {"at__gte": start and start.isoformat(), "at__lt": end and end.isoformat()}
    return Table(
        [
            Column("person", gettext("Who")),
            Column("exports", gettext("Exports"), Kind.NUMBER),
            Column("broken", gettext("Broken off"), Kind.NUMBER),
            Column("rows", gettext("Rows taken"), Kind.NUMBER),
        ],
        [
            Row(
                (row["who"], *(row[measure] for measure in MEASURES)),
                {"exports": links.exports(**query, by__id__exact=row["by"], operator=row["operator"])},
            )
            for row in found
        ],
        totals=Row(
            (gettext("All"), *(totals[measure] for measure in MEASURES)), {"exports": links.exports(**query)}
        ),
        matched=totals["exports"],
        chart=Chart("bars", "person", ("exports",)),
    )


def _who():
    """A member of staff by name, or the machine's account at whose command line it was made."""
    return Case(When(by=None, then=F("operator")), default=column.staff_name("by"), output_field=TextField())
