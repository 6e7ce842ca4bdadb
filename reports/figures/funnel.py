"""From page to jobs: reads of public pages, the enquiries that followed, how many were qualified, became an investment
project and were won, with value and jobs.

The cohort is the enquiries received in the period, whatever became of them since; reads are those of the same days. A
project to which several enquiries led counts once in each group, and once in all.
"""

from django import forms
from django.db.models import F, Q, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enquiries.project_stages import Status
from reports import grouping, links
from reports.figures.enquiries import FIELDS, ByForm, asked_for, in_list, notes
from reports.grouping import TIMES
from reports.page_reads import reads_of
from reports.tables import Chart, Column, Kind, Row, Table
from reports.words import said

WON = Q(project_row__project__status=Status.WON)
COUNTED = {
    "enquiries": Q(),
    "qualified": Q(qualified_at__isnull=False),
    "projects": Q(project_row__isnull=False),
    "won": WON,
}
EMPTY = dict.fromkeys(COUNTED, 0)
LED = {
    "enquiries": {},
    "qualified": {"qualified": "yes"},
    "projects": {"project": "yes"},
    "won": {"project": "won"},
}
BROUGHT = ("total_investment", "number_new_jobs", "number_safeguarded_jobs")
OF_ALL, OF_WON = "all", "won"
PATHS = {"opportunity": "/opportunities/", "theme": "/themes/"}


class FunnelForm(ByForm):
    by = forms.ChoiceField(label=_("Grouped by"), choices=grouping.CHOICES, initial="page")
    brought = forms.ChoiceField(
        label=_("Value and jobs of"),
        choices=[(OF_WON, _("Projects that were won")), (OF_ALL, _("All projects"))],
        initial=OF_WON,
    )
    field_order = ["period", "first", "last", "by", "brought"]


def funnel(asked):
    """Each step from page to jobs, by page, campaign, opportunity, theme, source or another group."""
    by, rows = asked["by"], asked_for(asked)
    found, reads = grouping.found_by(rows, by, grouping.counts(COUNTED, by=by)), _reads(asked)
    if by != "page":
        for key in reads or ():
            found.setdefault(key, EMPTY)
    brought, of_all = _brought(asked, rows, grouping.key_of(by))
    totals = rows.aggregate(**grouping.counts(COUNTED))
    all_reads = None if reads is None else _sum(reads_of(asked["period"]))
    table_rows = [
        _row(asked, group, (reads or {}).get(group.key), brought.get(group.key))
        for group in grouping.arranged(found, by, EMPTY, **grouping.of_groups(asked, by))
    ]
    if by == "page" and (others := sum(number for key, number in (reads or {}).items() if key not in found)):
        elsewhere = grouping.Group(None, gettext("Pages that led to no enquiry"), EMPTY, {})
        table_rows.append(Row(_row(asked, elsewhere, others, None).cells))
    whole = grouping.Group(None, gettext("All"), totals, {})
    return Table(
        [Column("group", said(grouping.title_of(by))), *_columns()],
        table_rows,
        totals=_row(asked, whole, all_reads, of_all),
        matched=totals["enquiries"],
        chart=Chart("columns" if by in TIMES else "bars", "group", ("enquiries", "projects")),
        notes=[*notes(by), *_notes(of_all, reads is None)],
    )


def _columns():
    return [
        Column("reads", gettext("Reads"), Kind.NUMBER),
        Column("enquiries", gettext("Enquiries"), Kind.NUMBER),
        Column("asked_share", gettext("Of reads"), Kind.SHARE),
        Column("qualified", gettext("Qualified"), Kind.NUMBER),
        Column("qualified_share", gettext("Of enquiries"), Kind.SHARE),
        Column("projects", gettext("Became a project"), Kind.NUMBER),
        Column("projects_share", gettext("Of qualified"), Kind.SHARE),
        Column("won", gettext("Project won"), Kind.NUMBER),
        Column("won_share", gettext("Of projects"), Kind.SHARE),
        Column("value", gettext("Value"), Kind.POUNDS),
        Column("new_jobs", gettext("New jobs"), Kind.NUMBER),
        Column("safeguarded", gettext("Safeguarded jobs"), Kind.NUMBER),
    ]


def _row(asked, group, reads, brought):
    steps = [group.measured[name] for name in COUNTED]
    cells, before = [group.name, reads], reads
    for number in steps:
        cells += [number, number / before if before else None]
        before = number
    these = in_list(asked) | group.query
    led = {name: links.enquiries(**these, **more) for name, more in LED.items()}
    return Row((*cells, *(brought or Brought()).sums), led)


def _reads(asked):
    """{group: reads}; None where reads cannot be told apart by the group, or the enquiries are narrowed by what nobody
    knows of readers."""
    by, counts = asked["by"], reads_of(asked["period"])
    if any(asked.parameters.get(name) for name in FIELDS):
        return None
    if by in TIMES:
        key = grouping.unit_of("day", TIMES[by][1], is_day=True)
    elif by in {"page", "campaign"}:
        key = {"page": "path", "campaign": "campaign"}[by]
    elif by in PATHS:
        return _of_records(counts, PATHS[by])
    else:
        return None
    named = counts.values(grp=key if by in TIMES else F(key)).annotate(number=Sum("reads")).order_by()
    return {row["grp"]: row["number"] for row in named}


def _of_records(counts, start):
    """{slug: reads} of the pages of records, not of their list."""
    rows = (
        counts.filter(path__regex=f"^{start}[^/]+/$").values("path").annotate(number=Sum("reads")).order_by()
    )
    return {row["path"].removeprefix(start).rstrip("/"): row["number"] for row in rows}


def _sum(counts):
    return counts.aggregate(number=Sum("reads", default=0))["number"]


class Brought:
    """What projects bring: sums of what is known. None where there are projects and nothing is known of them."""

    def __init__(self):
        self.projects, self.known, self.found = 0, [0] * len(BROUGHT), [0] * len(BROUGHT)

    def add(self, values):
        self.projects += 1
        for place, value in enumerate(values):
            if value is not None:
                self.known[place] += 1
                self.found[place] += value

    @property
    def sums(self):
        pairs = zip(self.known, self.found, strict=True)
        return tuple(total if known or not self.projects else None for known, total in pairs)


def _brought(asked, rows, key):
    """({group: what its projects bring}, what all bring), each project once in each."""
    rows = rows.filter(WON) if asked["brought"] == OF_WON else rows.filter(project_row__isnull=False)
    project = "project_row__project"
    columns = ["grp", project, *(f"{project}__{name}" for name in BROUGHT)]
    groups, whole, seen = {}, Brought(), set()
    pairs = rows.order_by().annotate(grp=key).values_list(*columns).distinct()
    for group, number, *values in pairs.iterator():
        groups.setdefault(group, Brought()).add(values)
        if number not in seen:
            seen.add(number)
            whole.add(values)
    return groups, whole


def _notes(brought, without_reads):
    known = {"known": brought.known[0], "all": brought.projects}
    told = [
        gettext("The enquiries are those received in the period, with what became of them since."),
        gettext("A project to which several enquiries led counts once in a group, and once in the last row."),
        gettext("Value is known for %(known)s of %(all)s projects.") % known,
    ]
    if without_reads:
        told.append(gettext("Reads are not known by this group, or for enquiries that are narrowed."))
    return told
