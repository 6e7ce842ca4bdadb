import re
from datetime import UTC, datetime, timedelta

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.models import ExportLog
from publishing import languages
from reports import copies
from reports.paper import press
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
LIST, PAGE, ONE_BY_ONE = (
    "/admin/reports/list/",
    "/admin/reports/of/enquiries-by/",
    "/admin/reports/of/enquiries/",
)
TABLE = ".//div[@class='report-scroll']/table"
MARCH = "?period=days&first=2026-03-01&last=2026-03-31"
SEE, TAKE, PEOPLE = "enquiries.view_enquiry", "enquiries.export_enquiry", "partners.view_person"


@pytest.fixture
def officer(client):
    user = staff("officer", SEE, TAKE, PEOPLE)
    client.force_login(user)
    return user


@pytest.fixture
def viewer(client):
    client.force_login(staff("viewer", SEE))


@pytest.fixture
def other(client):
    """Staff who may see nothing that a report counts."""
    client.force_login(staff("other"))


def many(number, **given):
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return [enquiry(received_at=start + timedelta(minutes=n), **given) for n in range(number)]


def document(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def words(element):
    return " ".join("".join(element.itertext()).split())


def table(found):
    """The table's rows as text, totals last."""
    return [[words(cell) for cell in row] for row in found.find(TABLE).iter("tr")]


def facts(found):
    names, values = found.findall(".//dl//dt"), found.findall(".//dl//dd")
    return dict(zip(map(words, names), map(words, values), strict=True))


def addresses(found):
    return [link.get("href") for link in found.iter("a")]


def test_the_list_names_what_the_user_may_see_and_so_does_the_menu(client, viewer):
    found = document(client, LIST)
    assert PAGE in addresses(found)
    assert "/admin/reports/of/exports/" not in addresses(found)
    assert LIST in addresses(document(client, "/admin/"))


def test_who_may_see_no_report_is_told_so_and_finds_none_in_the_menu(client, other):
    assert "There is no report that you may see." in words(document(client, LIST))
    assert LIST not in addresses(document(client, "/admin/"))


def test_a_report_that_the_user_may_not_see_is_refused(client, other):
    assert client.get(PAGE).status_code == 403
    assert client.get(PAGE + "csv/").status_code == 403


def test_a_name_or_format_that_is_none_of_ours_is_not_found(client, officer):
    assert client.get("/admin/reports/of/nothing/").status_code == 404
    assert client.get(PAGE + "docx/").status_code == 404
    assert client.get(PAGE + "pdf/?in=xx").status_code == 404


def test_the_table_has_heading_rows_and_totals(client, officer):
    many(3, country="DK"), many(2, country="KR")
    found = table(document(client, PAGE + MARCH + "&by=country"))
    assert found[0][:2] == ["Country", "Enquiries"]
    assert [row[:2] for row in found[1:]] == [["Denmark", "3"], ["South Korea", "2"], ["All", "5"]]


def test_every_figure_leads_to_its_rows(client, officer):
    many(2, country="KR")
    found = document(client, PAGE + MARCH + "&by=country")
    row = found.find(TABLE + "/tbody/tr")
    [address] = [cell[0].get("href") for cell in row.findall("td") if words(cell) == "2" and len(cell)]
    assert address.startswith("/admin/enquiries/enquiry/?")
    assert {"country=KR", "received_from=2026-03-01", "received_to=2026-03-31"} <= set(
        address.split("?")[1].split("&")
    )


def test_the_page_states_its_scope(client, officer):
    many(3)
    stated = facts(document(client, PAGE + MARCH + "&by=country"))
    assert stated["Period"] == "1 March 2026 to 31 March 2026"
    assert stated["Grouped by"] == "Country"
    assert (stated["Rows"], stated["Records counted"], stated["Made by"]) == ("1", "3", str(officer))
    assert re.search(r"\d\d:\d\d", stated["Data as of"])


def test_a_parameter_that_is_wrong_is_said_at_its_field_and_nothing_chosen_is_lost(client, officer):
    found = document(client, PAGE + "?period=days&first=2026-03-31&last=2026-03-01&by=country")
    row = next(div for div in found.iter("div") if "errors" in div.get("class", "").split())
    assert "This day is before the first one." in words(row)
    assert row.find(".//input").get("value") == "2026-03-01"
    assert [option.get("value") for option in found.iter("option") if option.get("selected") is not None][
        :2
    ] == ["days", "country"]
    assert found.find(TABLE) is None
    assert not any("/csv/" in address for address in addresses(found))


@pytest.mark.parametrize("query", ["?by=nonsense", "?period=days", "?period=days&first=2026-02-30"])
def test_a_copy_with_wrong_parameters_leads_back_to_the_form(client, officer, query):
    response = client.get(PAGE + "csv/" + query)
    assert response.headers["Location"] == PAGE + query
    assert document(client, PAGE + query).find(".//ul[@class='errorlist']") is not None


def test_a_listing_shows_its_first_rows_and_says_how_many_there_are(client, officer):
    *_, newest = many(53)
    found = document(client, ONE_BY_ONE + MARCH)
    assert len(table(found)) == 1 + 50
    assert words(found.find(TABLE + "/caption")).endswith("the first 50 of 53; the files hold all.")
    assert facts(found)["Rows"] == "53 of 53 matched"
    first = found.find(TABLE + "/tbody/tr/th/a")
    assert (words(first), first.get("href")) == (
        newest.reference,
        f"/admin/enquiries/enquiry/{newest.pk}/change/",
    )
    assert any(address.startswith("/admin/enquiries/enquiry/?merged=no") for address in addresses(found))


def test_who_may_not_see_people_gets_the_rows_without_them(client, viewer):
    many(1, family_name="Lindqvist")
    page = client.get(ONE_BY_ONE + MARCH).content.decode()
    assert "Kjellerup Offshore" in page and "Lindqvist" not in page


def test_where_nothing_matches_the_page_says_so(client, officer):
    found = document(client, ONE_BY_ONE + MARCH)
    assert "Nothing matches these parameters." in words(found)
    assert found.find(TABLE) is None


def test_copies_are_offered_to_who_may_take_them_in_every_language_and_with_the_parameters(client, officer):
    many(1)
    found = addresses(document(client, PAGE + MARCH + "&by=country"))
    query = "period=days&by=country&first=2026-03-01&last=2026-03-31"
    assert set(query.split("&")) <= set(next(a for a in found if "/csv/" in a).split("?")[1].split("&"))
    documents = [address for address in found if "/pdf/" in address]
    assert [address.rpartition("in=")[2] for address in documents] == languages.codes()


def test_who_may_only_look_is_offered_no_copy_and_gets_none(client, viewer):
    many(1)
    assert not any("/csv/" in address for address in addresses(document(client, PAGE + MARCH)))
    for file_format in ("csv", "xlsx", "pdf", "json"):
        assert client.get(PAGE + f"{file_format}/").status_code == 403


def test_the_spreadsheet_of_a_listing_is_made_by_a_job(client, officer):
    many(1)
    found = document(client, ONE_BY_ONE + MARCH).find(".//div[@class='report-copies']/form")
    response = client.post(found.get("action"))
    assert response.headers["Location"].startswith("/admin/exports/spreadsheet/")


def test_a_long_spreadsheet_is_not_made_while_somebody_waits(client, officer, monkeypatch):
    monkeypatch.setattr(copies, "WAITED_FOR", 1)
    many(2)
    response = client.get(ONE_BY_ONE + "xlsx/" + MARCH, follow=True)
    assert "This spreadsheet is long." in response.content.decode()
    assert ExportLog.objects.get().finished_at is None


@pytest.mark.parametrize("address", [PAGE + MARCH + "&by=country", ONE_BY_ONE + MARCH])
def test_many_rows_ask_the_database_no_more_often_than_few(client, officer, address):
    many(1, country="DK")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for country in ("KR", "DE", "FR", "US", "JP"):
        many(8, country=country)
    with CaptureQueriesContext(connection) as several:
        client.get(address)
    assert len(several) == len(few)


def test_the_chart_is_an_image_with_a_sentence_and_the_table_is_its_equal(client, officer):
    many(3, country="KR")
    drawing = document(client, PAGE + MARCH + "&by=country").find(".//figure/{http://www.w3.org/2000/svg}svg")
    assert drawing.get("role") == "img"
    assert "South Korea, 3" in drawing.get("aria-label")
    assert drawing.get("aria-label").endswith("The table has the same figures.")


def test_a_document_that_is_not_ready_in_time_leads_back_to_the_page_which_says_what_to_do(
    client, officer, monkeypatch
):
    many(1)
    monkeypatch.setattr(press, "LONGEST", 0.01)
    response = client.get("/admin/reports/of/enquiries-by/pdf/" + MARCH, follow=True)
    assert response.redirect_chain[-1][0] == PAGE + MARCH
    assert "took too long" in response.content.decode() and "take the CSV" in response.content.decode()
    assert ExportLog.objects.get().finished_at is None
