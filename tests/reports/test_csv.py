import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import F

from enquiries.models import Enquiry
from exports import columns as column
from exports.copy import saying_so
from exports.models import ExportLog
from reports import catalogue, copies
from reports.parameters import PeriodForm
from reports.report import Report
from reports.tables import Column, Kind, Listing, Row, Table
from reports.writers import json as json_writer
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
PAGE, ONE_BY_ONE = "/admin/reports/of/enquiries-by/", "/admin/reports/of/enquiries/"
MARCH = "?period=days&first=2026-03-01&last=2026-03-31"
RIGHTS = ["enquiries.view_enquiry", "enquiries.export_enquiry", "partners.view_person"]
HEADS = [
    Column("text", "Who", Kind.TEXT),
    Column("number", "=How many", Kind.NUMBER),
    Column("pounds", "Worth", Kind.POUNDS),
    Column("share", "Share", Kind.SHARE),
    Column("hours", "Hours", Kind.HOURS),
    Column("day", "Day", Kind.DAY),
    Column("moment", "Moment", Kind.MOMENT),
]
FULL = (
    "=1+1",
    2766,
    Decimal("12000000"),
    1 / 3,
    7.25,
    date(2026, 4, 1),
    datetime(2026, 7, 1, 13, 5, tzinfo=UTC),
)
EMPTY = ("머지", None, None, None, None, None, None)


def made(content, **given):
    return Report(
        name="made-up",
        title="Made up",
        about="For a test.",
        subject="Tests",
        form=PeriodForm,
        figures=lambda asked: content,
        sees=(),
        **given,
    )


TABLE = made(
    Table(HEADS, [Row(FULL), Row(EMPTY)], totals=Row(("All", *FULL[1:])), matched=2766, notes=["A note."])
)


@pytest.fixture
def officer(client):
    user = staff("officer", *RIGHTS)
    client.force_login(user)
    return user


def body(report, user, file_format="csv", language="en"):
    form = report.asking({"period": "all"}, language=language)
    assert form.is_valid()
    copy = copies.begin(report, form, user, file_format, language)
    return b"".join(saying_so(copy.pieces, copy.log)).decode()


