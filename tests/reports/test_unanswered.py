"""Who waits, for how long, and what was closed without a reply."""

import pytest
from django.utils import timezone

from enquiries.models import Enquiry
from tests import factories
from tests.reports import made_up_year
from tests.reports.made_up_year import YEAR
from tests.reports.reckoning import cells, enquiries, london, rows_of, taken, wrong_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    made_up_year.make()
    made_up_year.recent()
    user = factories.superuser()
    client.force_login(user)
    return user


def waiting():
    rows = Enquiry.objects.filter(merged_into__isnull=True)
    return [row for row in rows if row.first_reply_at is None and row.closed_at is None]


def test_who_waits_is_listed_the_most_urgent_first(client, manager):
    listing = taken("unanswered", manager)

    rows = list(listing.queryset)
    assert {row.pk for row in rows} == {row.pk for row in waiting()}
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    assert rows_of(client, listing.changelist) == len(rows)


@pytest.mark.parametrize("by", ["officer", "country", "month"])
def test_waiting_by_group_counts_the_days_and_leads_to_the_rows(client, manager, by):
    table = taken("unanswered-by", manager, by=by)

    days = [(london(timezone.now()) - london(row.received_at)).days for row in waiting()]
    found = cells(table)["All"]
    assert found["enquiries"] == len(days)
    assert found["new"] == sum(number <= 1 for number in days) == 2
    assert found["week"] == sum(2 <= number <= 7 for number in days) == 2
    assert found["month"] == sum(8 <= number <= 30 for number in days) == 2
    assert found["older"] == sum(number > 30 for number in days)
    assert found["oldest"] == min(row.received_at for row in waiting())
    assert sum(table.cell("enquiries", row) for row in table.rows) == len(days)
    assert wrong_links(client, table) == []


@pytest.mark.parametrize("by", ["stage", "source"])
def test_closed_without_a_reply_is_counted_and_leads_to_the_rows(client, manager, by):
    table = taken("closed-unanswered-by", manager, by=by, **YEAR)

    rows = [row for row in enquiries() if row.closed_at and not row.first_reply_at]
    assert cells(table)["All"]["enquiries"] == len(rows) > 0
    assert wrong_links(client, table) == []
    listing = taken("closed-unanswered", manager, **YEAR)
    assert {row.pk for row in listing.queryset} == {row.pk for row in rows}
    assert rows_of(client, listing.changelist) == len(rows)


def test_who_may_not_see_people_gets_neither_names_nor_reasons(manager):
    viewer = factories.staff("viewer", "enquiries.view_enquiry")

    headings = {
        str(column.heading)
        for name in ("unanswered", "closed-unanswered")
        for column in taken(name, viewer).columns
    }

    assert not {"Family name", "Given name", "Reason"} & headings
