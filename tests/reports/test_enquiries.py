"""Enquiries in groups equal a count in plain Python, and every figure leads to as many rows."""

from collections import Counter

import pytest

from enquiries.models import Enquiry
from reports.grouping import GROUPINGS, TIMES
from tests import factories
from tests.reports import made_up_year, reckoning
from tests.reports.made_up_year import YEAR
from tests.reports.reckoning import cells, enquiries, london, taken, wrong_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    made_up_year.make()
    user = factories.superuser()
    client.force_login(user)
    return user


def page(row):
    return "/" + row.page.split("/", 2)[2] if row.page else ""


GROUPS = {
    "country": lambda row: {row.country},
    "language": lambda row: {row.reply_language},
    "source": lambda row: {row.channel},
    "stage": lambda row: {row.stage},
    "outcome": lambda row: {row.state},
    "officer": lambda row: {row.owner_id},
    "team": lambda row: {row.team_id},
    "page": lambda row: {page(row)},
    "campaign": lambda row: {row.utm_campaign},
    "opportunity": lambda row: {one.slug for one in row.opportunities.all()} or {None},
    "sector": lambda row: {one.key for one in row.sectors.all()} or {None},
    "theme": lambda row: (
        {
            link.theme.slug if link else None
            for one in row.opportunities.all()
            for link in list(one.theme_rows.all()) or [None]
        }
        or {None}
    ),
    "month": lambda row: {london(row.received_at).replace(day=1)},
    "quarter": lambda row: {((london(row.received_at).month - 4) % 12 // 3, "quarter")},
    "year": lambda row: {2024},
}


def test_every_way_of_grouping_is_reckoned_here():
    assert GROUPS.keys() == GROUPINGS.keys() | TIMES.keys()


@pytest.mark.parametrize("by", GROUPS)
def test_enquiries_by_group_are_those_counted_in_python_and_lead_to_their_rows(client, manager, by):
    table = taken("enquiries-by", manager, by=by, **YEAR)

    counted, answered = Counter(), Counter()
    for row in enquiries():
        for group in GROUPS[by](row):
            counted[group] += 1
            answered[group] += row.first_reply_at is not None
    found = Counter(row.cells[table.place("enquiries")] for row in table.rows)
    del found[0]
    assert found == Counter(counted.values())
    assert sorted(
        table.cell("answered", row) for row in table.rows if table.cell("enquiries", row)
    ) == sorted(answered[group] for group in counted)
    assert wrong_links(client, table) == []


def test_the_totals_are_each_enquiry_once(manager):
    rows = enquiries()

    last = cells(taken("enquiries-by", manager, by="theme", **YEAR))["All"]

    assert last["enquiries"] == len(rows) == 55
    assert last["answered"] == sum(row.first_reply_at is not None for row in rows)
    assert last["qualified"] == sum(row.qualified_at is not None for row in rows)
    assert last["projects"] == sum(hasattr(row, "project_row") for row in rows)


@pytest.mark.parametrize("narrowed", [{"by": "theme", "theme": "year-one"}, {"by": "stage", "stage": "new"}])
def test_a_report_narrowed_to_one_group_has_no_other_and_leads_to_its_rows(client, manager, narrowed):
    table = taken("enquiries-by", manager, **narrowed, **YEAR)

    assert len(table.rows) == 1
    assert table.totals.cells[1:] == table.rows[0].cells[1:]
    assert wrong_links(client, table) == []


def test_the_enquiries_one_by_one_are_those_counted_and_their_list_shows_them(client, manager):
    listing = taken("enquiries", manager, **YEAR)

    assert set(listing.queryset.values_list("pk", flat=True)) == {row.pk for row in enquiries()}
    assert reckoning.rows_of(client, listing.changelist) == listing.queryset.count()


def test_the_first_and_the_last_moment_of_the_year_are_londons(manager):
    listed = taken("enquiries", manager, **YEAR).queryset.values_list("reference", flat=True)

    assert {"ENQ-2024-9001", "ENQ-2024-9002"} <= set(listed)
    assert not {"ENQ-2024-9000", "ENQ-2024-9003"} & set(listed)


def test_an_enquiry_without_a_country_is_found_under_not_known(client, manager):
    response = client.get("/admin/enquiries/enquiry/?country=unknown")

    assert response.context["cl"].count.number == Enquiry.objects.filter(country="").count() > 0


@pytest.mark.parametrize("query", ["spi1=within", "spi1=later-5000", "campaign=" + "a" * 400])
def test_a_filter_refuses_what_no_report_says(client, manager, query):
    assert client.get(f"/admin/enquiries/enquiry/?{query}").status_code == 302
