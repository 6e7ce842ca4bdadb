import datetime
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from enquiries.models import Enquiry
from exports import columns as column
from exports import spreadsheets, workbook
from exports.jobs import make_spreadsheet
from exports.models import ExportLog, Spreadsheet
from tests.exports.taken import spreadsheet_of
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
MAKE = "/admin/enquiries/enquiry/spreadsheet/"
SEE = ["enquiries.view_enquiry", "enquiries.export_enquiry", "partners.view_person"]


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    storage = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": storage}


@pytest.fixture
def officer(client):
    user = staff("officer", *SEE)
    client.force_login(user)
    return user


def asked(client, query=""):
    client.post(MAKE + query)
    return Spreadsheet.objects.latest("pk")


def page_of(spreadsheet):
    return f"/admin/exports/spreadsheet/{spreadsheet.pk}/"


def made(client, query=""):
    spreadsheet = asked(client, query)
    make_spreadsheet(spreadsheet.pk)
    spreadsheet.refresh_from_db()
    return spreadsheet


def test_it_holds_the_rows_of_the_list_as_what_they_are(client, officer):
    enquiry(organisation="=1+1", telephone="+44 151 233 2000", plans="a\x01b\n=c", country="KR")
    enquiry(country="DK")
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet_of(client, f"{MAKE}?country=KR")))
    heading, *rows = book.active.iter_rows(values_only=True)
    (row,) = rows
    found = dict(zip(heading, row, strict=True))
    assert found["Organisation"] == "=1+1" and found["Telephone"] == "+44 151 233 2000"
    assert found["Plans"] == "ab\n=c" and isinstance(found["Received (London)"], datetime.datetime)
    assert book.active.freeze_panes == "A2"
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_two_clicks_make_one_and_another_query_another(client, officer):
    assert asked(client) == asked(client) != asked(client, "?country=KR")


def test_its_page_says_how_far_it_is_and_then_offers_the_file(client, officer):
    enquiry()
    spreadsheet = asked(client)
    assert "Waiting for its turn" in client.get(page_of(spreadsheet)).content.decode()
    Spreadsheet.objects.update(state="running", rows=4, total=10)
    page = client.get(page_of(spreadsheet)).content.decode()
    assert '<progress id="progress" max="10" value="4">' in page and "data-follow" in page
    make_spreadsheet(spreadsheet.pk)  # as after its worker was killed: from the beginning
    page = client.get(page_of(spreadsheet))
    assert "Ready: 1 row" in page.content.decode() and "data-follow" not in page.content.decode()
    file = client.get(page_of(spreadsheet) + "file/")
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert "no-store" in file["Cache-Control"] and "attachment" in file["Content-Disposition"]
    log = ExportLog.objects.get()
    assert (log.rows, log.by) == (1, officer) and log.finished_at


def test_it_is_its_owners_alone(client, officer):
    spreadsheet = made(client)
    client.force_login(staff("other", *SEE))
    for where in ("", "file/"):
        assert client.get(page_of(spreadsheet) + where).status_code == 404
    assert page_of(spreadsheet) not in client.get("/admin/exports/spreadsheet/").content.decode()
    client.logout()
    assert client.get(page_of(spreadsheet) + "file/").status_code == 302


def test_whoever_may_no_longer_export_gets_no_file_and_none_is_made(client, officer):
    ready, waiting = made(client), asked(client)
    officer.user_permissions.remove(*officer.user_permissions.filter(codename="export_enquiry"))
    officer.user_permissions.add(*_permissions("export_interaction"))
    make_spreadsheet(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "failed" and not waiting.file
    assert client.get(page_of(ready) + "file/").status_code == 403


def _permissions(codename):
    return Permission.objects.filter(codename=codename)


def test_it_expires_and_its_file_is_removed(client, officer):
    spreadsheet = made(client)
    name, storage = spreadsheet.file.name, spreadsheet.file.storage
    assert storage.exists(name) and "officer" not in name and str(spreadsheet.pk) not in name.split("/")
    Spreadsheet.objects.update(expires_at=timezone.now())
    assert client.get(page_of(spreadsheet) + "file/").status_code == 302
    assert "expired" in client.get(page_of(spreadsheet)).content.decode()
    spreadsheets.remove_expired()
    assert not storage.exists(name)
    again = client.post(page_of(spreadsheet) + "again/")
    assert again["Location"] != page_of(spreadsheet)


def test_one_that_fails_says_so_and_can_be_made_again(client, officer, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OSError("secret of 김지우")

    monkeypatch.setattr(workbook, "write", fail)
    spreadsheet = made(client)
    page = client.get(page_of(spreadsheet)).content.decode()
    assert "could not be made" in page and "Make it again" in page
    assert "김지우" not in page + caplog.text


def test_a_list_goes_on_in_the_next_sheet_where_one_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "SHEET", 700)
    columns = [column.number("N", "n"), column.text("T", "t")]
    workbook.write(tmp_path / "x.xlsx", columns, ([n, "가"] for n in range(1500)), expected=1500)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)
    rows = [[row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book]
    assert [n for sheet in rows for n in sheet if n is not None] == list(range(1500))


def test_a_cell_holds_no_more_than_it_can_and_says_so():
    assert workbook.cell("가" * 32_767) == "가" * 32_767
    cut = workbook.cell("가" * 32_768)
    assert len(cut) == 32_767 and cut.endswith(workbook.CUT)
    assert len(workbook.cell("😀" * 20_000).encode("utf-16-le")) <= 2 * 32_767
    assert workbook.cell(datetime.date(1890, 1, 2)) == "1890-01-02"


def test_the_right_to_see_is_not_the_right_to_export(client):
    client.force_login(staff("reader", "enquiries.view_enquiry", "partners.view_person"))
    assert client.post(MAKE).status_code == 403 and not Spreadsheet.objects.exists()


def test_what_is_typed_in_an_address_is_refused_before_a_file_is_asked_for(client, officer):
    assert client.post(f"{MAKE}?email__startswith=a").status_code == 302
    assert client.post(MAKE + "nonsense/").status_code == 404
    assert client.get(MAKE).status_code == 405
    assert not Spreadsheet.objects.exists() and not Enquiry.objects.exists()
