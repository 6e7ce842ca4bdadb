import csv
import getpass
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from enquiries.models import Enquiry
from exports import columns as column
from exports.models import ExportLog
from reports import catalogue
from reports.parameters import PeriodForm
from reports.report import Report
from reports.tables import Column, Kind, Listing, Row, Table
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
ALL = "period=all"


@pytest.fixture
def officer():
    return staff("officer", "enquiries.view_enquiry", "enquiries.export_enquiry", "partners.view_person")


def run(*given, **more):
    said = io.StringIO()
    call_command("report", *given, stderr=said, **more)
    return said.getvalue()


def ask(folder, *more, name="enquiries-by", by="officer", output="report.csv"):
    path = folder / output
    said = run(name, "--output", str(path), "--by", by, *more)
    return path, said


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_report_is_written_whole_and_logged_as_of_whom_it_is_for(tmp_path, officer):
    enquiry(country="KR"), enquiry(country="KR")
    path, said = ask(tmp_path, "--param", ALL, "--param", "by=country")
    assert rows(path)[1][0] == "South Korea" and rows(path)[-1] == ["Complete."]
    log = ExportLog.objects.get()
    assert (log.by, log.what, log.rows) == (
        officer,
        "enquiries-by",
        len(rows(path)[1 : rows(path).index([])]) - 1,
    )
    assert "complete" in said


def test_without_a_name_it_is_the_copy_of_the_machines_account_which_nothing_is_withheld_from(tmp_path):
    row = enquiry(given_name="Seo-yeon", family_name="Jung")
    path = tmp_path / "report.csv"
    run("enquiries", "--param", ALL, "--output", str(path))
    account = getpass.getuser()
    assert "Jung" in path.read_text("utf-8-sig") and row.reference in path.read_text("utf-8-sig")
    assert [f"Made by: {account}"] in rows(path)
    log = ExportLog.objects.get()
    assert (log.by, log.operator, log.rows) == (None, account, 1)


def test_progress_and_result_go_to_stderr_and_the_file_to_stdout(capfdbinary, officer):
    enquiry()
    run("enquiries", "--output", "-", "--by", "officer", "--format", "json", "--param", ALL)
    found = json.loads(capfdbinary.readouterr().out)
    assert len(found["rows"]) == found["scope"]["matched"] > 0


@pytest.mark.parametrize("file_format", ["xlsx", "pdf", "json"])
def test_every_format_is_written(tmp_path, officer, file_format):
    enquiry()
    path, _said = ask(tmp_path, "--format", file_format, output=f"report.{file_format}")
    assert path.read_bytes().startswith({"xlsx": b"PK", "pdf": b"%PDF", "json": b"{"}[file_format])


def test_words_are_in_the_language_asked_for(tmp_path, officer):
    enquiry(country="KR")
    path, _said = ask(tmp_path, "--param", ALL, "--param", "by=country", "--language", "ko")
    assert rows(path)[1][0] == "대한민국"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["nothing", "--by", "officer"], "There is no report “nothing”"),
        (["enquiries", "--by", "nobody"], "no member of staff “nobody”"),
        (["exports", "--by", "officer"], "may not take the report"),
        (["enquiries-by", "--by", "officer", "--param", "by=nonsense"], "by: "),
        (["enquiries-by", "--by", "officer", "--param", "colour=red"], "no parameter colour"),
        (["enquiries-by", "--by", "officer", "--param", "by"], "--param key=value"),
        ([], "Say which report"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_leaves_nothing(tmp_path, officer, given, why):
    with pytest.raises(CommandError, match=why):
        run(*given, "--output", str(tmp_path / "report.csv"))
    assert list(tmp_path.iterdir()) == []
    assert not ExportLog.objects.exists()


def made(content):
    """A report of a catalogue of our own."""
    facts = {"title": "Made up", "about": "For a test.", "subject": "Tests", "sees": ()}
    return Report(name="made-up", form=PeriodForm, figures=lambda asked: content, **facts)


def test_one_that_breaks_leaves_the_older_file_as_it_was(tmp_path, officer, monkeypatch):
    enquiry()
    broken = Listing(Enquiry.objects.all(), [column.number("N", 1 / (F("pk") - F("pk")))])
    monkeypatch.setitem(catalogue.BY_NAME, "made-up", made(broken))
    older = tmp_path / "report.csv"
    older.write_text("older")
    with pytest.raises(CommandError, match="It broke off"):
        ask(tmp_path, name="made-up")
    assert [path.name for path in tmp_path.iterdir()] == ["report.csv"] and older.read_text() == "older"
    assert ExportLog.objects.get().finished_at is None


def test_more_rows_than_paper_holds_are_refused_and_lead_to_the_csv(tmp_path, officer, monkeypatch):
    long = Table([Column("n", "N", Kind.NUMBER)], [Row((n,)) for n in range(2_001)])
    monkeypatch.setitem(catalogue.BY_NAME, "made-up", made(long))
    with pytest.raises(CommandError, match="CSV"):
        ask(tmp_path, "--format", "pdf", name="made-up")
    assert list(tmp_path.iterdir()) == []


def test_the_list_names_every_report_and_its_parameters(capsys):
    call_command("report", "--list")
    said = capsys.readouterr().out
    assert all(f"{report.name}: " in said for report in catalogue.REPORTS)
    assert "--param by=month|quarter|year" in said
