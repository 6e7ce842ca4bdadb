"""What records are grouped by: how a group is told in the database, what it is called, and how the list of admin finds
the same rows again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import DateField, F, Func
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enquiries import countries
from enquiries.models import Enquiry, Sector
from enquiries.models.stage import Stage
from opportunities.models import Opportunity, Theme
from publishing import languages
from publishing.formats import format_partial_date
from publishing.models.publishable import column
from publishing.partial_dates import PartialDate
from reports import periods
from reports.periods import MONTH, QUARTER, YEAR
from reports.words import NOT_KNOWN, said

LOCAL = "(%(expressions)s AT TIME ZONE 'Europe/London')"
STARTS = {
    MONTH: f"date_trunc('month', {LOCAL})::date",
    QUARTER: f"date_trunc('quarter', {LOCAL})::date",
    YEAR: f"(date_trunc('year', {LOCAL} - interval '3 months') + interval '3 months')::date",
}


def unit_of(field, months):
    """The first day of the month, quarter or financial year, London's, in which a point in time lies."""
    return Func(F(field), template=STARTS[months], output_field=DateField())


@dataclass(frozen=True)
class Grouping:
    """`key` tells a row's group. `names` gives {key: name} in a language. `parameter` is the filter of the list of
    enquiries that shows a group. A record may be in `several` groups; an `ordered` grouping shows every group in the
    order of its names, any other the largest first."""

    title: Any
    key: str
    names: Callable
    parameter: str
    several: bool = False
    ordered: bool = False


def _choices(choices):
    return lambda language: {str(key): said(label) for key, label in choices}


def _names_of(model, key, field):
    """{key: name} of the rows of a table, in the source language where a language has none."""

    def names(language):
        own, source = column(field, language), column(field, languages.SOURCE)
        return {
            row[key]: row[own] or row[source] or row[key] for row in model.objects.values(key, own, source)
        }

    return names


GROUPINGS = {
    "theme": Grouping(
        _("Theme"),
        "opportunities__theme_rows__theme__slug",
        _names_of(Theme, "slug", "title"),
        "theme",
        several=True,
    ),
    "opportunity": Grouping(
        _("Opportunity"),
        "opportunities__slug",
        _names_of(Opportunity, "slug", "title"),
        "opportunity",
        several=True,
    ),
    "sector": Grouping(_("Sector"), "sectors__key", _names_of(Sector, "key", "name"), "sector", several=True),
    "country": Grouping(_("Country"), "country", lambda code: dict(countries.choices(code)), "country"),
    "language": Grouping(
        _("Language"), "reply_language", _choices(settings.LANGUAGES), "language", ordered=True
    ),
    "source": Grouping(_("Source"), "channel", _choices(Enquiry.Channel.choices), "channel"),
    "stage": Grouping(_("Stage"), "stage", _choices(Stage.choices), "stage", ordered=True),
    "outcome": Grouping(_("Outcome"), "state", _choices(Enquiry.State.choices), "state", ordered=True),
}
TIMES = {
    "month": (_("Month"), MONTH),
    "quarter": (_("Quarter"), QUARTER),
    "year": (_("Financial year"), YEAR),
}
CHOICES = [
    *((key, title) for key, (title, _months) in TIMES.items()),
    *((key, grouping.title) for key, grouping in GROUPINGS.items()),
]


@dataclass(frozen=True)
class Group:
    """One group of a report: what tells it, its name, what was measured, and the filter that shows its rows."""

    key: Any
    name: str
    measured: dict
    query: dict


def title_of(by):
    return TIMES[by][0] if by in TIMES else GROUPINGS[by].title


def groups(queryset, by, measures, *, period, today, language, field="received_at"):
    """The groups of a queryset of enquiries, each with what the measures (aggregates by name) find in it."""
    if by in TIMES:
        return _in_time(queryset, TIMES[by][1], measures, period, today, field)
    grouping = GROUPINGS[by]
    found = {
        row.pop("group"): row
        for row in queryset.order_by()
        .values(group=F(grouping.key))
        .annotate(**measures)
        .values("group", *measures)
    }
    names = grouping.names(language)
    if grouping.ordered:
        keys = [*names, *(key for key in found if key not in names)]
    else:
        first = next(iter(measures))
        keys = sorted(found, key=lambda key: (not key, -found[key][first], names.get(key, "")))
    empty = dict.fromkeys(measures, 0)
    return [
        Group(
            key,
            names.get(key) or key or gettext("Not known"),
            found.get(key, empty),
            {grouping.parameter: key or NOT_KNOWN},
        )
        for key in keys
    ]


def _in_time(queryset, months, measures, period, today, field):
    """Every unit of the period, those without rows too. An open period begins with the first row."""
    unit = unit_of(field, months)
    rows = queryset.order_by().values(group=unit).annotate(**measures).values("group", *measures)
    found = {row.pop("group"): row for row in rows}
    first = period.first or min(found, default=today)
    last = period.last or max([today, *found])
    whole = periods.Period(min(first, last), last)
    empty = dict.fromkeys(measures, 0)
    return [
        Group(
            part.first,
            periods.label(part, month_name),
            found.get(periods.starting(part.first, months), empty),
            part.query("received"),
        )
        for part in periods.split(whole, months, last)
    ]


def month_name(day):
    """April 2026, in the active language."""
    return format_partial_date(PartialDate(f"{day:%Y-%m}"))
