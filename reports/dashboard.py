"""What a manager looks at first: figures taken from the reports, each a cell of a report's own totals. Nothing is
reckoned here but the difference from the period before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from publishing import languages
from reports import addresses, catalogue, charts
from reports.display import NOT_KNOWN, shown
from reports.parameters import PeriodForm
from reports.report import Report
from reports.tables import Kind, Listing
from reports.taking import take

ENQUIRIES, RESPONSES, UNANSWERED = "enquiries-by", "response-times", "unanswered-by"
PIPELINE, WON = "pipeline", {"which": "won"}


@dataclass(frozen=True)
class Measure:
    """One figure: the totals of a report in one column, or how many rows a listing has. In the dashboard's period, and
    then beside the period before, or as things stand now."""

    label: Any
    report: str
    column: str = ""
    parameters: dict = field(default_factory=dict)
    in_period: bool = True


SECTIONS = [
    (
        _("Enquiries received in the period"),
        [
            Measure(_("Enquiries"), ENQUIRIES, "enquiries"),
            Measure(_("Answered"), ENQUIRIES, "answered"),
            Measure(_("Answered in time"), RESPONSES, "share"),
            Measure(_("Median to first reply, in working hours"), RESPONSES, "median"),
            Measure(_("Qualified"), ENQUIRIES, "qualified"),
            Measure(_("Became a project"), ENQUIRIES, "projects"),
            Measure(pgettext_lazy("report", "Closed without a reply"), "closed-unanswered-by", "enquiries"),
        ],
    ),
    (
        _("What waits now"),
        [
            Measure(pgettext_lazy("report", "Unanswered"), UNANSWERED, "enquiries", in_period=False),
            Measure(_("Of these late"), UNANSWERED, "late", in_period=False),
            Measure(_("Over 30 days old"), UNANSWERED, "older", in_period=False),
        ],
    ),
    (
        _("Investment projects won in the period"),
        [
            Measure(_("Landed in the period"), PIPELINE, "projects", WON),
            Measure(_("Value landed"), PIPELINE, "value", WON),
            Measure(_("New jobs landed"), PIPELINE, "new_jobs", WON),
        ],
    ),
    (
        _("Investment projects now"),
        [
            Measure(_("Not ended"), PIPELINE, "projects", in_period=False),
            Measure(_("Their value, where known"), PIPELINE, "value", in_period=False),
            Measure(_("Landing overdue"), PIPELINE, "overdue", in_period=False),
        ],
    ),
    (
        _("Partners and prospectus in the period"),
        [
            Measure(_("Contacts"), "contacts-by", "contacts"),
            Measure(_("Delegation visits"), "visits"),
            Measure(_("Reads of public pages"), "page-reads", "reads"),
        ],
    ),
    (
        _("Partners and prospectus now"),
        [
            Measure(
                _("Memoranda expiring within 12 months"),
                "memoranda",
                parameters={"standing": "expiring"},
                in_period=False,
            ),
            Measure(_("Texts current in translation"), "translations", "share", in_period=False),
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
    """The figures of one period for one user in one language, within a snapshot that the caller has open: those of the
    reports that `may` says are theirs. A report that several figures come from is taken once."""

    def __init__(
        self,
        form: PeriodForm,
        user,
        moment,
        *,
        language=languages.SOURCE,
        may: Callable[[Report, Any], bool] = Report.may_see,
    ):
        self.user, self.moment, self.language, self.may = user, moment, language, may
        self.chosen = form.frozen()
        earlier = form.cleaned_data["period"].before()
        self.earlier = earlier and {
            "period": "days",
            "first": earlier.first.isoformat(),
            "last": earlier.last.isoformat(),
        }
        self._taken = {}

    def sections(self):
        """[(title, figures)] of the reports that are the user's."""
        with translation.override(self.language):
            found = [
                (str(title), [self._figure(measure) for measure in measures if self._is_theirs(measure)])
                for title, measures in SECTIONS
            ]
        return [(title, figures) for title, figures in found if figures]

    def chart(self):
        """(drawing, address of its report), or None."""
        if not self._is_theirs(CHART):
            return None
        taken = self._take(CHART, self.chosen)
        drawing = charts.chart_on_page(taken.content, taken.language)
        return drawing and (drawing, addresses.report(CHART.report, taken.chosen))

    def _is_theirs(self, measure):
        return self.may(catalogue.BY_NAME[measure.report], self.user)

    def _figure(self, measure):
        taken = self._take(measure, self.chosen)
        value, kind, leads = _cell(taken, measure)
        report = addresses.report(measure.report, taken.chosen)
        before, change = self._compared(measure, value, kind)
        return Figure(
            str(measure.label), shown(value, kind, self.language), leads or report, report, before, change
        )

    def _compared(self, measure, value, kind):
        """The figure of the period before, and how far this one is from it."""
        if not (measure.in_period and self.earlier):
            return "", ""
        taken = self._take(measure, self.earlier)
        earlier, _kind, _leads = _cell(taken, measure)
        return shown(earlier, kind, self.language), _change(value, earlier, kind, self.language)

    def _take(self, measure, period):
        given = {**(period if measure.in_period else {}), **measure.parameters}
        key = (measure.report, *sorted(given.items()))
        if key not in self._taken:
            report = catalogue.BY_NAME[measure.report]
            form = report.asking(given, now=self.moment, language=self.language)
            if not form.is_valid():
                raise ValueError(f"The dashboard asks {measure.report} what it does not know: {form.errors}")
            self._taken[key] = take(report, form, self.user, moment=self.moment, language=self.language)
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
        return gettext("no change")
    sign = "+" if value > earlier else "−"
    words = shown(abs(value - earlier), kind, language)
    if kind is Kind.SHARE:
        words = gettext("%(number)s points") % {"number": words.removesuffix("%")}
    return f"{sign}{words}"
