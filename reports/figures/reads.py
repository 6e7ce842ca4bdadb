"""How often public pages were read: counted from the web server's log, robots left out, readers not known."""

from django import forms
from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enquiries.measures import UNKNOWN
from reports import grouping, links
from reports.page_reads import reads_of
from reports.parameters import PeriodForm
from reports.periods import LONDON, Period, label, split, starting
from reports.tables import Chart, Column, Kind, Row, Table
from reports.words import said

GROUPS = {
    "page": (_("Page"), "path"),
    "language": (_("Language"), "language"),
    "referrer": (_("Came from"), "referrer"),
    "campaign": (_("Campaign"), "campaign"),
}


class ReadsForm(PeriodForm):
    by = forms.ChoiceField(
        label=_("Grouped by"),
        initial="page",
        choices=[
            *((key, title) for key, (title, _field) in GROUPS.items()),
            *((key, title) for key, (title, _months) in grouping.TIMES.items()),
        ],
    )


def reads(asked):
    """Reads of the period by page, language, referring host, campaign or time, with the period before beside them."""
    by, period, now = asked["by"], asked["period"], reads_of(asked["period"])
    total, earlier = _total(now), None
    if by in grouping.TIMES:
        title, months = grouping.TIMES[by]
        rows = [_row(name, [(number, part)]) for name, number, part in _in_time(asked, now, months)]
    else:
        title, field = GROUPS[by]
        earlier = period.before()
        rows = list(_grouped(field, by, period, earlier))
    columns = [Column("group", said(title)), Column("reads", gettext("Reads"), Kind.NUMBER)]
    counted = [(total, period)]
    if earlier:
        columns.append(Column("before", gettext("Period before"), Kind.NUMBER))
        counted.append((_total(reads_of(earlier)), earlier))
    return Table(
        columns,
        rows,
        totals=_row(gettext("All"), counted),
        matched=total,
        chart=Chart("columns" if by in grouping.TIMES else "bars", "group", ("reads",)),
        notes=[gettext("Reads by robots are not counted, nor is anything kept about who reads.")],
    )


def _total(counts):
    return counts.aggregate(total=Sum("reads", default=0))["total"]


def _row(name, counted, query=None):
    """`counted` are (reads, period), of the period and of the one before; each leads to the daily counts it adds up."""
    led = {
        key: links.reads(**period.query("day"), **(query or {}))
        for key, (_number, period) in zip(("reads", "before"), counted, strict=False)
    }
    return Row((name, *(number for number, _period in counted)), led)


def _grouped(field, by, period, earlier):
    """A row for each group, the most read first."""
    found = _sums(reads_of(period), field)
    before = _sums(reads_of(earlier), field) if earlier else {}
    for key in sorted(found | before, key=lambda key: (-found.get(key, 0), key)):
        counted = [(found.get(key, 0), period), *([(before.get(key, 0), earlier)] if earlier else [])]
        yield _row(_named(by, key), counted, {field: key or UNKNOWN})


def _sums(counts, field):
    return dict(counts.order_by().values_list(field).annotate(Sum("reads")))


def _named(by, key):
    if by == "language":
        return said(dict(settings.LANGUAGES).get(key, key))
    if by == "referrer":
        return key or gettext("Our own pages, or not said")
    return key or gettext("None")


def _in_time(asked, counts, months):
    """(name, reads, days) of each month, quarter or financial year of the period."""
    by_day = counts.order_by("day").values_list("day").annotate(Sum("reads"))
    found, first = {}, asked["period"].first
    for day, number in by_day:
        first = first or day
        unit = starting(day, months)
        found[unit] = found.get(unit, 0) + number
    today = asked.now.astimezone(LONDON).date()
    last = asked["period"].last or today
    for part in split(Period(min(first or last, last), last), months, last):
        yield label(part, grouping.month_name), found.get(starting(part.first, months), 0), part
