"""Investment projects by stage, status or landing date: how many, of what value, with how many jobs, and which should
have landed by now.

Nothing is weighted: how likely a project is to land is said as low, medium or high, and no honest number follows from
that. What nobody has said is not known, and counted as such.
"""

from django import forms
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enquiries import countries
from enquiries.measures import UNKNOWN
from enquiries.models import InvestmentProject
from enquiries.models.project_words import InvestmentType, Likelihood
from enquiries.project_columns import columns
from enquiries.project_stages import ENDS, Stage, Status
from reports import grouping, links
from reports.figures.enquiries import ANY
from reports.grouping import TIMES, Grouping, Span
from reports.parameters import PeriodForm
from reports.periods import LONDON, QUARTER, YEAR, Period, shifted, starting, whole
from reports.tables import Chart, Column, Kind, Listing, Row, Table
from reports.words import said

GOING, WON, ALL = "going", "won", "all"
LANDING = Span("landing", "landing", is_day=True)
LANDS = [
    ("all", _("At any time")),
    ("this-quarter", _("This quarter")),
    ("next-quarter", _("Next quarter")),
    ("this-year", _("This financial year")),
    ("next-year", _("Next financial year")),
    ("days", _("From one day to another")),
]
LENGTHS = {"quarter": QUARTER, "year": YEAR}


def _choices(choices):
    return lambda language: {str(key): said(label) for key, label in choices}


def _staff(language):
    return {user.pk: str(user) for user in User.objects.filter(is_staff=True)}


GROUPINGS = {
    "stage": Grouping(_("Stage"), "stage", _choices(Stage.choices), "stage", ordered=True),
    "status": Grouping(_("Status"), "status", _choices(Status.choices), "status", ordered=True),
    "likelihood": Grouping(
        _("Likelihood to land"),
        "likelihood_to_land",
        _choices([*reversed(Likelihood.choices)]),
        "likelihood_to_land",
        ordered=True,
    ),
    "type": Grouping(
        _("Investment type"),
        "investment_type",
        _choices(InvestmentType.choices),
        "investment_type",
        ordered=True,
    ),
    "country": Grouping(_("Country"), "country", lambda code: dict(countries.choices(code)), "country"),
}
CHOICES = [
    *((key, grouping_.title) for key, grouping_ in GROUPINGS.items()),
    *((key, title) for key, (title, _months) in TIMES.items()),
]
OVERDUE = {"landing": "late"}
MEASURED = (
    "projects",
    "value",
    "known",
    "new_jobs",
    "safeguarded",
    "overdue",
    "high",
    "medium",
    "low",
    "unsaid",
)
EMPTY = dict.fromkeys(MEASURED, 0)


