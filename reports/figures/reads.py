"""How often public pages were read: counted from the web server's log, robots left out, readers not known."""

from django import forms
from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports import grouping
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
    total = now.aggregate(total=Sum("reads", default=0))["total"]
    if by in grouping.TIMES:
        rows = [(name, (number,)) for name, number in _in_time(asked, now, grouping.TIMES[by][1])]
        earlier, title = None, grouping.TIMES[by][0]
    else:
        title, field = GROUPS[by]
        earlier = period.before()
        rows = list(_grouped(now, field, by, earlier))
    columns = [Column("group", said(title)), Column("reads", gettext("Reads"), Kind.NUMBER)]
    totals = [gettext("All"), total]
    if earlier:
        columns.append(Column("before", gettext("Period before"), Kind.NUMBER))
        totals.append(reads_of(earlier).aggregate(total=Sum("reads", default=0))["total"])
    return Table(
        columns,
        [Row((name, *numbers)) for name, numbers in rows],
        totals=Row(tuple(totals)),
        matched=total,
        chart=Chart("columns" if by in grouping.TIMES else "bars", "group", ("reads",)),
        notes=[gettext("Reads by robots are not counted, nor is anything kept about who reads.")],
    )


def _grouped(counts, field, by, earlier):
    """(name, numbers) of each group, the most read first."""
    found = _sums(counts, field)
    before = _sums(reads_of(earlier), field) if earlier else {}
    for key in sorted(found | before, key=lambda key: (-found.get(key, 0), key)):
        numbers = [found.get(key, 0), *([before.get(key, 0)] if earlier else [])]
        yield _named(by, key), tuple(numbers)


def _sums(counts, field):
    return dict(counts.order_by().values_list(field).annotate(Sum("reads")))


def _named(by, key):
    if by == "language":
        return said(dict(settings.LANGUAGES).get(key, key))
    if by == "referrer":
        return key or gettext("Our own pages, or not said")
    return key or gettext("None")


def _in_time(asked, counts, months):
    """(name, reads) of each month, quarter or financial year of the period."""
    by_day = counts.order_by("day").values_list("day").annotate(Sum("reads"))
    found, first = {}, asked["period"].first
    for day, number in by_day:
        first = first or day
        unit = starting(day, months)
        found[unit] = found.get(unit, 0) + number
    today = asked.now.astimezone(LONDON).date()
    last = asked["period"].last or today
    for part in split(Period(min(first or last, last), last), months, last):
        yield label(part, grouping.month_name), found.get(starting(part.first, months), 0)
