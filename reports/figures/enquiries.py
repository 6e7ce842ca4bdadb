"""Enquiries one by one, and enquiries counted by period, theme, opportunity, country, language, source, stage, outcome.

Duplicates that were merged into another enquiry are not counted: one question is one enquiry.
"""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from enquiries import export
from enquiries.models import Enquiry
from reports import grouping, links
from reports.grouping import GROUPINGS, TIMES
from reports.parameters import PeriodForm
from reports.tables import Chart, Column, Kind, Listing, Row, Table
from reports.words import said

ANY = ("", _("All"))
COUNTED = {
    "enquiries": Q(),
    "answered": Q(first_reply_at__isnull=False),
    "qualified": Q(qualified_at__isnull=False),
    "projects": Q(project_row__isnull=False),
}
# The filter of the list of enquiries under which the rows of a measure are found.
LED = {"answered": {"replied": "yes"}, "qualified": {"qualified": "yes"}, "projects": {"project": "yes"}}
RUNNING = gettext_noop("A period that still runs is compared with as much of the one before.")
FIELDS = {
    "theme": "opportunities__theme_rows__theme__slug",
    "opportunity": "opportunities__slug",
    "country": "country",
    "language": "reply_language",
    "channel": "channel",
    "stage": "stage",
    "state": "state",
}


class EnquiriesForm(PeriodForm):
    """Which enquiries: received in a period, and narrowed as the list of enquiries may be."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    opportunity = forms.ChoiceField(label=_("Opportunity"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    channel = forms.ChoiceField(label=_("Source"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    state = forms.ChoiceField(label=_("Outcome"), required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        named = {"theme": "theme", "opportunity": "opportunity", "country": "country", "language": "language"}
        named |= {"channel": "source", "stage": "stage", "state": "outcome"}
        for name, key in named.items():
            if name in self.fields:
                self.fields[name].choices = [ANY, *GROUPINGS[key].names(self.language).items()]

    def filters(self):
        """{filter of the list: value} as chosen."""
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data.get(name)}


class ByForm(EnquiriesForm):
    by = forms.ChoiceField(label=_("Grouped by"), choices=grouping.CHOICES, initial="month")
    field_order = ["period", "first", "last", "by"]


def asked_for(asked, period=None):
    """The enquiries that a report is about."""
    period = period or asked["period"]
    rows = Enquiry.objects.filter(period.within("received_at"), merged_into__isnull=True)
    for name, lookup in FIELDS.items():
        if value := asked.parameters.get(name):
            rows = rows.filter(pk__in=Enquiry.objects.filter(**{lookup: value}).values("pk"))
    return rows


def in_list(asked, period=None):
    """The filters under which the list of enquiries shows the same rows."""
    chosen = {name: asked.parameters.get(name) for name in FIELDS if asked.parameters.get(name)}
    return {"merged": "no", **(period or asked["period"]).query("received"), **chosen}


def one_by_one(asked):
    """One row each, the newest first, with the columns of the list's own export."""
    rows = asked_for(asked).order_by("-received_at", "-pk")
    return Listing(
        rows,
        export.columns(asked.user),
        changelist=links.enquiries(**in_list(asked)),
        change="enquiries_enquiry_change",
    )


def counted(asked):
    """Enquiries by whatever they are grouped by, with the period before beside them."""
    by, rows = asked["by"], asked_for(asked)
    found, before = grouping.found_by(rows, by, grouping.counts(COUNTED, by=by)), _before(asked, by)
    empty = dict.fromkeys(COUNTED, 0)
    for key in before or ():
        found.setdefault(key, empty)
    totals = rows.aggregate(**grouping.counts(COUNTED))
    columns = [Column("group", said(grouping.title_of(by))), *_columns(before is not None)]
    earlier = None if before is None else asked_for(asked, asked["period"].before()).count()
    return Table(
        columns,
        [
            _row(
                asked,
                group.name,
                group.measured,
                None if before is None else before.get(group.key, 0),
                group.query,
            )
            for group in grouping.arranged(found, by, empty, **grouping.of_groups(asked, by))
        ],
        totals=_row(asked, gettext("All"), totals, earlier, {}),
        matched=totals["enquiries"],
        chart=Chart("columns" if by in TIMES else "bars", "group", ("enquiries",)),
        notes=notes(by) + ([gettext(RUNNING)] if before is not None else []),
    )


def _before(asked, by):
    """{group: enquiries} of the period before; None where groups are in time, each of which stands beside its own
    predecessor already, or where there is no period before."""
    earlier = asked["period"].before()
    if by in TIMES or earlier is None:
        return None
    number = grouping.counts({"enquiries": Q()}, by=by)
    found = grouping.found_by(asked_for(asked, earlier), by, number)
    return {key: measured["enquiries"] for key, measured in found.items()}


def _columns(with_before):
    return [
        Column("enquiries", gettext("Enquiries"), Kind.NUMBER),
        *([Column("before", gettext("Period before"), Kind.NUMBER)] if with_before else []),
        Column("answered", gettext("Answered"), Kind.NUMBER),
        Column("qualified", gettext("Qualified"), Kind.NUMBER),
        Column("projects", gettext("Became a project"), Kind.NUMBER),
    ]


def _row(asked, name, measured, before, query):
    cells = [name, measured["enquiries"]]
    these = in_list(asked) | query
    led = {"enquiries": links.enquiries(**these)}
    led |= {measure: links.enquiries(**these, **more) for measure, more in LED.items()}
    if before is not None:
        cells.append(before)
        led["before"] = links.enquiries(**in_list(asked, asked["period"].before()) | query)
    cells += [measured["answered"], measured["qualified"], measured["projects"]]
    return Row(tuple(cells), led)


def notes(by):
    """What a reader of enquiries in groups must know."""
    found = [gettext("Duplicates that were merged into another enquiry are not counted.")]
    if grouping.is_several(by):
        found.append(gettext("An enquiry about several counts under each of them, and once in the last row."))
    return found