def rows(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def many(number, **given):
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return [enquiry(received_at=start + timedelta(minutes=n), **given) for n in range(number)]


def taken(client, address):
    return b"".join(client.get(address).streaming_content).decode()


def test_a_table_is_raw_figures_and_iso_dates_guarded_and_quoted(officer):
    text = body(TABLE, officer)
    assert text.startswith('\ufeff"Who","\'=How many","Worth","Share","Hours","Day","Moment"\r\n')
    figures = ["2766", "12000000", "0.333333", "7.3", "2026-04-01", "2026-07-01 14:05"]
    assert rows(text)[1:4] == [["'=1+1", *figures], ["머지", *[""] * 6], ["All", *figures]]
    assert all(line.startswith('"') for line in text.removeprefix("\ufeff").split("\r\n") if line)


def test_after_an_empty_line_the_scope_follows_and_that_it_was_all(officer):
    text = body(TABLE, officer)
    *_, ending = text.split("\r\n\r\n")
    said = [row[0] for row in rows(ending)]
    assert said[:4] == ["Made up", "Period: all time", "Rows: 2", "Records counted: 2,766"]
    assert said[4] == f"Made by: {officer}" and said[5].startswith("Data as of: ")
    assert said[-2:] == ["A note.", "Complete."]


def test_every_copy_is_logged_with_its_parameters_and_count(client, officer):
    many(3)
    response = client.get(ONE_BY_ONE + "csv/" + MARCH)
    log = ExportLog.objects.get()
    assert (log.by, log.what, log.rows) == (officer, "enquiries", None)
    assert log.filters == "Period: 1 March 2026 to 31 March 2026"
    b"".join(response.streaming_content)
    log.refresh_from_db()
    assert log.rows == 3 and log.finished_at is not None


def test_the_file_has_every_row_of_the_listing_and_no_other(client, officer):
    wanted = many(70)
    enquiry(received_at=datetime(2026, 4, 1, tzinfo=UTC))
    heading, *found = rows(taken(client, ONE_BY_ONE + "csv/" + MARCH))
    place = heading.index("Reference")
    listed = [row[place] for row in found[: found.index([])]]
    assert listed == [row.reference for row in reversed(wanted)]
    assert ["Rows: 70 of 70 matched"] in found and found[-1] == ["Complete."]


def test_the_file_has_the_figures_of_the_page(client, officer):
    many(2, country="KR"), many(1, country="DK")
    _heading, *found = rows(taken(client, PAGE + "csv/" + MARCH + "&by=country"))
    assert [row[:2] for row in found[:3]] == [["South Korea", "2"], ["Denmark", "1"], ["All", "3"]]


def test_a_stream_that_breaks_says_so_in_its_last_line_and_in_the_log(officer):
    many(5)
    sectioned = column.number("N", 1 / (F("pk") - Enquiry.objects.latest("pk").pk))
    broken = made(Listing(Enquiry.objects.order_by("pk"), [sectioned]))
    assert rows(body(broken, officer))[-1] == [
        "THIS EXPORT BROKE OFF AFTER 0 ROWS. IT IS NOT COMPLETE: MAKE IT AGAIN."
    ]
    assert ExportLog.objects.get().finished_at is None


def test_a_listing_that_is_known_to_be_empty_is_complete_with_no_row(officer):
    nothing = made(Listing(Enquiry.objects.filter(pk__in=[]), [column.plain("Reference", "reference")]))
    found = rows(body(nothing, officer))
    assert found[:2] == [["Reference"], []] and found[-1] == ["Complete."]


def test_what_somebody_typed_can_be_no_formula(client, officer):
    many(1, organisation="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in taken(client, ONE_BY_ONE + "csv/" + MARCH)


def test_a_file_can_be_in_another_language_while_the_log_is_in_ours(client, officer):
    many(1, country="KR")
    text = taken(client, PAGE + "csv/" + MARCH + "&by=country&in=ko")
    assert rows(text)[1][0] == "대한민국"
    assert "Grouped by: Country" in ExportLog.objects.get().filters


def test_json_has_scope_columns_rows_and_totals(officer):
    found = json.loads(body(TABLE, officer, "json"))
    assert (found["report"], found["scope"]["rows"], found["scope"]["matched"]) == ("made-up", 2, 2766)
    assert found["columns"][1] == {"key": "number", "heading": "=How many", "kind": "number"}
    full = {"text": "=1+1", "number": 2766, "pounds": 12000000, "share": 0.333333, "hours": 7.3}
    assert found["rows"][0] == full | {"day": "2026-04-01", "moment": "2026-07-01T14:05+01:00"}
    assert found["rows"][1]["number"] is None
    assert found["totals"]["number"] == 2766 and found["complete"] is True


def test_json_of_a_listing_has_every_row(officer, monkeypatch):
    monkeypatch.setattr(json_writer, "PORTION", 2)
    wanted = many(5)
    found = json.loads(body(catalogue.BY_NAME["enquiries"], officer, "json"))
    assert {row["Reference"] for row in found["rows"]} >= {row.reference for row in wanted}
    assert len(found["rows"]) == found["scope"]["matched"] == Enquiry.objects.count()
    assert ExportLog.objects.get().rows == Enquiry.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_copy_is_read_in_a_snapshot_that_writes_nothing_and_logged_all_the_same(client):
    client.force_login(staff("officer", *RIGHTS))
    many(2)
    for address in (f"{page}{name}/{MARCH}" for page in (PAGE, ONE_BY_ONE) for name in copies.TYPES):
        response = client.get(address)
        assert len(b"".join(response.streaming_content)) > 100
        log = ExportLog.objects.latest("pk")
        assert log.rows and log.finished_at, address
