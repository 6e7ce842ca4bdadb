"""Who took which rows away: every export of the period, and how many each person took."""

from django.db.models import Count, Q, Sum
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
            column.staff(gettext("Who"), "by"),
            column.text(gettext("What"), "what", 28),
            column.text(gettext("Parameters"), "filters", 50),
            column.number(gettext("Rows"), "rows", 12),
            column.yes(gettext("Complete"), Q(finished_at__isnull=False)),
            column.text(gettext("File"), "file_name", 40),
        ],
        change="exports_exportlog_change",
    )


def by_person(asked):
    """How many exports and rows each member of staff took in the period."""
    rows = ExportLog.objects.filter(asked["period"].within("at"))
    people = ["by", "by__first_name", "by__last_name", "by__username"]
    found = rows.order_by().values(*people).annotate(**MEASURES).order_by("-exports", "by")
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
                (_name(row), *(row[measure] for measure in MEASURES)),
                {"exports": links.exports(**query, by__id__exact=row["by"])},
            )
            for row in found
        ],
        totals=Row(
            (gettext("All"), *(totals[measure] for measure in MEASURES)), {"exports": links.exports(**query)}
        ),
        matched=totals["exports"],
        chart=Chart("bars", "person", ("exports",)),
    )


def _name(row):
    return f"{row['by__first_name']} {row['by__last_name']}".strip() or row["by__username"]
