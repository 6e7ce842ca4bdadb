from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from enquiries import projects
from enquiries.models import InvestmentProject, ProjectChange
from enquiries.project_stages import ENDS, MOVES, REQUIRED_FROM, STATUSES, Stage, Status
from enquiries.triage import NotPossible
from tests import factories
from tests.enquiries.making_projects import complete, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return factories.staff()


def names(found):
    return {item.name for item in found}


def test_a_new_project_says_what_it_lacks_to_become_active(officer):
    lacking = names(projects.missing_for(project(), Stage.ACTIVE))
    assert {"investor_company", "client_contacts", "sectors", "fdi_type", "project_manager"} <= lacking
    assert not {"actual_land_date", "number_new_jobs", "competitor_countries"} & lacking


def test_a_complete_project_lacks_nothing_at_any_stage(officer):
    assert projects.missing_for(complete(officer), Stage.WON) == []


def test_every_demand_names_something_that_can_be_lacking(officer):
    assert names(projects.missing_for(project(), Stage.WON)) <= set(REQUIRED_FROM)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"client_cannot_provide_total_investment": True}, "total_investment"),
        ({"client_considering_other_countries": False}, "competitor_countries"),
        ({"number_new_jobs": 0}, "average_salary"),
        ({"investment_type": "non-fdi"}, "fdi_type"),
    ],
)
def test_a_field_is_demanded_only_where_another_says_so(facts, field):
    assert field not in names(projects.missing_for(project(**facts), Stage.WON))


def test_no_new_jobs_is_an_answer():
    assert "number_new_jobs" not in names(projects.missing_for(project(number_new_jobs=0), Stage.WON))


def test_a_stage_is_not_reached_without_what_it_demands(officer):
    with pytest.raises(NotPossible, match="Project manager"):
        projects.move_stage(project(), Stage.ACTIVE, by=officer)
    assert ProjectChange.objects.filter(before="prospect").count() == 0


def test_a_project_goes_on_to_won_with_a_row_for_each_change(officer):
    made = complete(officer)
    for stage in (Stage.ACTIVE, Stage.VERIFY_WIN, Stage.WON):
        projects.move_stage(made, stage, by=officer)
    made.refresh_from_db()
    assert (made.stage, made.status, made.ended_on) == ("won", "won", date(2026, 9, 1))
    rows = [(row.what, row.after) for row in made.changes.order_by("pk") if row.before]
    assert rows == [("stage", "active"), ("stage", "verify-win"), ("status", "won"), ("stage", "won")]


def test_a_project_does_not_jump_over_a_stage(officer):
    with pytest.raises(NotPossible, match="no way"):
        projects.move_stage(complete(officer), Stage.VERIFY_WIN, by=officer)


def test_going_back_wants_a_reason(officer):
    made = complete(officer, stage="active")
    with pytest.raises(NotPossible, match="why"):
        projects.move_stage(made, Stage.PROSPECT, by=officer)
    assert projects.move_stage(made, Stage.PROSPECT, why="Too early", by=officer).why == "Too early"


def test_of_two_who_move_a_project_the_second_is_told(officer):
    made = complete(officer, stage="active")
    shown = made.standing
    projects.move_stage(made, Stage.VERIFY_WIN, shown=shown, by=officer)
    with pytest.raises(NotPossible, match="in the meantime"):
        projects.move_stage(made, Stage.PROSPECT, shown=shown, why="x", by=factories.staff("other"))
    assert projects.move_stage(made, Stage.VERIFY_WIN, shown=shown, by=officer) is None


def test_a_lost_project_says_when_why_and_to_whom_and_moves_no_more(officer):
    made = complete(officer)
    projects.lose(made, on=date(2026, 10, 1), why="Cheaper power", country_lost_to="NL", by=officer)
    made.refresh_from_db()
    assert (made.status, made.country_lost_to, made.status_why) == ("lost", "NL", "Cheaper power")
    with pytest.raises(NotPossible, match="Re-open"):
        projects.move_stage(made, Stage.ACTIVE, by=officer)
    assert projects.moves_of(made) == [] == projects.missing_for_next(made)


@pytest.mark.parametrize("on", [None, date(2999, 1, 1)])
def test_an_end_has_a_day_that_has_been(officer, on):
    with pytest.raises(NotPossible):
        projects.abandon(project(), on=on, why="Gone", by=officer)


