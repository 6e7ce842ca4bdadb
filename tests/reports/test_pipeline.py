"""The pipeline equals sums in plain Python, what is not known is said, and figures lead to their rows."""

from datetime import date

import pytest
from django.utils import timezone

from enquiries.models import InvestmentProject
from tests import factories
from tests.reports import made_up_year
from tests.reports.reckoning import cells, london, rows_of, taken, wrong_links

pytestmark = pytest.mark.django_db
ENDED = {"lost", "abandoned", "won"}


@pytest.fixture
def manager(client):
    made_up_year.make()
    user = factories.superuser()
    client.force_login(user)
    return user


def asked_for(which):
    rows = InvestmentProject.objects.all()
    wanted = {"all": lambda row: True, "won": lambda row: row.status == "won"}
    return [row for row in rows if wanted.get(which, lambda row: row.status not in ENDED)(row)]


def reckoned(rows):
    found = {"projects": len(rows)}
    fields = {
        "value": "total_investment",
        "new_jobs": "number_new_jobs",
        "safeguarded": "number_safeguarded_jobs",
    }
    for key, name in fields.items():
        known = [value for row in rows if (value := getattr(row, name)) is not None]
        found[key] = sum(known) if known or not rows else None
    found["known"] = sum(row.total_investment is not None for row in rows)
    found["overdue"] = sum(
        row.actual_land_date is None
        and row.ended_on is None
        and row.estimated_land_date is not None
        and row.estimated_land_date < london(timezone.now())
        for row in rows
    )
    likely = {"high": "high", "medium": "medium", "low": "low", "unsaid": ""}
    return found | {
        key: sum(row.likelihood_to_land == value for row in rows) for key, value in likely.items()
    }


@pytest.mark.parametrize("which", ["going", "won", "all"])
@pytest.mark.parametrize("by", ["stage", "status", "likelihood", "country", "year"])
def test_the_pipeline_is_what_python_sums_and_leads_to_its_rows(client, manager, which, by):
    asked = {"period": "days", "first": "2024-01-01", "last": "2026-03-31"} if by == "year" else {}
    table = taken("pipeline", manager, which=which, by=by, **asked)

    rows = asked_for(which)
    if by == "year":
        rows = [row for row in rows if row.landing and row.landing <= date(2026, 3, 31)]
    expected = reckoned(rows)
    assert {key: cells(table)["All"][key] for key in expected} == expected
    assert sum(table.cell("projects", row) for row in table.rows) == expected["projects"]
    if by == "stage":
        for stage in InvestmentProject.Stage:
            expected = reckoned([row for row in rows if row.stage == stage])
            assert {key: cells(table)[stage.label][key] for key in expected} == expected
    assert wrong_links(client, table) == []


def test_projects_without_a_landing_date_stand_apart_and_lead_to_their_rows(client, manager):
    InvestmentProject.objects.filter(landing__gt="2030-01-01").update(estimated_land_date="2025-06-30")

    table = taken("pipeline", manager, which="all", by="quarter")

    assert cells(table)["No date"]["projects"] == 2
    assert wrong_links(client, table) == []


def test_projects_one_by_one_are_those_counted(client, manager):
    listing = taken("projects", manager, which="going")

    assert {row.pk for row in listing.queryset} == {row.pk for row in asked_for("going")}
    assert rows_of(client, listing.changelist) == listing.queryset.count()


def test_the_notes_say_how_much_is_not_known(manager):
    assert "Value is known for 3 of 5 projects." in taken("pipeline", manager).notes
