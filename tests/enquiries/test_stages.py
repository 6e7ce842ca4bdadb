"""The machine of stages: which moves there are, what each demands, and that a move is whole or not at all."""

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from enquiries import conversation, qualification, stages, triage
from enquiries.missing import READ, SAID, next_stages
from enquiries.models import Enquiry, EnquiryMail, StageChange
from enquiries.models.stage import CLOSING, WAITING, Stage
from tests import factories
from tests.enquiries.moves import heard, rung

pytestmark = pytest.mark.django_db
CHANGE = ["enquiries.view_enquiry", "enquiries.change_enquiry", "partners.view_person"]


@pytest.fixture
def officer():
    return factories.staff("officer", *CHANGE)


@pytest.fixture
def enquiry(officer):
    return factories.enquiry(owner=officer)


def record(enquiry, page="change"):
    return f"/admin/enquiries/enquiry/{enquiry.pk}/{page}/"


def test_every_stage_has_its_moves_and_every_demand_its_words():
    assert set(stages.MOVES) == set(Stage)
    assert all(stage not in ways and ways for stage, ways in stages.MOVES.items())
    assert set(stages.DEMANDS) == set(READ) == set(SAID)


def test_from_every_stage_an_enquiry_can_be_closed_and_from_every_closing_one_opened():
    for stage, ways in stages.MOVES.items():
        assert ways - CLOSING if stage in CLOSING else ways & CLOSING, stage


def test_a_move_that_is_not_in_the_machine_is_refused(enquiry, officer):
    with pytest.raises(triage.NotPossible, match="no way"):
        triage.move(enquiry, Stage.POST_PROGRESSING, by=officer)


def test_what_is_missing_is_said_with_what_to_do_about_it(enquiry, officer):
    with pytest.raises(triage.NotPossible) as refusal:
        triage.move(enquiry, Stage.AWAITING, by=officer)
    assert "No person has answered yet. Send a reply, or log the contact." in refusal.value.messages


@pytest.mark.parametrize("stage", sorted(CLOSING - {Stage.ADDED_TO_DATA_HUB}))
def test_closing_demands_a_reason(enquiry, officer, stage):
    with pytest.raises(triage.NotPossible, match="Say why"):
        triage.move(enquiry, stage, why="  ", by=officer)
    triage.move(enquiry, stage, why="A student", by=officer)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.closed_why, enquiry.closed_by) == (
        "closed-unanswered",
        "A student",
        officer,
    )


def test_the_move_its_row_and_its_mail_are_one(enquiry, officer):
    by = factories.staff("colleague")
    change = triage.move(enquiry, Stage.DIALOGUE, why="Rang them", by=by)
    assert (change.from_stage, change.to_stage, change.by, change.why) == (
        "new",
        "engaged-in-dialogue",
        by,
        "Rang them",
    )
    sent = enquiry.mails.get(kind="moved")
    assert sent.recipient == officer and sent.subject == f"{enquiry.reference} moved to Engaged in dialogue"
    assert mail.outbox == [], "it is sent by the queue, after the transaction"


def test_an_error_while_the_mail_is_queued_leaves_no_move(enquiry):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE enquiries_enquirymail ADD CONSTRAINT no_mail CHECK (kind <> 'moved')")
    with pytest.raises(DatabaseError), transaction.atomic():
        triage.move(enquiry, Stage.DIALOGUE, by=factories.staff("colleague"))
    enquiry.refresh_from_db()
    assert enquiry.stage == Stage.NEW
    assert not StageChange.objects.filter(enquiry=enquiry).exists()
    assert not EnquiryMail.objects.filter(enquiry=enquiry).exists()


def test_who_moves_their_own_gets_no_mail(enquiry, officer):
    triage.move(enquiry, Stage.DIALOGUE, by=officer)
    assert not enquiry.mails.exists()


def test_a_move_from_a_stage_that_somebody_else_has_left_is_refused(enquiry, officer):
    triage.move(enquiry, Stage.DIALOGUE, by=officer)
    with pytest.raises(triage.NotPossible, match="in the meantime"):
        triage.move(enquiry, Stage.NON_FDI, shown=Stage.NEW, why="No", by=officer)


def test_moving_where_it_stands_already_leaves_no_row(enquiry, officer):
    triage.move(enquiry, Stage.DIALOGUE, by=officer)
    assert triage.move(enquiry, Stage.DIALOGUE, shown=Stage.NEW, by=officer) is None
    assert StageChange.objects.filter(enquiry=enquiry).count() == 1


def test_no_stage_stops_the_clock_of_the_first_reply(enquiry, officer):
    due = enquiry.reply_due_at
    triage.move(enquiry, Stage.DIALOGUE, by=officer)
    qualification.qualify(enquiry, readiness="exploring", quality="high", by=officer)
    conversation.note(enquiry, "I shall ring them", by=officer)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.first_reply_at, enquiry.due_at) == ("unanswered", None, due)