def test_a_project_is_not_won_on_a_day_to_come(officer):
    made = complete(officer, stage="verify-win")
    with pytest.raises(NotPossible, match="still to come"):
        projects.win(made, landed_on=timezone.localdate() + timedelta(days=1), by=officer)


def test_a_won_project_that_is_reopened_stands_in_verify_win(officer):
    made = complete(officer, stage="verify-win")
    projects.win(made, by=officer)
    with pytest.raises(NotPossible, match="why"):
        projects.reopen(made, why=" ", by=officer)
    projects.reopen(made, why="The lease fell through", by=officer)
    made.refresh_from_db()
    assert (made.stage, made.status, made.ended_on) == ("verify-win", "ongoing", None)


def test_the_first_assignment_of_a_manager_is_kept(officer):
    made = project()
    made.project_manager = officer
    made.save(update_fields=["project_manager"])
    made.refresh_from_db()
    first = made.project_manager_assigned_at
    assert first
    made.project_manager = None
    made.save()
    made.project_manager = officer
    made.save()
    made.refresh_from_db()
    assert made.project_manager_assigned_at == first


def test_what_is_missing_of_many_projects_costs_no_query(officer):
    for number in range(3):
        project(f"Works {number}")
    rows = list(InvestmentProject.objects.with_links())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert all(projects.missing_for_next(row) for row in rows)
    assert len(queries) == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "won"},
        {"stage": "won"},
        {"stage": "won", "status": "won", "ended_on": date(2026, 1, 1)},
        {"status": "lost", "ended_on": date(2026, 1, 1)},
        {"status": "lost", "status_why": "Price"},
        {"status": "delayed"},
        {"country_lost_to": "NL"},
        {"ended_on": date(2026, 1, 1)},
        {"investment_type": "non-fdi", "fdi_type": "merger"},
        {"total_investment": -1},
        {"total_investment": 5, "foreign_equity_investment": 6},
    ],
)
def test_the_database_refuses_what_cannot_be(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        InvestmentProject.objects.create(name="Impossible", **facts)


def test_a_change_is_not_rewritten(officer):
    row = project().changes.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectChange.objects.filter(pk=row.pk).update(after="lost")


ACTS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(list(Stage)), st.sampled_from(["", "Because"])),
    st.tuples(st.just("status"), st.sampled_from(list(Status)), st.sampled_from(["", "Because"])),
    st.tuples(
        st.sampled_from(["lose", "abandon", "win", "reopen"]), st.just(None), st.sampled_from(["", "Because"])
    ),
)


class EverySequence(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTS, max_size=10))
    def test_after_any_sequence_of_acts_the_rows_tell_how_it_came_to_stand(self, acts):
        officer = factories.staff(f"officer{timezone.now().timestamp()}")
        made = complete(officer)
        for what, to, why in acts:
            before = (made.stage, made.status)
            with suppress(NotPossible):
                do(made, what, to, why, officer)
            made = InvestmentProject.objects.get(pk=made.pk)
            allowed(before, (made.stage, made.status), what)
        walked = {"stage": [""], "status": [""]}
        for row in made.changes.order_by("pk"):
            assert row.before == walked[row.what][-1]
            walked[row.what].append(row.after)
        assert (made.stage, made.status) == (walked["stage"][-1], walked["status"][-1])
        assert (made.ended_on is not None) == (made.status in ENDS)


def do(made, what, to, why, by):
    match what:
        case "move":
            projects.move_stage(made, to, why=why, by=by)
        case "status":
            projects.change_status(made, to, why=why, by=by)
        case "lose":
            projects.lose(made, on=date(2026, 9, 1), why=why, by=by)
        case "abandon":
            projects.abandon(made, on=date(2026, 9, 1), why=why, by=by)
        case "win":
            projects.win(made, by=by)
        case "reopen":
            projects.reopen(made, why=why, by=by)


def allowed(before, after, what):
    """Every step is one of the machine's, or a re-opening."""
    if before == after or what == "reopen":
        return
    if before[0] != after[0]:
        assert Stage(after[0]) in MOVES[Stage(before[0])]
    if before[1] != after[1] and after[1] != "won":
        assert Status(after[1]) in STATUSES[Status(before[1])]
