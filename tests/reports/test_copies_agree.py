"""Every report of the catalogue, taken in every format over the made-up year: the copies say the same as the page."""

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.db import transaction

from exports.models import ExportLog
from publishing import languages
from reports.catalogue import BY_NAME, REPORTS
from reports.display import shown
from reports.tables import Kind
from tests.exports.test_office import rows_and_formulas
from tests.factories import superuser
from tests.reports import made_up_year, reading
from tests.reports.asking import taken

pytestmark = pytest.mark.django_db
NAMES = [report.name for report in REPORTS]


@pytest.fixture(scope="module")
def copies(django_db_setup, django_db_blocker, tmp_path_factory):
    """{report: {format: path}} and what the report itself says, of one moment's rows; made once for all tests here."""
    folder = tmp_path_factory.mktemp("copies")
    with django_db_blocker.unblock(), transaction.atomic():
        made_up_year.make()
        boss = superuser("boss")
        made = {name: _copies_of(name, folder) for name in NAMES}
        contents = {name: taken(name, boss, **_asked(name)) for name in NAMES}
        logged = ExportLog.objects.filter(by=boss, finished_at__isnull=False).count()
        transaction.set_rollback(True)
    return made, contents, logged


def _asked(name):
    """All time, where a report has a period. Each copy is an export: of those the year before, which stays as it is."""
    if name.startswith("exports"):
        return {"period": "last-year"}
    return {"period": "all"} if "period" in BY_NAME[name].form.base_fields else {}


def _copies_of(name, folder):
    asked = [argument for key, value in _asked(name).items() for argument in ("--param", f"{key}={value}")]
    made = {}
    for file_format, code in [("csv", "en"), ("xlsx", "en"), *(("pdf", code) for code in languages.codes())]:
        path = folder / f"{name}-{code}.{file_format}"
        given = ["--format", file_format, "--by", "boss", "--language", code, "--output", str(path)]
        call_command("report", name, *given, *asked)
        made[file_format, code] = path
    return made


def test_every_copy_of_every_report_was_made_whole_and_logged(copies):
    made, _contents, logged = copies
    assert logged == sum(len(of_one) for of_one in made.values()) == len(NAMES) * (2 + len(languages.codes()))


@pytest.mark.parametrize("name", NAMES)
def test_csv_and_spreadsheet_have_the_rows_and_totals_of_the_page(copies, name):
    made, contents, _logged = copies
    content, scope = contents[name].content, contents[name].scope
    lines = list(csv.reader(io.StringIO(made[name]["csv", "en"].read_text("utf-8-sig"), newline="")))
    in_csv = lines[1 : lines.index([])]
    sheet = openpyxl.load_workbook(made[name]["xlsx", "en"]).worksheets[0]
    in_sheet = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    in_sheet = [row for row in in_sheet if any(value is not None for value in row)]
    if contents[name].is_listing:
        assert len(in_csv) == len(in_sheet) == scope.rows == scope.matched
        return
    expected = [row for row in (*content.rows, content.totals) if row]
    assert len(in_csv) == len(in_sheet) == len(expected)
    whole = [
        place for place, column in enumerate(content.columns) if column.kind in (Kind.NUMBER, Kind.POUNDS)
    ]
    for row, typed, written in zip(expected, in_sheet, in_csv, strict=True):
        for place in whole:
            value = row.cells[place]
            assert typed[place] == value, (name, row.cells[0])
            assert written[place] == ("" if value is None else str(value)), (name, row.cells[0])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", languages.codes())
def test_paper_has_the_totals_of_the_page(copies, name, code):
    made, contents, _logged = copies
    text = reading.words(reading.text(made[name]["pdf", code].read_bytes()))
    scope = contents[name].scope
    assert f"{scope.matched:,}" in text
    content = contents[name].content
    if contents[name].is_listing or content.totals is None:
        return
    for column, value in zip(content.columns, content.totals.cells, strict=True):
        if column.kind is Kind.NUMBER and value:
            assert shown(value, column.kind, code) in text, (name, column.key)


def test_libreoffice_opens_every_copy_and_finds_no_formula(copies, tmp_path):
    made, contents, _logged = copies
    office = next(filter(shutil.which, filter(None, [os.environ.get("SOFFICE"), "soffice", "libreoffice"])))
    command = [office, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless"]
    command += ["--convert-to", "fods", "--outdir", tmp_path / "out"]
    for file_format, more in (("csv", ["--infilter=CSV:44,34,76,1"]), ("xlsx", [])):
        files = [of_one[file_format, "en"] for of_one in made.values()]
        subprocess.run([*command, *more, *files], check=True, capture_output=True, timeout=300)
        for name in NAMES:
            rows, formulas = rows_and_formulas(tmp_path / "out" / f"{Path(name)}-en.fods")
            assert not formulas and rows > contents[name].scope.rows, (name, file_format)