def test_what_was_closed_by_mistake_is_new_again_and_owed_again(enquiry, officer):
    due = enquiry.due_at
    triage.move(enquiry, Stage.NON_FDI, why="A mistake", by=officer)
    triage.move(enquiry, Stage.NEW, by=officer)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.due_at, enquiry.closed_why) == ("unanswered", due, "")


def test_a_held_one_that_was_closed_by_mistake_can_be_opened_and_released(officer):
    now = timezone.now()
    held = factories.enquiry(held_at=now, held_why="Too fast")
    triage.move(held, Stage.NON_APPLICABLE, why="Spam", by=officer)
    triage.move(held, Stage.NEW, by=officer)
    assert triage.release([held], by=officer) == 1
    held.refresh_from_db()
    assert held.state == "unanswered"


def test_the_silence_of_who_was_answered_and_closed_is_no_delay_of_ours(enquiry, officer):
    rung(enquiry, by=officer)
    triage.move(enquiry, Stage.NON_RESPONSIVE, why="Silent", by=officer)
    closed = Enquiry.objects.get(pk=enquiry.pk).closed_at
    contact = heard(enquiry, by=officer)
    wait = enquiry.waits.get()
    assert (wait.since, wait.until) == (closed, max(closed, contact.at))


def test_waiting_and_closing_stages_agree_with_what_the_database_demands():
    assert not WAITING & CLOSING


def test_a_reason_that_is_private_does_not_stand_on_a_move(enquiry, officer):
    rung(enquiry, subject="Mrs Holm rang about her plans", by=officer)
    assert "Holm" not in StageChange.objects.get(enquiry=enquiry).why


def test_the_record_shows_where_it_can_go_and_what_is_missing(client, enquiry, officer):
    client.force_login(officer)
    page = client.get(record(enquiry)).content.decode()
    assert 'name="stage" value="engaged-in-dialogue"' in page
    assert 'name="stage" value="awaiting-response"' not in page
    assert "No person has answered yet." in page and 'href="#reply-heading"' in page
    names = [item.name for _, lacking in next_stages(enquiry) for item in lacking]
    assert "first_reply_at" in names and "why" not in names


def test_a_move_that_cannot_be_made_comes_back_with_what_was_typed(client, enquiry, officer):
    client.force_login(officer)
    typed = {"stage": "awaiting-response", "shown": "new", "why": "They said so on the telephone"}
    page = client.post(record(enquiry, "move"), typed).content.decode()
    assert "No person has answered yet." in page and "They said so on the telephone" in page
    enquiry.refresh_from_db()
    assert enquiry.stage == Stage.NEW


@pytest.mark.parametrize("typed", [{}, {"stage": "won"}, {"stage": "new", "why": "x" * 9000}])
def test_a_move_that_makes_no_sense_is_refused(client, enquiry, officer, typed):
    client.force_login(officer)
    assert client.post(record(enquiry, "move"), typed).status_code == 200
    enquiry.refresh_from_db()
    assert enquiry.stage == Stage.NEW


@pytest.mark.parametrize("page", ["take", "assign", "move", "qualify", "note", "part", "merge"])
def test_who_may_only_read_can_do_nothing(client, enquiry, page):
    client.force_login(factories.staff("reader", "enquiries.view_enquiry"))
    assert client.post(record(enquiry, page), {"why": "x"}).status_code == 403
    shown = client.get(record(enquiry)).content.decode()
    assert "How it stands" in shown and "Move to…" not in shown


def test_an_enquiry_is_qualified_and_corrected(client, enquiry, officer):
    rung(enquiry, by=officer)
    client.force_login(officer)
    client.post(record(enquiry, "qualify"), {"readiness": "exploring", "quality": "low", "why": "Asked"})
    enquiry.refresh_from_db()
    first = enquiry.qualified_at
    assert enquiry.qualified_by == officer and enquiry.due_at is None
    client.post(record(enquiry, "qualify"), {"readiness": "convinced", "quality": "high"})
    enquiry.refresh_from_db()
    assert (enquiry.investment_readiness, enquiry.quality, enquiry.qualified_at) == (
        "convinced",
        "high",
        first,
    )
    notes = [row.text for row in enquiry.notes.order_by("pk")]
    assert notes == ["Qualified. Exploring; quality: Low. Asked", "Qualified. Convinced; quality: High."]


def test_a_verdict_is_both_parts_or_none(client, enquiry, officer):
    client.force_login(officer)
    assert client.post(record(enquiry, "qualify"), {"readiness": "exploring"}).status_code == 200
    with pytest.raises(triage.NotPossible):
        qualification.qualify(enquiry, readiness="exploring", quality="", by=officer)
    enquiry.refresh_from_db()
    assert enquiry.qualified_at is None


def test_a_note_is_kept(client, enquiry, officer):
    client.force_login(officer)
    client.post(record(enquiry, "note"), {"text": " Knows the port director. "})
    assert enquiry.notes.get().text == "Knows the port director."
