"""A report asked for as a spreadsheet on its page, made by the job of exports."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.contrib.auth.models import Permission

from exports.jobs import make_spreadsheet
from exports.models import ExportLog, Spreadsheet
from reports import exports
from reports.catalogue import BY_NAME
from tests.exports.taken import spreadsheet_of
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
MAKE = "/admin/reports/spreadsheets/enquiries/"
QUERY = "?period=days&first=2026-04-01&last=2026-06-30&country=KR"
SEE = ["enquiries.view_enquiry", "enquiries.export_enquiry"]


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    storage = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": storage}


@pytest.fixture
def officer(client):
    user = staff("officer", *SEE, "partners.view_person")
    client.force_login(user)
    return user


@pytest.fixture
def three():
    for country, month in [("KR", 5), ("DK", 5), ("KR", 7)]:
        enquiry(country=country, received_at=datetime(2026, month, 1, tzinfo=UTC), organisation="=1+1")


def test_it_holds_what_the_page_says_and_its_scope(client, officer, three):
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet_of(client, MAKE + QUERY)))
    headings, *rows = book["Rows 1"].iter_rows(values_only=True)
    assert len(rows) == 1 and rows[0][headings.index("Organisation")] == "=1+1"
    facts = dict(row[:2] for row in book["Scope"].iter_rows(values_only=True))
    assert facts["Period"] == "1 April 2026 to 30 June 2026" and facts["Rows"] == "1 of 1 matched"


def test_it_is_logged_with_its_parameters_and_count(client, officer, three):
    spreadsheet_of(client, MAKE + QUERY)
    log = ExportLog.objects.get()
    assert (log.what, log.rows, log.by) == ("enquiries", 1, officer) and log.finished_at
    assert "Period: 1 April 2026 to 30 June 2026" in log.filters and "Country: South Korea" in log.filters


def test_your_exports_lead_back_to_the_report_with_its_parameters(client, officer, three):
    spreadsheet_of(client, MAKE + QUERY)
    page = client.get(f"/admin/exports/spreadsheet/{Spreadsheet.objects.get().pk}/").content.decode()
    assert "/admin/reports/of/enquiries/?period=days" in page and "Back to the report" in page
    assert "Enquiries, one by one" in client.get("/admin/exports/spreadsheet/").content.decode()


def test_who_may_not_see_people_gets_no_people(client, three):
    client.force_login(staff("reader", *SEE))
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet_of(client, MAKE + QUERY)))
    headings = next(book["Rows 1"].iter_rows(values_only=True))
    assert "Country" in headings and not {"E-mail", "Telephone", "Family name"} & set(headings)


def test_the_right_to_see_is_not_the_right_to_take(client):
    client.force_login(staff("reader", "enquiries.view_enquiry"))
    assert client.post(MAKE).status_code == 403 and not Spreadsheet.objects.exists()


def test_whoever_may_no_longer_take_it_gets_none(client, officer):
    client.post(MAKE)
    waiting = Spreadsheet.objects.get()
    officer.user_permissions.remove(Permission.objects.get(codename="export_enquiry"))
    make_spreadsheet(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "failed" and not waiting.file


def test_wrong_parameters_lead_back_to_the_form(client, officer):
    found = client.post(MAKE + "?period=days")
    assert found["Location"] == "/admin/reports/of/enquiries/?period=days"
    assert client.post("/admin/reports/spreadsheets/nonsense/").status_code == 404
    assert not Spreadsheet.objects.exists()


def test_two_clicks_make_one(officer):
    form = BY_NAME["enquiries"].asking({"country": "KR"})
    assert form.is_valid()
    first, second = (exports.ask(BY_NAME["enquiries"], form, officer) for _ in range(2))
    assert first == second and first.key == "enquiries"


@pytest.mark.django_db(transaction=True)
def test_its_progress_is_seen_while_the_snapshot_is_read(client, monkeypatch, restored_content):
    """The rows are read in a transaction that writes nothing, and the notes are seen all the same."""
    client.force_login(staff("officer", *SEE))
    enquiry()
    enquiry()
    client.post("/admin/reports/spreadsheets/enquiries/?period=all")
    asked, seen = Spreadsheet.objects.get(), []
    monkeypatch.setattr("exports.spreadsheets.PORTION", 1)
    note = exports.Progress._note

    def noted(progress, notes):
        note(progress, notes)
        with notes.cursor() as cursor:
            cursor.execute("SELECT rows, total FROM exports_spreadsheet")
            seen.append(cursor.fetchone())

    monkeypatch.setattr(exports.Progress, "_note", noted)
    make_spreadsheet(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.rows, seen) == ("ready", 2, [(1, 2), (2, 2)])
