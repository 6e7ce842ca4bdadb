"""Making a board pack: its reports taken in one snapshot, as whoever makes it may have them, set in one document, and
noted in the log of exports."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from exports.models import ExportLog
from publishing import languages
from reports import catalogue, copies
from reports.dashboard import Dashboard
from reports.parameters import PeriodForm
from reports.report import Report
from reports.taking import snapshot, take
from reports.writers import pdf

WHAT = "board-pack"


class NotPossible(Exception):
    """The pack cannot be made. The message says why, to whoever asked."""


@dataclass(frozen=True)
class Made:
    content: bytes
    file_name: str
    rows: int
    left_out: list


def make(pack, *, now=None, by):
    """The document. Named periods mean what they meant at `now`; reports that `by` may not take are left out, and the
    document says so."""
    now, reports = (
        now or timezone.now(),
        [(row, catalogue.BY_NAME.get(row.report)) for row in pack.reports.all()],
    )
    left_out = [
        report.title if report else row.report for row, report in reports if not _may_take(report, by)
    ]
    forms = [(report, _form(report, row, pack, now)) for row, report in reports if _may_take(report, by)]
    if not forms:
        raise NotPossible(
            "The pack has no report that you may take away." if left_out else "The pack has no report."
        )
    with snapshot() as moment:
        takens = [take(report, form, by, moment=moment, language=pack.language) for report, form in forms]
        facts = pdf.PackFacts(pack.name, pack.language, str(by), moment, pack.introduction, left_out)
        content = pdf.pack_document(facts, takens, _key_figures(pack, now, by, moment))
    made = Made(content, _file_name(pack), sum(taken.scope.rows for taken in takens), left_out)
    asked = [f"{report.title} ({copies.filters(report, form)})" for report, form in forms]
    if pack.key_figures:
        asked.insert(0, f"Key figures ({pack.get_key_figures_display()})")
    log = ExportLog.objects.begin(
        by, what=WHAT, filters=" | ".join([pack.name, *asked]), file_name=made.file_name
    )
    log.close(made.rows, whole=True)
    return made


def words(row, now=None):
    """What a row asks of its report, in one line; None where its parameters do not hold any more."""
    report = catalogue.BY_NAME.get(row.report)
    form = report and report.asking(row.parameters, now=now)
    if not form or not form.is_valid():
        return None
    return copies.filters(report, form)


def _may_take(report, user):
    return bool(report and report.may_take(user))


def _form(report, row, pack, now):
    form = report.asking(row.parameters, now=now, language=pack.language)
    if not form.is_valid():
        names = ", ".join(
            str(form.fields[name].label) if name in form.fields else name for name in form.errors
        )
        raise NotPossible(f"“{report.title}” asks for what is not there any more ({names}). Choose again.")
    return form


def _key_figures(pack, now, by, moment):
    """The dashboard's figures, of the reports that `by` may take; None where the pack has no such page."""
    if not pack.key_figures:
        return None
    form = PeriodForm({"period": pack.key_figures}, now=now, language=pack.language)
    form.full_clean()
    found = Dashboard(form, by, moment, language=pack.language, may=Report.may_take)
    return pdf.KeyFigures(form.cleaned_data["period"], found.sections())


def _file_name(pack):
    marked = "" if pack.language == languages.SOURCE else f"-{pack.language}"
    name = slugify(pack.name) if pack.name.isascii() else ""
    return f"{name or WHAT}-{timezone.localtime():%Y-%m-%d-%H%M}{marked}.pdf"
