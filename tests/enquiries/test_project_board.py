from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enquiries import projects
from enquiries.models import InvestmentProject
from tests import admin_form, factories
from tests.enquiries.making_projects import complete, project

pytestmark = pytest.mark.django_db
LIST = "/admin/enquiries/investmentproject/"
BOARD = f"{LIST}board/"
CHANGE = ["enquiries.view_investmentproject", "enquiries.change_investmentproject"]
ROWS = [
    f"enquiries.{verb}_{model}"
    for verb in ("view", "add", "change", "delete")
    for model in ("projectorganisation", "projectperson")
]


@pytest.fixture
def desk(client):
    """Signed in as somebody who may change projects and see people."""
    client.user = factories.staff(
        "officer", *CHANGE, *ROWS, "partners.view_person", "partners.view_organisation"
    )
    client.force_login(client.user)
    return client


def columns(page):
    return {column.stage: column for column in page.context["columns"]}


def test_the_board_shows_a_column_a_stage_with_what_its_projects_come_to(desk):
    project("A", total_investment=1_000_000, number_new_jobs=10)
    project("B", total_investment=250_000, number_new_jobs=5, number_safeguarded_jobs=3)
    complete(desk.user, "C", stage="active")
    found = columns(desk.get(BOARD, {"status": "current"}))
    assert [(column.count, len(column.cards)) for column in found.values()] == [
        (2, 2),
        (1, 1),
        (0, 0),
        (0, 0),
    ]
    assert (found["prospect"].value, found["prospect"].jobs) == (
        "£1,250,000",
        "15 new and 3 safeguarded jobs",
    )


def test_the_board_says_that_it_leaves_out_what_is_lost_and_shows_it_when_asked(desk):
    made = project("Gone")
    projects.lose(made, on=date(2026, 1, 1), why="Price", by=desk.user)
    assert "Gone" not in desk.get(BOARD, follow=True).content.decode()
    assert desk.get(BOARD).headers["Location"] == f"{BOARD}?status=current"
    assert "Gone" in desk.get(BOARD, {"status": "all"}).content.decode()
    assert "Gone" in desk.get(LIST).content.decode()


def test_list_and_board_have_the_same_filters_and_lead_to_each_other_with_them(desk):
    project("Korean", country="KR", likelihood_to_land="high")
    project("Danish", country="DK")
    asked = {"country": "KR", "status": "current", "q": "korean"}
    board, listed = desk.get(BOARD, asked), desk.get(LIST, asked)
    for page in (board, listed):
        assert "Korean" in page.content.decode() and ">Danish<" not in page.content.decode()
    assert "country=KR" in board.context["list_address"] and "q=korean" in board.context["list_address"]
    assert f"{BOARD}?country=KR&amp;q=korean&amp;status=current" in listed.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("landing=late", {"Late"}),
        ("landing=fy2026", {"Late", "Landed"}),
        ("landing=none", {"Open"}),
        ("manager=mine", {"Open"}),
        ("stage=active", {"Landed"}),
        ("q=battery", set()),
        ("q=ope", {"Open"}),
        ("q=조력", {"Late"}),
    ],
)
def test_the_list_is_filtered_and_searched(desk, asked, found):
    project("Late", estimated_land_date=date(2026, 5, 1), description="조력 발전")
    project("Landed", actual_land_date=date(2027, 3, 31), stage="active")
    project("Open", project_manager=desk.user)
    listed = desk.get(f"{LIST}?{asked}").context["cl"].queryset
    assert {row.name for row in listed} == found


@pytest.mark.parametrize(
    "asked", ["landing=fy9999", "manager=x", "status=nonsense", "description__icontains=a"]
)
def test_what_the_filters_do_not_know_is_refused(desk, asked):
    assert "?e=1" in desk.get(f"{LIST}?{asked}").headers["Location"]
    assert desk.get(f"{BOARD}?status=all&{asked}").headers["Location"] == BOARD


def test_a_card_moves_by_a_form_of_its_own_and_leads_back_to_the_board_as_it_was(desk):
    made = complete(desk.user)
    page = desk.get(BOARD, {"status": "current", "country": "KR"})
    assert f'action="{LIST}{made.pk}/move/"' in page.content.decode()
    back = page.context["here"]
    sent = {"stage": "active", "shown": made.standing, "next": back}
    answer = desk.post(f"{LIST}{made.pk}/move/", sent)
    assert answer.headers["Location"] == back
    made.refresh_from_db()
    assert made.stage == "active" and made.changes.first().by == desk.user


def test_a_card_that_somebody_else_has_moved_is_left_alone(desk):
    made = complete(desk.user, stage="active")
    answer = desk.post(
        f"{LIST}{made.pk}/move/", {"stage": "prospect", "shown": "prospect/ongoing", "why": "x"}, follow=True
    )
    assert "in the meantime" in answer.content.decode()