class ProjectsForm(PeriodForm):
    """Which projects: those that go on, those won, or all; landing, or expected to, at some time."""

    period = forms.ChoiceField(label=_("Landing"), choices=LANDS, initial="all")
    which = forms.ChoiceField(
        label=_("Projects"),
        choices=[(GOING, _("Not ended")), (WON, pgettext_lazy("report", "Won")), (ALL, _("All"))],
        initial=GOING,
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["stage"].choices = [ANY, *GROUPINGS["stage"].names(self.language).items()]

    def named(self, name):
        """A quarter or year to its end, for landing is to come."""
        if name == "all":
            return Period(None, None)
        which, length = name.split("-")
        months = LENGTHS[length]
        first = starting(self.today, months)
        return whole(first if which == "this" else shifted(first, months), months)


class PipelineForm(ProjectsForm):
    by = forms.ChoiceField(label=_("Grouped by"), choices=CHOICES, initial="stage")
    field_order = ["period", "first", "last", "which", "by"]


def pipeline(asked):
    """Projects in groups, with value and jobs, how likely they are, and which are overdue."""
    by, rows = asked["by"], _asked_for(asked)
    measures = _measures(asked)
    found = grouping.found_by(rows, by, measures, span=LANDING, groupings=GROUPINGS)
    totals = rows.aggregate(**measures)
    groups = grouping.arranged(
        *(found, by, EMPTY), span=LANDING, groupings=GROUPINGS, **grouping.of_groups(asked, by, GROUPINGS)
    )
    title = TIMES[by][0] if by in TIMES else GROUPINGS[by].title
    return Table(
        [Column("group", said(title)), *_columns()],
        [
            _row(asked, group.name, group.measured, group.query)
            for group in groups
            if by != "status" or _may_be(asked, group.key)
        ],
        totals=_row(asked, gettext("All"), totals, {}),
        matched=totals["projects"],
        chart=Chart("columns" if by in TIMES else "bars", "group", ("projects",)),
        notes=_notes(totals),
    )


def one_by_one(asked):
    """One row for each project, the first to land first."""
    return Listing(
        _asked_for(asked).order_by("landing", "-pk"),
        columns(asked.user),
        changelist=links.projects(**_in_list(asked)),
        change="enquiries_investmentproject_change",
    )


def _asked_for(asked):
    rows = InvestmentProject.objects.filter(asked["period"].within_days("landing"))
    if asked.parameters.get("stage"):
        rows = rows.filter(stage=asked["stage"])
    if asked["which"] == GOING:
        return rows.exclude(status__in=ENDS)
    return rows.filter(status=Status.WON) if asked["which"] == WON else rows


def _in_list(asked):
    which = asked["which"]
    return {
        **asked["period"].query("landing"),
        **({} if which == ALL else {"status": which}),
        **({"stage": asked["stage"]} if asked.parameters.get("stage") else {}),
    }


def _may_be(asked, status):
    """Whether projects of that status are asked for at all."""
    return {GOING: status not in ENDS, WON: status == Status.WON, ALL: True}[asked["which"]]


def _measures(asked):
    today = asked.now.astimezone(LONDON).date()
    late = Q(landing__lt=today, actual_land_date__isnull=True, ended_on__isnull=True)
    likely = {name: Count("pk", filter=Q(likelihood_to_land=name)) for name in ("high", "medium", "low")}
    return {
        "projects": Count("pk"),
        "value": Sum("total_investment"),
        "known": Count("total_investment"),
        "new_jobs": Sum("number_new_jobs"),
        "safeguarded": Sum("number_safeguarded_jobs"),
        "overdue": Count("pk", filter=late),
        **likely,
        "unsaid": Count("pk", filter=Q(likelihood_to_land="")),
        "new_jobs_known": Count("number_new_jobs"),
        "safeguarded_known": Count("number_safeguarded_jobs"),
    }


def _columns():
    return [
        Column("projects", gettext("Projects"), Kind.NUMBER),
        Column("value", gettext("Value"), Kind.POUNDS),
        Column("known", gettext("Value known"), Kind.NUMBER),
        Column("new_jobs", gettext("New jobs"), Kind.NUMBER),
        Column("safeguarded", gettext("Safeguarded jobs"), Kind.NUMBER),
        Column("overdue", gettext("Landing overdue"), Kind.NUMBER),
        Column("high", gettext("High likelihood"), Kind.NUMBER),
        Column("medium", said("Medium"), Kind.NUMBER),
        Column("low", said("Low"), Kind.NUMBER),
        Column("unsaid", gettext("Likelihood not known"), Kind.NUMBER),
    ]


def _row(asked, name, measured, query):
    these = _in_list(asked) | query
    led = {"projects": links.projects(**these), "known": links.projects(**these, value="known")}
    if these.get("landing") != "none":
        led["overdue"] = links.projects(**these, **OVERDUE)
    if query.keys() != {"likelihood_to_land"}:
        said_so = {"high": "high", "medium": "medium", "low": "low", "unsaid": UNKNOWN}
        led |= {key: links.projects(**these, likelihood_to_land=value) for key, value in said_so.items()}
    return Row((name, *(_known(measured, key) for key in MEASURED)), led)


def _known(measured, key):
    """A sum of nothing known is not known; of no project at all it is nought."""
    value = measured[key]
    return 0 if value is None and not measured["projects"] else value


def _notes(totals):
    all_of = totals["projects"]
    return [
        gettext("Value is known for %(known)s of %(all)s projects.")
        % {"known": totals["known"], "all": all_of},
        gettext("New jobs are known for %(known)s of %(all)s projects, safeguarded jobs for %(safeguarded)s.")
        % {"known": totals["new_jobs_known"], "safeguarded": totals["safeguarded_known"], "all": all_of},
        gettext("Landing is the day a project landed or, until then, the day expected. Nothing is weighted."),
    ]
