import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import F

from enquiries.models import Sector
from exports import columns as column
from exports.copy import download, pieces
from exports.models import ExportLog
from tests.exports.taken import lines

pytestmark = pytest.mark.django_db
COLUMNS = [column.text("Name", "name_ko"), column.telephone("Key", "key"), column.number("Place", "position")]
WIDE = [column.number("N", "position"), column.text("A", "name_en"), column.text("B", "name_ko")]
NAMES = ['머지, "조력" 발전', "=1+1", "x;=1", "＝1", '"', "a,b", "", "끝"]


@pytest.fixture
def person():
    return get_user_model().objects.create_user("officer")


@pytest.fixture
def sectors():
    Sector.objects.all().delete()
    for place, name in enumerate(NAMES):
        Sector.objects.create(key=f"k{place}", name_en="x", name_ko=name, position=place)
    return Sector.objects.order_by("position")


def series(number):
    """So many rows of some breadth, in the order in which they were made."""
    Sector.objects.all().delete()
    rows = (
        Sector(key=f"k{n}", name_en="x" * 100, name_ko="가" * 30, position=n) for n in range(1, number + 1)
    )
    Sector.objects.bulk_create(rows)
    return Sector.objects.order_by("pk")


def make(queryset, columns, person):
    return download(queryset, columns, what="things", filters="q=머지", by=person)


def test_the_file_is_that_of_python_guarded_and_quoted_cell_by_cell(sectors, person):
    body = b"".join(make(sectors, COLUMNS, person).streaming_content).decode()
    assert body.startswith('\ufeff"Name","Key","Place"\r\n"머지, ""조력"" 발전","k0","0"\r\n')
    assert body.endswith('"끝","k7","7"\r\n')
    names = [row[0] for row in lines(make(sectors, COLUMNS, person))[1:]]
    assert names == ['머지, "조력" 발전', "'=1+1", "x;'=1", "'＝1", '"', "a,b", "", "끝"]


def test_what_is_empty_is_quoted_too(sectors, person):
    sectors.update(retired_at=None)
    body = b"".join(make(sectors[:1], [column.moment("Since", "retired_at")], person).streaming_content)
    assert body == '\ufeff"Since"\r\n""\r\n'.encode()


def test_a_moment_is_londons_in_summer_and_winter(sectors, person):
    sectors.filter(position=0).update(retired_at="2026-01-05T09:30Z")
    sectors.filter(position=1).update(retired_at="2026-07-05T09:30Z")
    found = lines(make(sectors[:2], [column.moment("Since", "retired_at")], person))
    assert [row[0] for row in found] == ["Since", "2026-01-05 09:30", "2026-07-05 10:30"]


def test_the_export_is_logged_before_it_leaves_and_counted_when_it_has(sectors, person):
    response = make(sectors, COLUMNS, person)
    assert ExportLog.objects.get().rows is None
    lines(response)
    log = ExportLog.objects.get()
    assert (log.by, log.what, log.filters, log.rows) == (person, "things", "q=머지", len(NAMES))
    assert log.finished_at is not None


def test_no_row_is_left_out_however_many_there_are(person):
    found = lines(make(series(6_000), WIDE, person))
    assert [row[0] for row in found[1:]] == [str(n) for n in range(1, 6_001)]


def test_it_leaves_in_pieces(person):
    sizes = [len(piece) for piece in make(series(6_000), WIDE, person)]
    assert len(sizes) > 4 and max(sizes) < 200_000


def test_an_export_that_breaks_says_so_in_its_last_line_and_in_the_log(person, caplog):
    broken = column.number("N", 1 / (F("position") - 5_000))
    *_, last = lines(make(series(6_000).order_by(), [broken, *WIDE[1:]], person))
    log = ExportLog.objects.get()
    assert last == [f"THIS EXPORT BROKE OFF AFTER {log.rows} ROWS. IT IS NOT COMPLETE: MAKE IT AGAIN."]
    assert 0 < log.rows < 5_000 and log.finished_at is None
    assert "division" not in caplog.text


def test_an_export_that_the_reader_leaves_is_not_whole_and_the_connection_is_good(person):
    log = ExportLog.objects.create(by=person, what="things", file_name="things.csv")
    stream = pieces(series(6_000), WIDE, log)
    next(stream)
    next(stream)
    stream.close()
    log.refresh_from_db()
    assert log.finished_at is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