def test_a_move_leads_to_no_other_site(desk):
    made = complete(desk.user)
    answer = desk.post(f"{LIST}{made.pk}/move/", {"stage": "active", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == BOARD


def test_a_card_that_lacks_something_says_how_much_and_offers_no_move(desk):
    made = project()
    text = desk.get(BOARD, {"status": "all"}).content.decode()
    assert f"{len(projects.missing_for_next(made))} missing" in text and "/move/" not in text


def test_a_full_column_leads_to_the_list_of_the_rest(desk):
    InvestmentProject.objects.bulk_create(
        [InvestmentProject(name=f"P{n}", project_code=f"INV-2026-{9000 + n}") for n in range(25)]
    )
    text = desk.get(BOARD, {"status": "all"}).content.decode()
    assert "and 5 more" in text and f"{LIST}?stage=prospect&amp;status=all" in text


@pytest.mark.parametrize("address", [LIST, f"{BOARD}?status=all"])
def test_queries_do_not_grow_with_projects(desk, address):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert desk.get(address).status_code == 200
        return len(found)

    for stage in ("prospect", "active", "verify-win"):
        complete(desk.user, f"First {stage}", stage=stage)
    queries()
    few = queries()
    for number in range(9):
        complete(desk.user, f"More {number}", stage=("prospect", "active", "verify-win")[number % 3])
    assert queries() == few


def test_who_may_only_view_sees_no_people_nor_what_may_name_them(client):
    officer = factories.superuser()
    made = complete(
        officer, description="Ask Mette Holm", aftercare_notes="Call Mette", anonymous_description="Cells"
    )
    client.force_login(factories.staff("viewer", "enquiries.view_investmentproject", *ROWS))
    record = client.get(f"{LIST}{made.pk}/change/").content.decode()
    assert "Cells" in record and "Mette" not in record and "Kim" not in record and "/do/" not in record
    assert "Battery" not in client.get(LIST, {"q": "mette"}).content.decode().split("result_list")[-1]
    assert len(client.get(LIST, {"q": "cells"}).context["cl"].result_list) == 1
    assert client.post(f"{LIST}{made.pk}/move/", {"stage": "active"}).status_code == 403
    assert client.get(f"{LIST}{made.pk}/do/lose/").status_code == 403


def test_the_record_saves_what_was_typed_and_groups_its_pounds(desk):
    made = complete(desk.user)
    page = desk.get(admin_form.address(made))
    assert "£1,250,000" in page.content.decode()
    sent = admin_form.shown(page) | {"total_investment": "2.5m", "competitor_countries": ["NL", "FR"]}
    answer = desk.post(admin_form.address(made), sent | {"strategic_drivers": ["market", "skills"]})
    assert answer.status_code == 302, admin_form.errors(answer)
    made.refresh_from_db()
    assert made.total_investment == 2_500_000 and made.strategic_drivers == ["market", "skills"]
    assert made.competitor_countries == ["NL", "FR"] and made.description == "Cells for ferries."


@pytest.mark.parametrize("typed", ["-5", "1e9", "£1.5", "9" * 30, "abc", "1,2m,3"])
def test_what_is_no_amount_is_refused_and_kept(desk, typed):
    made = complete(desk.user)
    answer = admin_form.save(desk, made, total_investment=typed)
    assert answer.status_code == 200 and typed in answer.content.decode()


def test_equity_above_the_total_is_refused(desk):
    made = complete(desk.user)
    assert "not more than it" in str(
        admin_form.errors(admin_form.save(desk, made, foreign_equity_investment="£2,000,000"))
    )


def test_a_project_is_lost_from_its_record_and_a_refusal_keeps_the_reason(desk):
    made = complete(desk.user)
    page = f"{LIST}{made.pk}/do/lose/"
    refused = desk.post(page, {"on": "2999-01-01", "why": "Cheaper power", "country_lost_to": "NL"})
    assert "still to come" in refused.content.decode() and "Cheaper power" in refused.content.decode()
    desk.post(page, {"on": "2026-10-01", "why": "Cheaper power", "country_lost_to": "NL"})
    record = desk.get(admin_form.address(made)).content.decode()
    assert "Lost to" in record and "Netherlands" in record and "Re-open" in record


def test_a_project_is_won_and_reopened_from_its_record(desk):
    made = complete(desk.user, stage="verify-win")
    desk.post(f"{LIST}{made.pk}/do/win/", {"landed_on": "2026-09-02", "shown": made.standing})
    made.refresh_from_db()
    assert (made.stage, made.status, made.actual_land_date) == ("won", "won", date(2026, 9, 2))
    assert 'name="actual_land_date"' not in desk.get(admin_form.address(made)).content.decode()
    desk.post(f"{LIST}{made.pk}/do/reopen/", {"why": "The lease fell through"})
    made.refresh_from_db()
    assert (made.stage, made.status) == ("verify-win", "ongoing")


def test_the_record_says_at_the_field_what_the_next_stage_needs(desk):
    page = desk.get(admin_form.address(project())).content.decode()
    assert "Needed for Active." in page and 'href="#id_likelihood_to_land"' in page
    assert 'href="#organisation_rows-group"' in page and 'id="organisation_rows-group"' in page


def test_a_project_is_entered_by_hand(client):
    client.force_login(factories.superuser())
    page = client.get(f"{LIST}add/")
    sent = admin_form.shown(page) | {"name": "From a fair"}
    answer = client.post(f"{LIST}add/", sent)
    assert answer.status_code == 302, admin_form.errors(answer)
    made = InvestmentProject.objects.get()
    assert made.created_by and made.changes.count() == 2 and made.project_code.startswith("INV-")


def test_taking_away_the_boards_own_filter_shows_what_was_lost_too(desk):
    projects.lose(project("Gone"), on=date(2026, 1, 1), why="Price", by=desk.user)
    page = desk.get(BOARD, follow=True).content.decode()
    assert 'href="?status=all"' in page
    assert "Remove filter" not in desk.get(BOARD, {"status": "all"}).content.decode()
