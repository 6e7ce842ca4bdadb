"""Reports that a job of `exports` writes as a spreadsheet, because they may be long. A table is copied in the request
(`reports.copies`)."""

from django.http import QueryDict
from django.utils.http import urlencode

from exports import spreadsheets
from exports.spreadsheets import Progress, Source
from publishing import languages
from reports import addresses, catalogue, copies
from reports.taking import snapshot, take
from reports.writers import xlsx

REPORT = "report"  # in EXPORT_SOURCES


def ask(report, form, user, *, language=languages.SOURCE):
    """The spreadsheet of a report, made by a job: for a listing, however long. `form` is valid, and the caller has
    checked that the user may take it."""
    return spreadsheets.ask(
        source=REPORT, key=report.name, shape=language, filters=urlencode(form.chosen()), by=user
    )


class Reports(Source):
    """Reports as spreadsheets: the key is the report's name, the shape its language, the filters its parameters. A
    named period means what it means when the file is made, and the file says which days these were."""

    back = "Back to the report"

    def name(self, spreadsheet):
        report = catalogue.BY_NAME.get(spreadsheet.key)
        return str(report.title) if report else ""

    def entitled(self, spreadsheet):
        report = catalogue.BY_NAME.get(spreadsheet.key)
        return bool(report and report.may_take(spreadsheet.by) and _form(report, spreadsheet).is_valid())

    def address(self, spreadsheet):
        return addresses.report(spreadsheet.key, QueryDict(spreadsheet.filters).dict())

    def write(self, spreadsheet, path):
        report = catalogue.BY_NAME[spreadsheet.key]
        form = _form(report, spreadsheet)
        form.full_clean()
        spreadsheets.start(spreadsheet, report.name, filters=copies.filters(report, form))
        with snapshot() as moment:
            facts = {"moment": moment, "language": spreadsheet.shape or languages.SOURCE}
            taken = take(report, form, spreadsheet.by, **facts)
            spreadsheet.total = taken.scope.rows
            xlsx.write(taken, path, follow=Progress(spreadsheet))


def _form(report, spreadsheet):
    return report.asking(
        QueryDict(spreadsheet.filters).dict(), language=spreadsheet.shape or languages.SOURCE
    )
