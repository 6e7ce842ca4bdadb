"""What records are grouped by: how a group is told in the database, what it is called, and how the list of admin finds
the same rows again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, DateField, F, Func
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from enquiries import countries, measures
from enquiries.models import Enquiry, Sector
from enquiries.models.stage import Stage
from opportunities.models import Opportunity, Theme
from publishing import languages
from publishing.formats import format_partial_date
from publishing.models.publishable import column
from publishing.partial_dates import PartialDate
from reports import periods
from reports.periods import MONTH, QUARTER, YEAR
from reports.words import said

LOCAL = "(%(expressions)s AT TIME ZONE 'Europe/London')"
STARTS = {
    MONTH: f"date_trunc('month', {LOCAL})::date",
    QUARTER: f"date_trunc('quarter', {LOCAL})::date",
    YEAR: f"(date_trunc('year', {LOCAL} - interval '3 months') + interval '3 months')::date",
}


def unit_of(field, months, *, is_day=False):
    """The first day of the month, quarter or financial year in which a day lies, or, in London, a point in time."""
    template = STARTS[months]
    if is_day:
        template = template.replace(LOCAL, "(%(expressions)s)::timestamp")
    return Func(F(field), template=template, output_field=DateField())


@dataclass(frozen=True)
class Grouping:
    """`key` tells a row's group. `names` gives {key: name} in a language. `parameter` is the filter of the list that
    shows a group. A record may be in `several` groups; an `ordered` grouping shows every group in the
    order of its names, any other the largest first."""

    title: Any
    key: Any  # the name of a field, or an expression
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


def _staff():
    return {user.pk: str(user) for user in User.objects.filter(is_staff=True)}


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
    "officer": Grouping(_("Officer"), "owner", lambda code: _staff(), "owner"),
    "team": Grouping(_("Team"), "team", lambda code: dict(Team.objects.values_list("pk", "name")), "team"),
    "page": Grouping(_("Page before the enquiry"), measures.page_read(), lambda code: {}, "page"),
    "campaign": Grouping(_("Campaign"), "utm_campaign", lambda code: {}, "campaign"),
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


def is_several(by):
    """Whether a record may be in several groups of a grouping by that name."""
    return by in GROUPINGS and GROUPINGS[by].several


def counts(conditions, *, by=None):
    """Aggregates that count records under conditions, {name: condition}. Only where a record may be in several groups
    is each told apart: it may be joined to one of them twice, and that costs a sort."""
    several = is_several(by)
    return {
        name: Count("pk", filter=condition or None, distinct=several)
        for name, condition in conditions.items()
    }


def title_of(by):
    return TIMES[by][0] if by in TIMES else GROUPINGS[by].title


@dataclass(frozen=True)
class Span:
    """What records are told in time by: a field of theirs, and the filter of their list that tells the same. A field of
    points in time, or of days."""

    field: str = "received_at"
    parameter: str = "received"
    is_day: bool = False


RECEIVED = Span()


def key_of(by, span=RECEIVED, groupings=GROUPINGS):
    """The expression that tells a record's group."""
    if by in TIMES:
        return unit_of(span.field, TIMES[by][1], is_day=span.is_day)
    key = groupings[by].key
    return F(key) if isinstance(key, str) else key


def found_by(queryset, by, measured, *, span=RECEIVED, groupings=GROUPINGS):
    """{key of a group: what the measures (aggregates by name) find in it}."""
    rows = queryset.order_by().values(group=key_of(by, span, groupings))
    rows = rows.annotate(**measured).values("group", *measured)
    return {row.pop("group"): row for row in rows}


def groups(queryset, by, measured, *, span=RECEIVED, groupings=GROUPINGS, **facts):
    """The groups of a queryset, each with what the measures find in it."""
    found = found_by(queryset, by, measured, span=span, groupings=groupings)
    return arranged(found, by, dict.fromkeys(measured, 0), span=span, groupings=groupings, **facts)


def of_groups(asked, by, groupings=GROUPINGS):
    """What a report has to say of groups: period, today, language, and the one group that it is narrowed to."""
    only = None if by in TIMES else asked.parameters.get(groupings[by].parameter)
    today = asked.now.astimezone(periods.LONDON).date()
    return {"period": asked["period"], "today": today, "language": asked.language, "only": only}


def arranged(found, by, empty, *, period, today, language, span=RECEIVED, groupings=GROUPINGS, only=None):
    """Groups with their names, in order, of {key: what was measured}; `empty` is measured where nothing was found. With
    `only`, a report that is narrowed to one group has no other."""
    if by in TIMES:
        return _in_time(found, TIMES[by][1], empty, period, today, span)
    grouping = groupings[by]
    names = grouping.names(language)
    if grouping.ordered:
        keys = [*names, *(key for key in found if key not in names)]
    else:
        first = next(iter(empty))
        keys = sorted(found, key=lambda key: (not key, -(found[key][first] or 0), str(names.get(key, key))))
    return [
        Group(
            key,
            str(names.get(key) or key or gettext("Not known")),
            found.get(key, empty),
            {grouping.parameter: str(key or measures.UNKNOWN)},
        )
        for key in keys
        if only in (None, "", str(key))
    ]


def _in_time(found, months, empty, period, today, span):
    """Every unit of the period, those without rows too; then the records without a date. An open period begins with
    the first row."""
    days = [day for day in found if day]
    first = period.first or min(days, default=today)
    last = period.last or max([today, *days])
    whole = periods.Period(min(first, last), last)
    units = [
        Group(
            part.first,
            periods.label(part, month_name),
            found.get(periods.starting(part.first, months), empty),
            part.query(span.parameter),
        )
        for part in periods.split(whole, months, last)
    ]
    if None in found:
        units.append(Group(None, gettext("No date"), found[None], {span.parameter: "none"}))
    return units


def month_name(day):
    """April 2026, in the active language."""
    return format_partial_date(PartialDate(f"{day:%Y-%m}"))
