"""A duplicate goes on in another enquiry: nothing is lost by it, and no time is won."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquiries import merging, triage
from enquiries.models import Enquiry
from enquiries.models.stage import Stage
from tests import factories
from tests.enquiries.moves import heard, rung

pytestmark = pytest.mark.django_db
CHANGE = ["enquiries.view_enquiry", "enquiries.change_enquiry"]


@pytest.fixture
def officer():
    return factories.staff("officer", *CHANGE)


@pytest.fixture
def first(officer):
    return factories.enquiry(owner=officer, received_at=timezone.now() - timedelta(days=9))


@pytest.fixture
def second(officer):
    return factories.enquiry(owner=officer, received_at=timezone.now() - timedelta(days=1))


def fresh(*enquiries):
    for enquiry in enquiries:
        enquiry.refresh_from_db()


def test_the_clock_runs_from_the_earlier_receipt(first, second, officer):
    due = first.reply_due_at
    merging.merge(first, into=second, why="Sent twice", by=officer)
    fresh(first, second)
    assert second.due_at == due
    assert (first.merged_into, first.state, first.stage) == (second, "closed-unanswered", "non-applicable")
    assert first.closed_why == f"Merged into {second.reference}. Sent twice"


def test_the_clock_of_a_chain_runs_from_its_earliest_receipt(first, second, officer):
    due, third = first.reply_due_at, factories.enquiry()
    merging.merge(first, into=second, by=officer)
    merging.merge(Enquiry.objects.get(pk=second.pk), into=third, by=officer)
    fresh(third)
    assert third.due_at == due


def test_a_question_does_not_vanish_behind_an_older_answer(first, second, officer):
    rung(first, at=first.received_at + timedelta(hours=1), by=officer)
    with pytest.raises(triage.NotPossible, match="had its last answer before"):
        merging.merge(second, into=first, by=officer)
    rung(first, by=officer)
    merging.merge(second, into=first, by=officer)
    fresh(second)
    assert second.merged_into == first


def test_what_they_said_or_what_did_not_reach_them_is_no_answer(first, second, officer):
    rung(first, at=first.received_at + timedelta(hours=1), by=officer)
    heard(first, by=officer)
    rung(first, reached=False, by=officer)
    with pytest.raises(triage.NotPossible, match="had its last answer before"):
        merging.merge(second, into=first, by=officer)


def test_what_cannot_be_merged_is_refused(first, second, officer):
    with pytest.raises(triage.NotPossible, match="itself"):
        merging.merge(first, into=first, by=officer)
    held = factories.enquiry(held_at=timezone.now(), held_why="Too fast")
    with pytest.raises(triage.NotPossible, match="is held"):
        merging.merge(first, into=held, by=officer)
    triage.move(first, Stage.NON_FDI, why="No", by=officer)
    for one, other in ((first, second), (second, first)):
        with pytest.raises(triage.NotPossible, match="closed"):
            merging.merge(one, into=other, by=officer)


def test_what_is_merged_moves_only_when_it_is_parted(first, second, officer):
    merging.merge(first, into=second, by=officer)
    with pytest.raises(triage.NotPossible, match="Part the two"):
        triage.move(first, Stage.DIALOGUE, by=officer)


def test_parted_each_owes_what_it_owed(first, second, officer):
    due = (first.due_at, second.due_at)
    merging.merge(first, into=second, by=officer)
    merging.part(first, why="Two projects", by=officer)
    fresh(first, second)
    assert (first.due_at, second.due_at) == due
    assert (first.state, first.stage, first.merged_into) == ("unanswered", "new", None)
    with pytest.raises(triage.NotPossible, match="not merged"):
        merging.part(first, why="Again", by=officer)


def test_what_was_answered_is_parted_into_its_dialogue(first, second, officer):
    rung(first, by=officer)
    merging.merge(first, into=second, by=officer)
    merging.part(first, why="Two projects", by=officer)
    fresh(first)
    assert (first.state, first.stage) == ("dialogue", "engaged-in-dialogue")


def address(enquiry, page="merge"):
    return f"/admin/enquiries/enquiry/{enquiry.pk}/{page}/"


def test_the_page_offers_the_same_sender_shows_both_and_merges(client, first, second, officer):
    client.force_login(officer)
    stranger = factories.enquiry(email="other@example.org", owner=officer)
    page = client.get(address(first)).content.decode()
    assert second.reference in page and stranger.reference not in page
    page = client.get(address(first), {"into": second.reference.lower()}).content.decode()
    assert f"Merge into {second.reference}" in page and "Goes on" in page
    response = client.post(address(first), {"into": second.reference, "why": "Sent twice"})
    assert response.headers["Location"].endswith(f"/{second.pk}/change/")
    record = client.get(address(first, "change")).content.decode()
    assert "which goes on" in record and "Part them" in record
    client.post(address(first, "part"), {"why": "Two projects"})
    fresh(first)
    assert first.merged_into is None


def test_who_may_not_see_people_merges_without_seeing_a_name(client, first, second, officer):
    client.force_login(officer)
    page = client.get(address(first), {"into": second.reference}).content.decode()
    assert "Kjellerup Offshore" in page and "Holm" not in page
    officer = factories.staff("colleague", *CHANGE, "partners.view_person")
    client.force_login(officer)
    assert "Holm" in client.get(address(first), {"into": second.reference}).content.decode()


@pytest.mark.parametrize("typed", ["", "nonsense", "ENQ-2026-999999", "'\"<b>", "x" * 3000])
def test_a_reference_that_is_none_is_asked_for_again(client, first, officer, typed):
    client.force_login(officer)
    assert client.get(address(first), {"into": typed}).status_code == 200
    assert client.post(address(first), {"into": typed}).status_code == 200


def test_the_page_says_why_not_and_keeps_what_was_typed(client, first, second, officer):
    client.force_login(officer)
    triage.move(second, Stage.NON_FDI, why="No", by=officer)
    page = client.get(address(first), {"into": second.reference}).content.decode()
    assert "Open it again" in page and "The other way round" in page
    page = client.post(address(first), {"into": second.reference, "why": "Sent twice"}).content.decode()
    assert "Open it again" in page
