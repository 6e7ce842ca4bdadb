import csv
import io

import pytest
from django.contrib.auth import get_user_model

from exports import cells
from exports.csv import Column, download, pieces
from exports.models import ExportLog

pytestmark = pytest.mark.django_db
COLUMNS = [
    Column("Name", lambda row: row["name"]),
    Column("Telephone", lambda row: row["telephone"], cells.telephone),
    Column("Jobs", lambda row: row["jobs"], cells.number),
]
ROW = {"name": '머지, "조력"\n발전', "telephone": "+44 151 233 2000", "jobs": -5}


@pytest.fixture
def person():
    return get_user_model().objects.create_user("officer")


def make(rows, person):
    return download(iter(rows), COLUMNS, what="things", filters="q=머지", by=person)


def read(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"), newline="")))


def test_what_is_read_back_is_what_was_written(person):
    assert read(make([ROW, ROW | {"jobs": None}], person)) == [
        ["Name", "Telephone", "Jobs"],
        [ROW["name"], ROW["telephone"], "-5"],
        [ROW["name"], ROW["telephone"], ""],
    ]


def test_the_file_begins_with_a_mark_that_tells_a_spreadsheet_how_to_read_korean(person):
    assert b"".join(make([ROW], person).streaming_content).startswith(b"\xef\xbb\xbf")


def test_the_file_is_a_private_download_with_a_name(person):
    headers = make([], person).headers
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"].startswith('attachment; filename="things-')
    assert headers["Cache-Control"] == "no-store"


def test_an_export_is_logged_before_it_leaves_and_counted_when_it_has(person):
    response = make([ROW] * 3, person)
    assert ExportLog.objects.get().rows is None
    read(response)
    log = ExportLog.objects.get()
    assert (log.by, log.what, log.filters, log.rows) == (person, "things", "q=머지", 3)
    assert log.finished_at is not None


def test_no_row_is_left_out_however_many_there_are(person):
    assert len(read(make([ROW] * 20_000, person))) == 20_001


def test_the_first_bytes_leave_before_the_last_row_is_read(person):
    taken = []

    def rows():
        for number in range(20_000):
            taken.append(number)
            yield ROW

    next(iter(make(rows(), person).streaming_content))
    assert len(taken) < 5_000


def test_an_export_that_breaks_says_so_in_its_last_line_and_in_the_log(person, caplog):
    def rows():
        yield ROW
        raise RuntimeError("secret of 김지우")

    *_, last = read(make(rows(), person))
    assert last == ["THIS EXPORT BROKE OFF AFTER 1 ROWS. IT IS NOT COMPLETE: MAKE IT AGAIN."]
    log = ExportLog.objects.get()
    assert log.rows == 1 and log.finished_at is None
    assert "김지우" not in caplog.text


def test_an_export_that_the_reader_leaves_is_not_logged_as_whole(person):
    log = ExportLog.objects.create(by=person, what="things", file_name="things.csv")
    stream = pieces(iter([ROW] * 20_000), COLUMNS, log)
    next(stream)
    stream.close()
    log.refresh_from_db()
    assert log.finished_at is None and 0 < log.rows < 20_000
