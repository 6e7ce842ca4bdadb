"""Service performance as the national system defines it: SPI1, an enquiry received to processed; SPI2, a project
assigned to its project manager assigned; SPI5, a project won to aftercare offered.

Which of our columns is each end is said in `enquiries/indicators.py`: received to the first verdict (`qualified_at`); a
project made here (`created_at`) to `project_manager_assigned_at`; moved to Won to `aftercare_offered_on`. Each is told
by the period in which it began. Days are London's, working days England's, and the first day does not count.
"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enquiries.indicators import DONE, INDICATORS, LATER, OPEN, WITHIN
from reports import grouping, links, spent
from reports.grouping import TIMES, Span
from reports.parameters import PeriodForm
from reports.tables import Chart, Column, Kind, Row, Table
from reports.words import said

TITLES = {
    "spi1": _("SPI1: enquiry received to processed"),
    "spi2": _("SPI2: project assigned to project manager assigned"),
    "spi5": _("SPI5: project won to aftercare offered"),
}
LISTS = {"spi1": links.enquiries, "spi2": links.projects, "spi5": links.projects}
ALWAYS = {"spi1": {"merged": "no"}, "spi2": {}, "spi5": {"status": "won"}}
NAMED = ("pk", "grp", "days", "working")


class IndicatorsForm(PeriodForm):
    within = forms.IntegerField(
        label=_("Within (working days)"), initial=5, min_value=0, max_value=999, required=False
    )


class IndicatorForm(IndicatorsForm):
    indicator = forms.ChoiceField(label=_("Indicator"), choices=list(TITLES.items()), initial="spi1")
    by = forms.ChoiceField(
        label=_("Grouped by"), choices=[(key, title) for key, (title, _m) in TIMES.items()], initial="month"
    )
    field_order = ["period", "first", "last", "indicator", "by", "within"]


def together(asked):
    """The three indicators, a row each."""
    rows = []
    for name, title in TITLES.items():
        _found, measured = _measured(asked, name, spent.ALL)
        rows.append(_row(asked, name, str(title), measured, asked["period"].query(INDICATORS[name].span)))
    return Table(
        [Column("group", gettext("Indicator")), *_columns()],
        rows,
        matched=sum(row.cells[1] for row in rows),
        chart=Chart("bars", "group", ("median_working",)),
        notes=_notes(),
    )


def by_period(asked):
    """One indicator, month by month, quarter by quarter or year by year."""
    by, name = asked["by"], asked["indicator"]
    span = span_of(name)
    found, totals = _measured(asked, name, grouping.key_of(by, span))
    facts = grouping.of_groups(asked, by)
    return Table(
        [Column("group", said(grouping.title_of(by))), *_columns()],
        [
            _row(asked, name, group.name, group.measured, group.query)
            for group in grouping.arranged(found, by, EMPTY, span=span, **facts)
        ],
        totals=_row(asked, name, gettext("All"), totals, asked["period"].query(span.parameter)),
        matched=totals["started"],
        chart=Chart("columns", "group", (WITHIN, LATER)),
        notes=_notes(),
    )


def span_of(name):
    indicator = INDICATORS[name]
    return Span(indicator.field, indicator.span, is_day=indicator.field == "won_on")


def _measured(asked, name, key):
    indicator, period = INDICATORS[name], asked["period"]
    is_day = span_of(name).is_day
    lies = period.within_days(indicator.field) if is_day else period.within(indicator.field)
    rows = indicator.timed(asked.now).filter(lies).order_by()
    return spent.groups_of(rows.annotate(grp=key).values_list(*NAMED), NAMED, _measures(asked["within"] or 0))


def _measures(within):
    percentiles = f"percentile_cont({spent.PERCENTILES}) WITHIN GROUP (ORDER BY %s)"
    return {
        "started": "count(*)",
        DONE: "count(days)",
        "days": percentiles % "days",
        "working": percentiles % "working",
        WITHIN: f"count(*) FILTER (WHERE working <= {within:d})",
        LATER: f"count(*) FILTER (WHERE working > {within:d})",
    }


EMPTY = dict.fromkeys(_measures(0), 0) | {"days": None, "working": None}


def _columns():
    return [
        Column("started", gettext("Began"), Kind.NUMBER),
        Column(DONE, gettext("Done"), Kind.NUMBER),
        Column(OPEN, gettext("Not yet"), Kind.NUMBER),
        Column("median", gettext("Median (days)"), Kind.DAYS),
        Column("p90", gettext("90th percentile (days)"), Kind.DAYS),
        Column("median_working", gettext("Median (working days)"), Kind.DAYS),
        Column("p90_working", gettext("90th percentile (working days)"), Kind.DAYS),
        Column(WITHIN, gettext("Within"), Kind.NUMBER),
        Column(LATER, gettext("Later"), Kind.NUMBER),
        Column("share", gettext("Share within"), Kind.SHARE),
    ]


def _row(asked, name, title, measured, query):
    started, done, within = (measured[key] for key in ("started", DONE, WITHIN))
    days, working = (measured[key] or (None, None) for key in ("days", "working"))
    cells = (title, started, done, started - done, *days, *working, within, measured[LATER])
    number = asked["within"] or 0
    led = {"started": {}} | {how: {name: how} for how in (DONE, OPEN)}
    led |= {how: {name: f"{how}-{number}"} for how in (WITHIN, LATER)}
    these = ALWAYS[name] | query
    return Row(
        (*cells, within / done if done else None),
        {key: LISTS[name](**these, **more) for key, more in led.items()},
    )


def _notes():
    return [
        gettext("Each counts in the period in which it began. The share is of those that are done."),
        gettext(
            "Processed is the first verdict on an enquiry; a project is assigned when it is made here; won is the day "
            "on which it moved to Won."
        ),
        gettext("Working days are England’s, without weekends, bank holidays and closing days."),
    ]
