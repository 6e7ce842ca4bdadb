import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enquiries.models import InvestmentProject, ProjectInteraction
from exports.models import ExportLog
from partners.models import Interaction
from tests import factories
from tests.enquiries.making_projects import complete, project

pytestmark = pytest.mark.django_db
EXPORT = "/admin/enquiries/investmentproject/export/data-hub/"
RIGHTS = ["enquiries.view_investmentproject", "enquiries.export_investmentproject"]


@pytest.fixture
def desk(client):
    client.user = factories.staff("officer", *RIGHTS)
    client.user.first_name, client.user.last_name = "Ada", "Byrne"
    client.user.save()
    client.force_login(client.user)
    return client


def rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_project_is_written_in_the_words_and_dates_of_data_hub(desk):
    made = complete(desk.user, r_and_d_budget=True)
    contact = Interaction.objects.create(
        channel="email", direction="from-us", at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC), subject="Hello"
    )
    ProjectInteraction.objects.create(project=made, interaction=contact)
    (row,) = rows(desk.get(EXPORT))
    assert list(row)[:5] == [
        *("Date created", "Project reference", "Project name", "Investor company"),
        "Investor company town or city",
    ]
    assert list(row)[-3:] == ["Foreign equity investment", "GVA multiplier", "GVA"] and len(row) == 40
    expected = {
        "Project reference": made.project_code,
        "Investor company": "Harbour Works",
        "Country of origin": "South Korea",
        "Status": "Ongoing",
        "Stage": "Prospect",
        "Actual land date": "2026-09-01",
        "Project manager": "Ada Byrne",
        "Total investment": "1250000",
        "New jobs": "40",
        "Safeguarded jobs": "0",
        "Average salary of new jobs": "£35,000 and above",
        "R&D budget": "True",
        "New to world tech": "False",
        "FDI type": "Creation of new site or activity",
        "Date of latest interaction": "2026-07-02",
        "Level of involvement": "Region Only",
        "Delivery partners": "Harbour Works",
        "GVA": "",
    }
    assert {name: row[name] for name in expected} == expected


def test_what_is_filtered_in_the_list_is_what_is_exported_and_logged(desk):
    project("One", country="KR")
    project("=cmd()", country="DK")
    (row,) = rows(desk.get(EXPORT, {"country": "DK"}))
    assert row["Project name"] == "'=cmd()"
    log = ExportLog.objects.get()
    assert (log.by, log.filters, log.rows) == (desk.user, "country=DK", 1)


def test_exporting_needs_its_own_right(client):
    client.force_login(factories.staff("reader", "enquiries.view_investmentproject"))
    assert client.get(EXPORT).status_code == 403
    assert "export/" not in client.get(EXPORT.replace("export/data-hub/", "")).content.decode()


def test_no_person_of_an_investor_is_in_the_file(desk):
    complete(desk.user, description="Ask Mette Holm")
    text = b"".join(desk.get(EXPORT).streaming_content).decode()
    assert "Mette" not in text and "Kim" not in text


def test_queries_do_not_grow_with_rows(desk):
    def queries():
        with CaptureQueriesContext(connection) as found:
            count = len(rows(desk.get(EXPORT)))
        return count, len(found)

    complete(desk.user, "First")
    few = queries()
    for number in range(5):
        complete(desk.user, f"More {number}")
    assert queries() == (6, few[1]) and InvestmentProject.objects.count() == 6
