"""From page to jobs, as plain Python follows it."""

import pytest

from tests import factories
from tests.reports import made_up_year
from tests.reports.made_up_year import YEAR
from tests.reports.reckoning import cells, enquiries, taken, wrong_links

pytestmark = pytest.mark.django_db
JOBS = {"value": "total_investment", "new_jobs": "number_new_jobs", "safeguarded": "number_safeguarded_jobs"}


@pytest.fixture
def manager(client):
    made_up_year.make()
    user = factories.superuser()
    client.force_login(user)
    return user


def reckoned(rows, *, won_only):
    projects = {row.project_row.project for row in rows if hasattr(row, "project_row")}
    won = {project for project in projects if project.status == "won"}
    counted = won if won_only else projects
    found = {
        "enquiries": len(rows),
        "qualified": sum(row.qualified_at is not None for row in rows),
        "projects": sum(hasattr(row, "project_row") for row in rows),
        "won": sum(hasattr(row, "project_row") and row.project_row.project in won for row in rows),
    }
    for key, name in JOBS.items():
        known = [value for project in counted if (value := getattr(project, name)) is not None]
        found[key] = sum(known) if known or not counted else None
    return found


@pytest.mark.parametrize("brought", ["won", "all"])
@pytest.mark.parametrize("by", ["page", "campaign", "opportunity", "source", "month"])
def test_each_step_is_what_python_counts_and_leads_to_its_rows(client, manager, by, brought):
    table = taken("funnel", manager, by=by, brought=brought, **YEAR)

    expected = reckoned(enquiries(), won_only=brought == "won")
    found = cells(table)["All"]
    assert {key: found[key] for key in expected} == expected
    assert expected["won"]
    assert wrong_links(client, table) == []


def test_a_page_has_the_reads_of_every_language_and_the_enquiries_that_came_from_it(manager):
    found = cells(taken("funnel", manager, by="page", brought="all", **YEAR))

    came = [row for row in enquiries() if row.page.endswith("/opportunities/year-a/")]
    expected = reckoned(came, won_only=False)
    row = found["/opportunities/year-a/"]
    assert {key: row[key] for key in expected} == expected
    assert (row["reads"], row["asked_share"]) == (100, len(came) / 100)
    assert found["Pages that led to no enquiry"]["reads"] == 11
    assert found["All"]["reads"] == 341
    assert found["Not known"]["reads"] is None


@pytest.mark.parametrize(("by", "reads"), [("opportunity", 100), ("theme", 30)])
def test_an_opportunity_and_a_theme_have_the_reads_of_their_own_page(manager, by, reads):
    table = taken("funnel", manager, by=by, **YEAR)

    assert [row.cells[1] for row in table.rows if row.cells[1] is not None] == [reads]


def test_a_campaign_has_the_reads_that_it_brought(manager):
    found = cells(taken("funnel", manager, by="campaign", **YEAR))

    assert (found["seoul"]["reads"], found["spring"]["reads"]) == (60, 30)


def test_reads_are_not_known_where_enquiries_are_narrowed(manager):
    table = taken("funnel", manager, by="page", country="KR", **YEAR)

    assert {row.cells[1] for row in [*table.rows, table.totals]} == {None}


def test_the_note_says_of_how_many_projects_the_value_is_known(manager):
    table = taken("funnel", manager, brought="won", **YEAR)

    assert "Value is known for 2 of 3 projects." in table.notes
