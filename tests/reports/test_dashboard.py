"""The manager's dashboard: the reports' own figures, each leading to as many rows as it says."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import html5lib
import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import catalogue
from reports.models import PageCount
from tests import factories
from tests.factories import enquiry, staff
from tests.reports import reading
from tests.reports.asking import taken

pytestmark = pytest.mark.django_db
PAGE = "/admin/reports/dashboard/"
DAYS = "?period=days&first=2026-03-01&last=2026-03-31"
PERIOD = {"period": "days", "first": "2026-03-01", "last": "2026-03-31"}
SEE = ["enquiries.view_enquiry", "enquiries.view_investmentproject", "partners.view_interaction"]
SEE += ["partners.view_organisation", "partners.view_delegationvisit", "partners.view_memorandum"]
SEE += ["publishing.view_edition", "reports.view_pagecount", "partners.view_person"]
TAKE = ["enquiries.export_enquiry", "enquiries.export_investmentproject", "reports.take_report"]


@pytest.fixture
def manager(client):
    user = staff("manager", *SEE, *TAKE)
    client.force_login(user)
    return user


@pytest.fixture
def month():
    """Enquiries of March and, fewer, of February."""
    for number in range(9):
        enquiry(received_at=datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=3 * number))
    for number in range(4):
        enquiry(received_at=datetime(2026, 2, 2, 9, tzinfo=UTC) + timedelta(days=3 * number))
    for number in range(1, 6):
        PageCount.objects.create(day=date(2026, 3, number), path="/", language="ko", reads=10 * number)


def figures(client, query=DAYS):
    """{label: (text, address of its rows, address of its report, what stands beside it)}."""
    response = client.get(PAGE + query)
    assert response.status_code == 200
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    found = {}
    for tile in page.findall(".//dl[@class='tiles']/div"):
        name, value = tile.find("dt/a"), tile.find("dd/a")
        beside = tile.find("dd/span")
        words = "" if beside is None else " ".join("".join(beside.itertext()).split())
        found[name.text] = ("".join(value.itertext()), value.get("href"), name.get("href"), words)
    return found


def test_every_number_leads_to_as_many_rows(client, manager, month):
    followed = 0
    for label, (text, address, report, _beside) in figures(client).items():
        response = client.get(address)
        assert response.status_code == 200, (label, address)
        if address == report or not text.replace(",", "").isdigit():
            continue
        number, rows = int(text.replace(",", "")), response.context["cl"].result_list
        counted = sum(row.reads for row in rows) if label == "Reads of public pages" else len(rows)
        assert counted == number, (label, address)
        followed += 1
    assert followed >= 10


def test_a_figure_stands_beside_that_of_the_period_before(client, manager, month):
    text, _rows, _report, beside = figures(client, "?period=days&first=2026-03-01&last=2026-03-28")[
        "Enquiries"
    ]
    assert (text, beside) == ("9", "+5 before: 4")


def test_the_figures_are_those_of_the_reports(client, manager, month):
    found = figures(client)
    for label, name, column, given in [
        ("Enquiries", "enquiries-by", "enquiries", PERIOD),
        ("Answered", "enquiries-by", "answered", PERIOD),
        ("Unanswered", "unanswered-by", "enquiries", {}),
        ("Of these late", "unanswered-by", "late", {}),
        ("Not ended", "pipeline", "projects", {}),
        ("Contacts", "contacts-by", "contacts", PERIOD),
    ]:
        content = taken(name, manager, **given).content
        assert found[label][0] == f"{content.cell(column):,}", label
        assert f"/of/{name}/" in found[label][2]


def test_all_copies_of_one_scope_agree_to_the_unit(client, manager, month, tmp_path):
    on_page = figures(client)["Enquiries"][0]
    asked = [argument for name, value in PERIOD.items() for argument in ("--param", f"{name}={value}")]
    paths = {name: tmp_path / f"report.{name}" for name in ("csv", "json", "xlsx", "pdf")}
    for name, path in paths.items():
        call_command(
            "report", "enquiries-by", "--format", name, "--by", "manager", "--output", str(path), *asked
        )
    totals = json.loads(paths["json"].read_text())["totals"]
    assert str(totals["enquiries"] if isinstance(totals, dict) else totals[1]) == on_page == "9"
    assert '"All","9"' in paths["csv"].read_text("utf-8-sig")
    assert Decimal(_total_of_xlsx(paths["xlsx"])) == 9
    assert re.search(r"^ *All +9 ", reading.text(paths["pdf"].read_bytes()), re.MULTILINE)


def _total_of_xlsx(path):
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return next(row[1].value for row in sheet.iter_rows() if row[0].value == "All")


def test_who_may_see_no_report_has_no_dashboard(client):
    client.force_login(staff("nobody"))
    assert client.get(PAGE).status_code == 403


def test_nobody_sees_figures_of_what_they_may_not_see(client, month):
    client.force_login(staff("editor", "publishing.view_edition"))
    assert list(figures(client)) == ["Texts current in translation"]


def test_a_period_that_makes_no_sense_is_said_and_kept(client, manager):
    page = client.get(f"{PAGE}?period=days&first=2026-03-31&last=2026-03-01").content.decode()
    assert "This day is before the first one." in page and 'value="2026-03-31"' in page
    assert "tiles" not in page


@pytest.mark.parametrize(
    "period", [name for name, _label in catalogue.PeriodForm.base_fields["period"].choices]
)
def test_every_period_has_a_dashboard(client, manager, month, period):
    assert client.get(f"{PAGE}?period={period}&first=2026-01-01").status_code == 200


def test_it_asks_as_much_of_many_rows_as_of_few(client, manager, month):
    figures(client)
    few = _queries(client)
    for number in range(30):
        enquiry(received_at=datetime(2026, 3, 5, 9, tzinfo=UTC) + timedelta(hours=number))
    factories.visit()
    assert _queries(client) == few


def _queries(client):
    with CaptureQueriesContext(connection) as caught:
        client.get(PAGE + DAYS)
    return len(caught)
