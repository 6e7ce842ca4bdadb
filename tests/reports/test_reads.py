"""Reads of public pages by group against a reckoning by hand."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from reports.models import PageCount
from tests.factories import staff, superuser
from tests.reports.asking import rows, taken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGES, HOSTS = ["/", "/themes/infection-control/", "/enquire/"], ["", "naver.com", "news.example.kr"]


@pytest.fixture
def manager():
    return staff("manager", "reports.view_pagecount")


@pytest.fixture
def counts():
    """Two years and a month of counts, a few a week."""
    return PageCount.objects.bulk_create(
        PageCount(
            day=date(2024, 3, 20) + timedelta(days=3 * n),
            path=PAGES[n % 3],
            language="ko" if n % 2 else "en",
            referrer=HOSTS[n % 5 % 3],
            campaign="expo" if n % 7 == 0 else "",
            reads=n % 13 + 1,
        )
        for n in range(250)
    )


def reckoned(counts, first, last, key):
    found = Counter()
    for count in counts:
        if first <= count.day <= last:
            found[key(count)] += count.reads
    return found


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ("page", lambda count: count.path),
        ("language", lambda count: "한국어" if count.language == "ko" else "English"),
        ("referrer", lambda count: count.referrer or "Our own pages, or not said"),
        ("campaign", lambda count: count.campaign or "None"),
    ],
)
def test_reads_stand_beside_those_of_the_year_before(manager, counts, by, key):
    found = rows("page-reads", manager, now=NOW, period="last-year", by=by)
    now = reckoned(counts, date(2025, 4, 1), date(2026, 3, 31), key)
    before = reckoned(counts, date(2024, 4, 1), date(2025, 3, 31), key)
    assert found.pop("All") == (now.total(), before.total())
    assert found == {name: (now[name], before[name]) for name in now | before}


@pytest.mark.parametrize(("by", "length"), [("month", 12), ("quarter", 4), ("year", 1)])
def test_reads_in_time_have_every_month_quarter_or_year(manager, counts, by, length):
    found = rows("page-reads", manager, now=NOW, period="last-year", by=by)
    (total,) = found.pop("All")
    assert len(found) == length and sum(reads for (reads,) in found.values()) == total
    assert total == reckoned(counts, date(2025, 4, 1), date(2026, 3, 31), lambda _: "all").total()


@pytest.mark.parametrize("by", ["page", "language", "referrer", "campaign", "month", "quarter", "year"])
def test_each_figure_is_the_sum_of_the_daily_counts_that_it_leads_to(client, manager, counts, by):
    client.force_login(manager)
    content = taken("page-reads", manager, now=NOW, period="last-year", by=by).content
    for row in [*content.rows, content.totals]:
        for key, address in row.links.items():
            assert content.cell(key, row) == reads_in_list(client, address), (row.cells[0], key, address)


def reads_in_list(client, address):
    """Added up over the pages of the list."""
    found, more = 0, ""
    while more is not None:
        changelist = client.get(address.partition("?")[0] + more if more else address).context["cl"]
        found += sum(count.reads for count in changelist.result_list)
        more = changelist.next_page or None
    return found


def test_the_daily_counts_are_read_only(client, counts):
    client.force_login(superuser())
    page = client.get("/admin/reports/pagecount/").content.decode()
    assert "/themes/infection-control/" in page
    assert client.get("/admin/reports/pagecount/add/").status_code == 403
    assert client.post(f"/admin/reports/pagecount/{counts[0].pk}/change/", {"reads": 1}).status_code == 403


def test_without_any_read_there_is_nothing_and_no_error(manager):
    assert rows("page-reads", manager, now=NOW, period="last-year") == {"All": (0, 0)}
