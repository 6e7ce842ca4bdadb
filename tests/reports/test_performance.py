"""The national service indicators equal days counted in plain Python, and lead to their rows."""

import pytest
from pytest import approx

from enquiries.models import InvestmentProject
from tests import factories
from tests.reports import made_up_year
from tests.reports.made_up_year import YEAR
from tests.reports.reckoning import (
    cells,
    enquiries,
    in_year,
    london,
    percentile,
    started,
    taken,
    working_days,
    wrong_links,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    made_up_year.make()
    user = factories.superuser()
    client.force_login(user)
    return user


def spi1():
    return [(london(started(row)), row.qualified_at and london(row.qualified_at)) for row in enquiries()]


def spi2():
    return [
        (london(row.created_at), row.project_manager_assigned_at and london(row.project_manager_assigned_at))
        for row in InvestmentProject.objects.all()
        if in_year(row.created_at)
    ]


def spi5():
    spans = []
    for row in InvestmentProject.objects.filter(status="won"):
        moved = [
            change.at for change in row.changes.all() if (change.what, change.after) == ("status", "won")
        ]
        spans.append((london(max(moved)) if moved else row.actual_land_date, row.aftercare_offered_on))
    return spans


def reckoned(spans, within):
    done = [(start, end) for start, end in spans if end]
    days = [max((end - start).days, 0) for start, end in done]
    working = [working_days(start, end) for start, end in done]
    return {
        "started": len(spans),
        "done": len(done),
        "open": len(spans) - len(done),
        "median": percentile(days, 0.5),
        "p90": percentile(days, 0.9),
        "median_working": percentile(working, 0.5),
        "p90_working": percentile(working, 0.9),
        "within": sum(number <= within for number in working),
        "later": sum(number > within for number in working),
    }


@pytest.mark.parametrize("spans", [spi1, spi2, spi5], ids=["spi1", "spi2", "spi5"])
def test_an_indicator_is_what_python_counts_and_leads_to_its_rows(client, manager, spans):
    name, asked = spans.__name__, {"within": "3", **YEAR}

    table = taken("service-performance-by", manager, indicator=name, by="quarter", **asked)

    expected = reckoned(spans(), 3)
    assert expected["within"] and expected["later"] and expected["open"]
    assert {key: cells(table)["All"][key] for key in expected} == approx(expected)
    assert wrong_links(client, table) == []


def test_the_three_stand_together_as_each_does_alone(client, manager):
    table = taken("service-performance", manager, within="4", **YEAR)

    alone = [
        taken("service-performance-by", manager, indicator=name, within="4", **YEAR).totals.cells[1:]
        for name in ("spi1", "spi2", "spi5")
    ]
    assert [row.cells[1:] for row in table.rows] == alone
    assert wrong_links(client, table) == []
