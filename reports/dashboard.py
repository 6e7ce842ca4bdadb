"""What a manager looks at first: figures taken from the reports, each a cell of a report's own totals. Nothing is
reckoned here but the difference from the period before."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reports import addresses, catalogue, charts
from reports.display import NOT_KNOWN, shown
from reports.parameters import PeriodForm
from reports.tables import Kind, Listing
from reports.taking import take

ENQUIRIES, RESPONSES, UNANSWERED = "enquiries-by", "response-times", "unanswered-by"
PIPELINE, FUNNEL = "pipeline", "funnel"


@dataclass(frozen=True)
class Measure:
    """One figure: the totals of a report in one column, or how many rows a listing has. In the dashboard's period, and
    then beside the period before, or as things stand now."""

    label: str
    report: str
    column: str = ""
    parameters: dict = field(default_factory=dict)
    in_period: bool = True


SECTIONS = [
    (
        "Enquiries received in the period",
        [
            Measure("Enquiries", ENQUIRIES, "enquiries"),
            Measure("Answered", ENQUIRIES, "answered"),
            Measure("Answered in time", RESPONSES, "share"),
            Measure("Median to first reply, in working hours", RESPONSES, "median"),
            Measure("Qualified", ENQUIRIES, "qualified"),
            Measure("Became a project", ENQUIRIES, "projects"),
            Measure("Closed without a reply", "closed-unanswered-by", "enquiries"),
        ],
    ),
    (
        "What waits now",
        [
            Measure("Unanswered", UNANSWERED, "enquiries", in_period=False),
            Measure("Of these late", UNANSWERED, "late", in_period=False),
            Measure("Over 30 days old", UNANSWERED, "older", in_period=False),
        ],
    ),
    (
        "Investment projects",
        [
            Measure("Not ended", PIPELINE, "projects", in_period=False),
            Measure("Their value, where known", PIPELINE, "value", in_period=False),
            Measure("Landing overdue", PIPELINE, "overdue", in_period=False),
            Measure("Landed in the period", PIPELINE, "projects", {"which": "won"}),
            Measure("Value landed", PIPELINE, "value", {"which": "won"}),
            Measure("New jobs landed", PIPELINE, "new_jobs", {"which": "won"}),
        ],
    ),
    (
        "Partners and prospectus",
        [
            Measure("Contacts", "contacts-by", "contacts"),
            Measure("Delegation visits", "visits"),
            Measure(
                "Memoranda expiring within 12 months",
                "memoranda",
                "",
                {"standing": "expiring"},
                in_period=False,
            ),
            Measure("Texts current in translation", "translations", "share", in_period=False),
            Measure("Reads of public pages", "page-reads", "reads"),
        ],
    ),
]
CHART = Measure("", ENQUIRIES, "enquiries")  # by month, as it comes


class Figure(NamedTuple):
    """A measure as the page shows it. `leads` is the list of the rows counted, where there is one, otherwise the page
    of the report that it was taken from."""

    label: str
    text: str
    leads: str
    report: str
    before: str = ""
    change: str = ""


class Dashboard:
    """The figures of one period for one user, within a snapshot that the caller has open. A report that several figures
    come from is taken once."""

    def __init__(self, form: PeriodForm, user, moment):
        self.user, self.moment = user, moment
        self.chosen = form.frozen()
        earlier = form.cleaned_data["period"].before()
        self.earlier = earlier and {
            "period": "days",
            "first": earlier.first.isoformat(),
            "last": earlier.last.isoformat(),
        }
        self._taken = {}

    def sections(self):
        """[(title, figures)] of the reports that the user may see."""
        found = [
            (title, [self._figure(measure) for measure in measures if self._may_see(measure)])
            for title, measures in SECTIONS
        ]
        return [(title, figures) for title, figures in found if figures]

    def chart(self):
        """(drawing, address of its report), or None."""
        if not self._may_see(CHART):
            return None
        taken = self._take(CHART, self.chosen)
        drawing = charts.chart_on_page(taken.content, taken.language)
        return drawing and (drawing, addresses.report(CHART.report, taken.chosen))

    def _may_see(self, measure):
        return catalogue.BY_NAME[measure.report].may_see(self.user)

    def _figure(self, measure):
        taken = self._take(measure, self.chosen)
        value, kind, leads = _cell(taken, measure)
        report = addresses.report(measure.report, taken.chosen)
        before, change = self._compared(measure, value, kind)
        return Figure(
            measure.label, shown(value, kind, taken.language), leads or report, report, before, change
        )

    def _compared(self, measure, value, kind):
        """The figure of the period before, and how far this one is from it."""
        if not (measure.in_period and self.earlier):
            return "", ""
        taken = self._take(measure, self.earlier)
        earlier, _kind, _leads = _cell(taken, measure)
        return shown(earlier, kind, taken.language), _change(value, earlier, kind, taken.language)

    def _take(self, measure, period):
        given = {**(period if measure.in_period else {}), **measure.parameters}
        key = (measure.report, *sorted(given.items()))
        if key not in self._taken:
            report = catalogue.BY_NAME[measure.report]
            form = report.asking(given, now=self.moment)
            if not form.is_valid():
                raise ValueError(f"The dashboard asks {measure.report} what it does not know: {form.errors}")
            self._taken[key] = take(report, form, self.user, moment=self.moment)
        return self._taken[key]


def _cell(taken, measure) -> tuple[Any, Kind, str]:
    """(value, kind, the list of the rows counted or nothing) of a measure in its report."""
    content = taken.content
    if isinstance(content, Listing):
        return taken.scope.matched, Kind.NUMBER, content.changelist
    place = content.place(measure.column)
    return (
        content.totals.cells[place],
        content.columns[place].kind,
        content.totals.links.get(measure.column, ""),
    )


def _change(value, earlier, kind, language):
    """+12, −3, or “as many”; nothing where one of the two is not known."""
    if value is None or earlier is None or NOT_KNOWN in (value, earlier):
        return ""
    if value == earlier:
        return "no change"
    sign = "+" if value > earlier else "−"
    words = shown(abs(value - earlier), kind, language)
    return f"{sign}{words.replace('%', ' points')}"
