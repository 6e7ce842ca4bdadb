"""A report as XLSX, read back: every value is what it is, and the last sheet states the scope."""

import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports import workbook
from reports.catalogue import BY_NAME
from reports.parameters import ReportForm
from reports.report import Asked, Report
from reports.tables import Column, Kind, Row, Table
from reports.taking import snapshot, take
from reports.writers import xlsx
from tests.factories import enquiry, superuser

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
COLUMNS = [
    Column("group", "Group"),
    Column("number", "Number", Kind.NUMBER),
    Column("money", "Value", Kind.POUNDS),
    Column("share", "Share", Kind.SHARE),
    Column("hours", "Hours", Kind.HOURS),
    Column("day", "Day", Kind.DAY),
    Column("moment", "Moment", Kind.MOMENT),
]
FIRST = Row(("=1+1", 3, 40_000_000, 0.25, Decimal("7.25"), date(2026, 3, 29), MOMENT))
UNKNOWN = Row(("부산", 0, None, None, None, None, None))
TOTALS = Row(("All", 3, 40_000_000, 1, Decimal("7.25"), None, None))


def figures(asked: Asked):
    return Table(COLUMNS, [FIRST, UNKNOWN], totals=TOTALS, matched=3, notes=["=A note"])


REPORT = Report("made-up", "Made up", "What it counts.", "Subject", ReportForm, figures, ())


def taken_of(report, user, language="en", **chosen):
    form = report.asking(chosen, language=language)
    assert form.is_valid(), form.errors
    with snapshot() as moment:
        yield take(report, form, user, moment=moment, language=language)


def book_of(tmp_path, report, language="en", **chosen):
    user = superuser()
    for taken in taken_of(report, user, language, **chosen):
        xlsx.write(taken, tmp_path / "report.xlsx")
    return openpyxl.load_workbook(tmp_path / "report.xlsx")


def rows_of(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_figures_are_numbers_and_dates_and_text_is_text(tmp_path):
    book = book_of(tmp_path, REPORT)
    _, first, unknown, totals = book["Figures"].iter_rows()
    assert [cell.value for cell in first] == [
        "=1+1",
        3,
        40_000_000,
        0.25,
        7.3,
        datetime.fromisoformat("2026-03-29"),
        datetime.fromisoformat("2026-07-01T09:30"),
    ]
    assert [cell.value for cell in unknown] == ["부산", 0, None, None, None, None, None]
    assert [cell.value for cell in totals][:4] == ["All", 3, 40_000_000, 1]
    formats = ["#,##0", "[$£-809]#,##0", "0.0%", "#,##0.0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert [cell.number_format for cell in first][1:] == formats
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_heading_is_bold_and_stays_and_the_totals_stand_out(tmp_path):
    sheet = book_of(tmp_path, REPORT)["Figures"]
    headings, first, _, totals = sheet.iter_rows()
    assert sheet.freeze_panes == "A2" and all(cell.font.b for cell in headings)
    assert totals[0].font.b and not first[0].font.b
    assert sheet.column_dimensions["A"].width > 8


def test_the_last_sheet_states_the_scope(tmp_path):
    enquiry(country="KR", received_at=datetime(2026, 5, 1, tzinfo=UTC))
    days = {"period": "days", "first": "2026-04-01", "last": "2026-06-30"}
    book = book_of(tmp_path, BY_NAME["enquiries-by"], by="country", **days)
    facts = dict(row[:2] for row in rows_of(book.worksheets[-1]))
    assert book.sheetnames[-1] == "Scope" and facts["Report"] == "Enquiries by group"
    assert facts["Period"] == "1 April 2026 to 30 June 2026" and facts["Grouped by"] == "Country"
    assert facts["Records counted"] == "1" and facts["Made by"] == "administrator"
    assert "Data as of" in facts and "Note" in facts


def test_a_listing_has_one_row_for_each_record(tmp_path):
    for country in ("KR", "DK", "KR"):
        enquiry(country=country, received_at=datetime(2026, 5, 1, 23, 30, tzinfo=UTC))
    book = book_of(tmp_path, BY_NAME["enquiries"], period="all", country="KR")
    headings, *rows = rows_of(book["Rows 1"])
    assert len(rows) == 2
    assert rows[0][headings.index("Received (London)")] == datetime.fromisoformat("2026-05-02T00:30")


def test_a_listing_is_read_in_one_statement_however_long(tmp_path):
    counts = []
    user = superuser()
    for number in (1, 6):
        for _ in range(number):
            enquiry()
        with CaptureQueriesContext(connection) as queries:
            for taken in taken_of(BY_NAME["enquiries"], user, period="all"):
                xlsx.write(taken, tmp_path / "report.xlsx")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_listing_goes_on_in_the_next_sheet_and_the_scope_is_still_the_last(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "SHEET", 1)
    monkeypatch.setattr(workbook, "ceil", lambda number: 3)
    for _ in range(3):
        enquiry()
    book = book_of(tmp_path, BY_NAME["enquiries"], period="all")
    assert [len(rows_of(sheet)) for sheet in book][:3] == [2, 2, 2] and book.sheetnames[3] == "Scope"


def test_a_report_in_korean_has_the_korean_names(tmp_path):
    book = book_of(tmp_path, BY_NAME["enquiries-by"], "ko", period="all", by="language")
    named = {row[0] for row in rows_of(book.worksheets[0])[1:]}
    facts = " ".join(str(value) for row in rows_of(book.worksheets[-1]) for value in row)
    assert "한국어" in named and "년" in facts


def test_libreoffice_opens_it(tmp_path):
    book_of(tmp_path, REPORT)
    office = next(filter(None, map(shutil.which, ["soffice", "libreoffice"])))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
    ]
    subprocess.run(
        [office, profile, *convert, "--outdir", tmp_path / "out", tmp_path / "report.xlsx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "out" / "report-Figures.csv").read_text()
    assert "=1+1,3,40000000,25%,7.3,2026-03-29,2026-07-01 09:30:00\n" in text
    assert "=A note" in (tmp_path / "out" / "report-Scope.csv").read_text()
