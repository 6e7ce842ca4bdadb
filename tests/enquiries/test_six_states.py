"""Every enquiry is in exactly one of six states, whatever anybody does to it, and the six add up."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from enquiries import triage
from enquiries.models import Enquiry
from enquiries.models.stage import Stage
from tests import factories
from tests.enquiries.moves import rung
from tests.enquiries.six_desk import ATTEMPTS, Desk
from tests.enquiries.six_ledger import SIX

pytestmark = pytest.mark.django_db
LIST = "/admin/enquiries/enquiry/"
THOROUGHLY = settings(
    max_examples=15,
    stateful_step_count=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_the_six_add_up_over_every_sequence_of_acts():
    Desk.done.clear()
    run_state_machine_as_test(Desk, settings=THOROUGHLY)
    assert sum(Desk.done[state] for state in SIX) > 500, "enquiries were looked at"


def test_the_six_add_up_when_everybody_does_everything_once():
    """Chance leaves an act out now and then; this leaves out none."""
    Desk.done.clear()
    desk = Desk()
    try:
        desk.opens()
        for act in everything_once(desk):
            act()
            desk.every_enquiry_is_one_of_the_six()
    finally:
        desk.teardown()
    assert set(Desk.done) >= EVERYTHING


EVERYTHING = {
    *("received", "held", "released", "take_in", "enter", "answer by mail", "take", "assign", "hand_over"),
    *("left", "deleted", "away", "move", "move refused", "merge", "part", "qualify", "note", "convert"),
    *("log_contact", "replied", "came back", "unsaid", "refused by the database"),
    *SIX,
}


def everything_once(desk):
    """Every act of the office, in an order in which each is possible."""
    yield lambda: desk.comes_in(held=True, again=True)
    yield lambda: desk.is_merged(1, 0)
    yield lambda: desk.is_parted(0)
    yield lambda: desk.is_released(1)
    yield lambda: desk.comes_by_mail()
    yield lambda: desk.is_moved(2, Stage.AWAITING, "")
    yield lambda: desk.makes_a_rule(0, "DK")
    yield lambda: desk.takes(0, 0)
    yield lambda: desk.gives(1, 0, True)
    yield lambda: desk.goes_away(0, 1)
    yield lambda: desk.team_is_retired()
    yield lambda: desk.is_logged(0, "us", False, True)
    yield lambda: desk.is_logged(0, "us", True, True)
    yield lambda: desk.answers_by_mail(0)
    yield lambda: desk.is_replied(1, True)
    yield lambda: desk.comes_back(0)
    yield lambda: desk.is_noted(1)
    yield lambda: desk.hands_over(0, 1)
    yield lambda: desk.leaves(0)
    yield lambda: desk.is_deleted(1)
    yield lambda: desk.takes(0, 0)
    yield lambda: desk.is_known(0)
    yield lambda: desk.is_qualified(0, "exploring")
    yield lambda: desk.is_converted(0)
    yield lambda: desk.is_unsaid(0, 1)
    yield lambda: desk.is_logged(2, "both", True, False)
    yield lambda: desk.is_moved(2, Stage.NON_FDI, "A student")
    yield lambda: desk.is_logged(2, "them", True, False)
    yield lambda: desk.is_moved(1, Stage.NON_FDI, "A student")
    yield lambda: desk.comes_in(held=True, again=False)
    yield lambda: desk.is_entered("telephone", True)
    for attempt in ATTEMPTS:
        yield lambda attempt=attempt: desk.is_tampered_with(0, attempt)


@pytest.fixture
def one_of_each():
    """{state: numbers of the enquiries that are in it}; one is held, two are unanswered, and so on."""
    officer, found = factories.staff("amy", "enquiries.change_enquiry"), {}
    for number, state in enumerate(SIX, start=1):
        found[state] = {_in_state(state, officer).pk for _ in range(number)}
    return found


def _in_state(state, officer):
    held = {"held_at": timezone.now(), "held_why": "Too fast"} if state == "held" else {}
    enquiry = factories.enquiry(owner=officer, **held)
    if state in {"waiting", "dialogue", "closed-answered"}:
        rung(enquiry, then_wait=state == "waiting", by=officer)
    if state.startswith("closed"):
        triage.move(enquiry, Stage.NON_FDI, why="A student", by=officer)
    return enquiry


def test_each_states_link_lists_exactly_its_rows(client, one_of_each):
    client.force_login(factories.superuser())
    for state, numbers in one_of_each.items():
        assert set(Enquiry.objects.in_state(state).values_list("pk", flat=True)) == numbers
        page = client.get(LIST, {"state": state})
        assert {enquiry.pk for enquiry in page.context["cl"].result_list} == numbers, state


def test_the_six_links_together_list_every_row_once(client, one_of_each):
    client.force_login(factories.superuser())
    listed = [
        enquiry.pk
        for state in SIX
        for enquiry in client.get(LIST, {"state": state}).context["cl"].result_list
    ]
    assert sorted(listed) == sorted(Enquiry.objects.values_list("pk", flat=True))
