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
from tests.enquiries.six_desk import Desk
from tests.enquiries.six_ledger import SIX

pytestmark = pytest.mark.django_db
LIST = "/admin/enquiries/enquiry/"
THOROUGHLY = settings(
    max_examples=20,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_the_six_add_up_over_every_sequence_of_acts():
    Desk.done.clear()
    run_state_machine_as_test(Desk, settings=THOROUGHLY)
    played = set(Desk.done)
    assert played >= {*SIX, "move", "merge", "part", "take", "assign", "log_contact"}
    assert played >= {"released", "replied", "came back", "unsaid", "left", "deleted", "away", "convert"}
    assert played >= {"answer by mail", "take_in", "hand_over", "refused by the database", "move refused"}


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
