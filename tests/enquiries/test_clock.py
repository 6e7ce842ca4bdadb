"""What stops the clock of an enquiry, what does not, and how it reads."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Team
from enquiries import assignment, clock, clock_display, conversation, emails, handover, triage
from enquiries.models import AssignmentRule, ClosingDay, Enquiry, EnquiryMail
from enquiries.models.stage import Stage
from partners.models import Interaction
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
State = Enquiry.State


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


MONDAY = at("2026-01-05 10:00")
DUE = at("2026-01-07 10:00")


@pytest.fixture
def officer():
    return staff("officer")


@pytest.fixture
def found(officer):
    return enquiry(received_at=MONDAY, owner=officer)


def contact(found, by, when="2026-01-06 10:00", *, direction="from-us", channel="email", reached=True):
    return conversation.log_contact(
        found,
        channel=channel,
        direction=direction,
        at=at(when),
        subject="About the port",
        reached=reached,
        by=by,
    )


def fresh(found):
    return Enquiry.objects.get(pk=found.pk)


# What stops it, and what does not


def acknowledged(found, by):
    mail = emails.queue_acknowledgement(found)
    mail.sent_at = MONDAY
    mail.save()


def noticed(found, by):
    emails.queue_notice(found)


def noted(found, by):
    conversation.note(found, "Called them, nobody there.", by=by)


def moved(found, by):
    triage.move(found, Stage.DIALOGUE, by=by)


def sent_to_post(found, by):
    found.country = "KR"
    found.save()
    triage.move(found, Stage.SENT_TO_POST, by=by)


def given_by_hand(found, by):
    triage.assign(found, officer=staff("colleague"), why="Knows ports", by=by)


def given_by_rule(found, by):
    Enquiry.objects.filter(pk=found.pk).update(owner=None)
    AssignmentRule.objects.create(team=Team.objects.create(name="Ports"))
    assignment.assign_by_rule(fresh(found))


def handed_over(found, by):
    handover.hand_over(by, officer=staff("colleague"), why="Leaves", by=by)


def heard_of(found, by):
    contact(found, by, direction="from-them")


def voicemail(found, by):
    contact(found, by, channel="telephone", reached=False)


@pytest.mark.parametrize(
    "act",
    [
        *(acknowledged, noticed, noted, moved, sent_to_post, given_by_hand, given_by_rule, handed_over),
        *(heard_of, voicemail),
    ],
)
def test_it_is_not_stopped_by_anything_but_contact_that_reached_the_investor(found, officer, act):
    act(found, officer)
    after = fresh(found)
    assert after.first_reply_at is None and after.state == State.UNANSWERED and after.due_at == DUE


@pytest.mark.parametrize("channel", ["email", "telephone", "letter", "face-to-face", "video"])
def test_it_is_stopped_by_contact_that_reached_them_at_the_time_of_the_contact(found, officer, channel):
    contact(found, officer, channel=channel)
    after = fresh(found)
    assert after.first_reply_at == at("2026-01-06 10:00") and after.state == State.DIALOGUE
    assert after.due_at == after.qualification_due_at == at("2026-01-19 10:00")


def test_a_bounce_makes_it_unanswered_again_and_due_when_it_was(found, officer):
    reply = contact(found, officer)
    assert fresh(found).state == State.DIALOGUE
    reply.reached = False
    reply.save()
    after = fresh(found)
    assert after.state == State.UNANSWERED and after.first_reply_at is None
    assert after.due_at == after.reply_due_at == DUE


def test_a_bounce_while_we_wait_makes_it_unanswered_too(found, officer):
    reply = contact(found, officer)
    triage.move(found, Stage.AWAITING, by=officer)
    assert fresh(found).due_at is None
    reply.reached = False
    reply.save()
    assert fresh(found).state == State.UNANSWERED and fresh(found).due_at == DUE


def test_after_a_bounce_an_earlier_reply_that_arrived_still_counts(found, officer):
    contact(found, officer, "2026-01-05 15:00")
    second = contact(found, officer, "2026-01-06 15:00")
    Interaction.objects.filter(pk=second.pk).update(reached=False)
    assert fresh(found).first_reply_at == at("2026-01-05 15:00")


def test_nobody_writes_the_first_reply_by_hand(found):
    with pytest.raises(DatabaseError), transaction.atomic():
        Enquiry.objects.filter(pk=found.pk).update(first_reply_at=MONDAY)


def test_no_mail_of_any_kind_stops_it_by_itself(found):
    for kind in EnquiryMail.Kind:
        EnquiryMail.objects.create(
            enquiry=found,
            kind=kind,
            to="x@example.org",
            language="en",
            subject="s",
            body="b",
            message_id=emails.new_message_id(found),
            sent_at=MONDAY,
        )
    assert fresh(found).state == State.UNANSWERED


# Waiting, merging, reckoning anew


def wait(found, since, until=None):
    found.waits.create(since=at(since), until=until and at(until))
    clock.reckon(found)
    return fresh(found)


def test_waiting_pauses_qualification_and_the_answer_starts_it_again(found):
    assert wait(found, "2026-01-06 10:00").qualification_due_at is None
    found.waits.update(until=at("2026-01-08 10:00"))
    clock.reckon(found)
    assert fresh(found).qualification_due_at == at("2026-01-21 10:00")
    assert fresh(found).reply_due_at == DUE


def test_a_merger_runs_from_the_earliest_receipt_of_all_that_was_merged(officer):
    third = enquiry(received_at=MONDAY)
    second = enquiry(received_at=MONDAY + timedelta(days=1))
    first = enquiry(received_at=MONDAY + timedelta(days=2))
    for duplicate, into in ((third, second), (second, first)):
        Enquiry.objects.filter(pk=duplicate.pk).update(
            closed_at=MONDAY, closed_why="Merged", stage=Stage.NON_APPLICABLE, merged_into=into
        )
    clock.reckon(first)
    assert fresh(first).reply_due_at == DUE
    clock.reckon_open()
    assert fresh(first).reply_due_at == DUE


def test_another_time_of_receipt_is_reckoned_with(found):
    found.received_at = at("2026-01-02 16:59")
    found.save()
    clock.reckon(found)
    assert fresh(found).due_at == at("2026-01-06 16:59")


def test_reckoning_all_gives_what_reckoning_one_gives(officer):
    rows = [enquiry(received_at=MONDAY + timedelta(hours=7 * number)) for number in range(6)]
    wait(rows[1], "2026-01-06 10:00", "2026-01-09 11:00")
    wait(rows[2], "2026-01-07 10:00")
    ClosingDay.objects.create(day="2026-01-08", name="Flood")
    assert clock.reckon_open() == 6
    together = list(Enquiry.objects.order_by("pk").values_list("reply_due_at", "qualification_due_at"))
    for row in rows:
        clock.reckon(fresh(row))
    assert together == list(
        Enquiry.objects.order_by("pk").values_list("reply_due_at", "qualification_due_at")
    )
    assert together[2][1] is None


def test_a_closed_one_is_left_alone_and_reckoned_when_it_opens_again(found, officer):
    triage.move(found, Stage.NON_APPLICABLE, why="A robot", by=officer)
    ClosingDay.objects.create(day="2026-01-06", name="Flood")
    assert clock.reckon_open() == 0 and fresh(found).reply_due_at == DUE
    triage.move(found, Stage.DIALOGUE, by=officer)
    assert fresh(found).due_at == at("2026-01-08 10:00")


def test_the_queries_of_reckoning_do_not_grow_with_the_enquiries():
    def queries():
        with CaptureQueriesContext(connection) as asked:
            clock.reckon_open()
        return len(asked)

    enquiry(received_at=MONDAY)
    ClosingDay.objects.create(day="2026-01-06", name="Flood")
    few = queries()
    for number in range(40):
        enquiry(received_at=MONDAY + timedelta(minutes=number))
    ClosingDay.objects.create(day="2026-01-07", name="Flood")
    assert queries() == few


# How it reads


def shown(found, now):
    one = clock_display.with_not_reached(Enquiry.objects.filter(pk=found.pk)).get()
    return clock_display.due_in(one, at(now), clock.Clock.now_in_force())


@pytest.mark.parametrize(
    ("now", "words", "icon", "tone"),
    [
        ("2026-01-05 10:00", "First reply due in 2 working d", "clock", "plain"),
        ("2026-01-05 11:30", "First reply due in 1 working d 6 h", "clock", "plain"),
        ("2026-01-06 10:00", "First reply due in 1 working d", "clock", "plain"),
        ("2026-01-06 13:59", "First reply due in 4 working h", "clock", "plain"),
        ("2026-01-06 14:00", "First reply due in 4 working h", "soon", "soon"),
        ("2026-01-06 23:00", "First reply due in 1 working h", "soon", "soon"),
        ("2026-01-07 09:35", "First reply due in 25 working min", "soon", "soon"),
        ("2026-01-07 10:00", "First reply late", "late", "late"),
        ("2026-01-07 10:20", "First reply late by 20 working min", "late", "late"),
        ("2026-01-07 15:10", "First reply late by 5 working h", "late", "late"),
        ("2026-01-12 09:00", "First reply late by 2 working d 7 h", "late", "late"),
    ],
)
def test_an_unanswered_one_says_by_word_and_shape_how_much_working_time_is_left(
    found, now, words, icon, tone
):
    display = shown(found, now)
    assert (display.words, display.icon, display.tone) == (words, icon, tone)
    assert display.at == DUE and f'href="#i-{icon}"' in display.html and "7 Jan 2026, 10:00" in display.html


def test_what_is_due_today_says_so(found):
    assert "Today" in shown(found, "2026-01-07 09:00").html
    assert "Today" not in shown(found, "2026-01-06 09:00").html


def test_a_held_one_says_that_its_clock_runs(found):
    Enquiry.objects.filter(pk=found.pk).update(held_at=MONDAY, held_why="Trap")
    display = shown(found, "2026-01-06 10:00")
    assert (display.words, display.icon) == ("Held, first reply due in 1 working d", "held")
    late = shown(found, "2026-01-07 15:00")
    assert (late.words, late.icon) == ("Held, first reply late by 5 working h", "late")


def test_one_that_came_back_says_so_beside_its_clock(found, officer):
    contact(found, officer, reached=False)
    display = shown(found, "2026-01-07 15:00")
    assert display.text == "First reply late by 5 working h; Not reached: the reply came back"
    assert "Not reached: the reply came back" in display.html and 'href="#i-back"' in display.html
    assert clock_display.due_in(fresh(found), at("2026-01-07 15:00"), clock.Clock.now_in_force()) == display


def test_a_waiting_one_is_paused_since_a_day(found, officer):
    contact(found, officer)
    triage.move(found, Stage.AWAITING, by=officer)
    Enquiry.objects.filter(pk=found.pk).update(waiting_since=at("2026-01-06 11:00"))
    display = shown(found, "2026-01-20 10:00")
    assert display.words == "Paused since 6 Jan 2026: waiting on the investor" and display.icon == "paused"


@pytest.mark.parametrize(
    ("when", "words", "icon"),
    [
        ("2026-01-07 10:00", "Answered in time", "done"),
        ("2026-01-07 12:30", "Answered 2 working h late", "done-late"),
        ("2026-01-07 10:00:20", "Answered a little late", "done-late"),
    ],
)
def test_an_answered_and_qualified_one_says_whether_it_was_answered_in_time(
    found, officer, when, words, icon
):
    contact(found, officer, when)
    Enquiry.objects.filter(pk=found.pk).update(
        qualified_at=MONDAY, investment_readiness="exploring", quality="high"
    )
    display = shown(found, "2026-02-01 10:00")
    assert (display.words, display.icon) == (words, icon)


def test_an_answered_one_owes_its_qualification(found, officer):
    contact(found, officer)
    assert shown(found, "2026-01-16 10:00").words == "Qualification due in 1 working d"


@pytest.mark.parametrize(
    ("answered", "words"), [(True, "Closed after a reply"), (False, "Closed without a reply")]
)
def test_a_closed_one_says_how_it_was_closed(found, officer, answered, words):
    if answered:
        contact(found, officer)
    triage.move(found, Stage.NON_FDI, why="A job seeker", by=officer)
    assert shown(found, "2026-02-01 10:00").words == words


def test_a_list_reads_calendar_targets_and_what_came_back_once(officer, django_assert_num_queries):
    for number in range(10):
        enquiry(received_at=MONDAY + timedelta(hours=number))
    with django_assert_num_queries(4):
        now_in_force = clock.Clock.now_in_force()
        for row in clock_display.with_not_reached(Enquiry.objects.all()):
            assert clock_display.due_in(row, at("2026-01-06 12:00"), now_in_force).html


def test_both_obligations_of_a_record_are_said(found, officer):
    now_in_force = clock.Clock.now_in_force()
    said = clock_display.obligations(fresh(found), at("2026-01-06 10:00"), now_in_force)
    assert [(what, display.words) for what, display in said] == [
        ("First reply", "First reply due in 1 working d"),
        ("Qualification", "Qualification due in 9 working d"),
    ]
