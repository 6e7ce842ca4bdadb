"""Who took what away, against a reckoning by hand."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from exports.models import ExportLog
from tests.factories import staff
from tests.reports.asking import listed, rows, taken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
YEAR = {"period": "last-year", "now": NOW}


@pytest.fixture
def manager():
    return staff("manager", "exports.view_exportlog")


@pytest.fixture
def year(manager):
    people = [staff("anna"), staff("ben"), manager]
    start = datetime(2025, 3, 20, tzinfo=UTC)
    by_command = ExportLog(operator="root", at=start + timedelta(days=50), file_name="command.csv", rows=3)
    logs = [
        ExportLog(
            by=people[n % 3],
            at=start + timedelta(days=4 * n),
            what="enquiries",
            filters="state=held",
            file_name=f"{n}.csv",
            rows=n * 7,
            finished_at=None if n % 6 == 5 else start,
        )
        for n in range(100)
    ]
    return ExportLog.objects.bulk_create([*logs, by_command])


def of_the_year(year):
    first, end = datetime(2025, 3, 31, 23, tzinfo=UTC), datetime(2026, 3, 31, 23, tzinfo=UTC)
    return [log for log in year if first <= log.at < end]


def test_exports_by_person_are_those_of_the_year(manager, year):
    found, logs = rows("exports-by", manager, **YEAR), of_the_year(year)
    for name in ["anna", "ben", "manager", "root", "All"]:
        own = [log for log in logs if name in ("All", log.by.username if log.by else log.operator)]
        assert found[name] == (
            len(own),
            sum(not log.finished_at for log in own),
            sum(log.rows for log in own),
        )


def test_every_figure_of_exports_leads_to_as_many_rows(client, manager, year):
    client.force_login(manager)
    table = taken("exports-by", manager, **YEAR).content
    for row in [*table.rows, table.totals]:
        page = client.get(row.links["exports"])
        assert page.status_code == 200 and page.context["cl"].result_count == table.cell("exports", row)


def test_exports_one_by_one_are_complete_and_say_which_broke_off(manager, year):
    found, logs = listed("exports", manager, **YEAR), of_the_year(year)
    assert [row["File"] for row in found] == [
        log.file_name for log in sorted(logs, key=lambda log: log.at, reverse=True)
    ]
    assert Counter(row["Complete"] for row in found)["no"] == sum(not log.finished_at for log in logs)
