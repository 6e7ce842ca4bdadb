"""How soon enquiries are answered, and how soon qualified, in working time, against the target.

The clock runs from receipt, or from the earliest receipt of what was merged into the enquiry, through the office's
hours; for qualification it stands still while we wait for the investor. A first reply is a person's. Whether one was in
time is told by what was due then, not by the target of today.
"""

from django import forms
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enquiries import measures
from reports import grouping, links, spent
from reports.figures.enquiries import ByForm, asked_for, in_list, notes
from reports.grouping import TIMES
from reports.tables import Chart, Column, Kind, Row, Table
from reports.words import said

REPLY, QUALIFICATION = "reply", "qualification"
ENDED = {REPLY: "first_reply_at", QUALIFICATION: "qualified_at"}
STANDING = {REPLY: measures.reply, QUALIFICATION: measures.qualification}
DONE = {REPLY: {"replied": "yes"}, QUALIFICATION: {"qualified": "yes"}}
NAMED = ("pk", "grp", "started", "ended", "met", "breached", "closed_open")
MEASURED = {
    "enquiries": "count(*)",
    "done": "count(asked.ended)",
    "met": "count(*) FILTER (WHERE met)",
    "breached": "count(*) FILTER (WHERE breached)",
    "closed": "count(*) FILTER (WHERE closed_open)",
    "hours": f"percentile_cont({spent.PERCENTILES}) WITHIN GROUP (ORDER BY {{hours}})",
}
EMPTY = dict.fromkeys(MEASURED, 0) | {"hours": None}


class ResponsesForm(ByForm):
    obligation = forms.ChoiceField(
        label=_("Obligation"),
        choices=[(REPLY, _("First reply by a person")), (QUALIFICATION, _("Qualification"))],
        initial=REPLY,
    )
    field_order = ["period", "first", "last", "obligation", "by"]


def times(asked):
    """Enquiries received in the period, by group: how many were answered, how soon, and in time or not."""
    by = asked["by"]
    several = grouping.is_several(by)
    found, totals = _measured(asked, grouping.key_of(by), several)
    if several:
        _, totals = _measured(asked, spent.ALL, False)
    rows = grouping.arranged(found, by, EMPTY, **grouping.of_groups(asked, by))
    return Table(
        [Column("group", said(grouping.title_of(by))), *_columns(asked)],
        [_row(asked, group.name, group.measured, group.query) for group in rows],
        totals=_row(asked, gettext("All"), totals, {}),
        matched=totals["enquiries"],
        chart=Chart("columns" if by in TIMES else "bars", "group", ("met", "breached")),
        notes=[*notes(by), *_notes(asked)],
    )


def _measured(asked, key, several):
    obligation = asked["obligation"]
    standing, ended = STANDING[obligation](asked.now), ENDED[obligation]
    rows = asked_for(asked).order_by()
    rows = rows.annotate(
        grp=key,
        started=measures.Started(),
        ended=F(ended),
        met=_whether(standing["met"]),
        breached=_whether(standing["breached"]),
        closed_open=_whether(Q(closed_at__isnull=False, **{f"{ended}__isnull": True})),
    ).values_list(*NAMED)
    rows = rows.distinct() if several else rows
    return spent.in_working_hours(rows, NAMED, MEASURED, now=asked.now, waits=obligation == QUALIFICATION)


def _whether(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def _columns(asked):
    is_reply = asked["obligation"] == REPLY
    return [
        Column("enquiries", gettext("Enquiries"), Kind.NUMBER),
        Column("done", gettext("Answered") if is_reply else gettext("Qualified"), Kind.NUMBER),
        Column("median", gettext("Median (working hours)"), Kind.HOURS),
        Column("p90", gettext("90th percentile (working hours)"), Kind.HOURS),
        Column("met", gettext("In time"), Kind.NUMBER),
        Column("breached", gettext("Breached"), Kind.NUMBER),
        Column("neither", gettext("Not due yet") if is_reply else gettext("Not due"), Kind.NUMBER),
        Column("share", gettext("Share in time"), Kind.SHARE),
        Column(
            "closed",
            said("Closed without a reply") if is_reply else gettext("Closed without a verdict"),
            Kind.NUMBER,
        ),
    ]


def _row(asked, name, measured, query):
    number, met, breached = (measured[key] for key in ("enquiries", "met", "breached"))
    median, p90 = measured["hours"] or (None, None)
    decided = met + breached
    cells = (
        *(name, number, measured["done"], median, p90, met, breached, number - decided),
        *(met / decided if decided else None, measured["closed"]),
    )
    obligation, these = asked["obligation"], in_list(asked) | query
    led = {"enquiries": {}, "done": DONE[obligation]}
    led |= {standing: {obligation: standing} for standing in ("met", "breached", "neither")}
    led["closed"] = {"closed": "yes", **dict.fromkeys(DONE[obligation], "no")}
    return Row(cells, {key: links.enquiries(**these, **more) for key, more in led.items()})


def _notes(asked):
    found = [
        gettext(
            "Working hours are the office’s, without weekends, England’s bank holidays and closing days."
        ),
        gettext(
            "The share in time is of those that were met or breached; what is not due yet is in neither."
        ),
    ]
    if asked["obligation"] == QUALIFICATION:
        return [*found, gettext("The time in which we waited for the investor is not counted.")]
    return [*found, gettext("An enquiry that was closed without a reply is breached once its reply was due.")]
