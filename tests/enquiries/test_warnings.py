"""Who is reminded, when, how often, and of what."""

import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import Absence, Team
from enquiries import clock, conversation, emails, triage
from enquiries.models import DailyList, Enquiry, EnquiryMail, OfficeHours, Warned
from enquiries.models.stage import Stage
from enquiries.reminders import managers, send_daily_lists, warn_of_breaches
from partners.models import Interaction
from tests.factories import enquiry, staff, superuser

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
MANAGE, CHANGE = "enquiries.manage_enquiry", "enquiries.change_enquiry"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


MONDAY = at("2026-11-16 09:00")  # a first reply is due on Tuesday at 17:00; warnings go at 13:00 and 15:00


def came_in(**given):
    return enquiry(**{"received_at": MONDAY} | given)


def mails(kind=EnquiryMail.Kind.WARNING):
    return EnquiryMail.objects.filter(kind=kind)


def told(kind=EnquiryMail.Kind.WARNING):
    return sorted(mails(kind).values_list("to", flat=True))


def answer(found, by, reached=True):
    return conversation.log_contact(
        found,
        channel=Interaction.Channel.EMAIL,
        direction=Interaction.Direction.FROM_US,
        at=found.received_at + timedelta(hours=1),
        subject="Our answer",
        reached=reached,
        by=by,
    )


# Warnings


@pytest.mark.parametrize(
    ("now", "warned"),
    [
        ("2026-11-17 12:59", []),
        ("2026-11-17 13:00", ["officer@example.org"]),
        ("2026-11-17 14:59", ["officer@example.org"]),
        ("2026-11-17 15:00", ["manager@example.org", "officer@example.org"]),
        ("2026-11-20 09:00", ["manager@example.org", "officer@example.org"]),  # no run for days loses nothing
    ],
)
def test_the_officer_is_warned_first_then_the_manager(now, warned):
    staff("manager", MANAGE)
    came_in(owner=staff("officer"))
    warn_of_breaches(at(now))
    assert told() == warned


def test_the_lead_is_working_time_so_a_monday_morning_is_warned_of_on_friday():
    came_in(received_at=at("2026-11-12 11:00"), owner=staff("officer"))  # due on Monday at 11:00
    warn_of_breaches(at("2026-11-13 14:59"))
    assert told() == []
    warn_of_breaches(at("2026-11-13 15:00"))
    assert told() == ["officer@example.org"]


def test_they_are_warned_once():
    staff("manager", MANAGE)
    came_in(owner=staff("officer"))
    for hour in range(3):
        warn_of_breaches(at("2026-11-17 15:00") + timedelta(hours=hour))
    assert told() == ["manager@example.org", "officer@example.org"]


def test_a_moment_that_is_reckoned_anew_is_warned_of_anew():
    found = came_in(owner=staff("officer"))
    warn_of_breaches(at("2026-11-17 13:00"))
    Enquiry.objects.filter(pk=found.pk).update(received_at=at("2026-11-16 10:00"))
    found.refresh_from_db()
    clock.reckon(found)
    warn_of_breaches(at("2026-11-17 14:00"))
    assert Warned.objects.filter(whom="officer").count() == 2


def test_the_deputy_is_warned_while_the_officer_is_away(settings):
    officer, deputy = staff("officer"), staff("deputy")
    today = datetime.now(LONDON).date()
    Absence.objects.create(user=officer, first_day=today, last_day=today, deputy=deputy)
    came_in(owner=officer)
    warn_of_breaches(at("2026-11-17 13:00"))
    assert told() == ["deputy@example.org"]


def test_every_member_of_the_team_is_warned_where_nobody_has_taken_it():
    team = Team.objects.create(name="Ports")
    team.members.set([staff("one"), staff("two")])
    came_in(team=team)
    warn_of_breaches(at("2026-11-17 13:00"))
    assert told() == ["one@example.org", "two@example.org"]


def test_a_leavers_enquiry_is_warned_of_to_the_team_and_then_to_the_officers_address():
    leaver, team = staff("leaver"), Team.objects.create(name="Ports")
    leaver.is_active = False
    leaver.save()
    came_in(owner=leaver, team=team)
    warn_of_breaches(at("2026-11-17 13:00"))
    assert told() == [settings.OFFICERS_EMAIL]


def test_a_held_one_is_warned_of_and_its_mail_says_so():
    came_in(held_at=MONDAY, held_why="Trap")
    warn_of_breaches(at("2026-11-17 13:00"))
    mail = mails().get()
    assert "release it, or close it" in mail.body and "Held, first reply due in 4 working h" in mail.subject


def test_an_answered_one_is_warned_of_for_its_qualification():
    officer = staff("officer")
    answer(came_in(owner=officer), officer)
    warn_of_breaches(at("2026-11-17 15:00"))
    assert told() == []
    warn_of_breaches(at("2026-11-25 17:00"))  # due on 27 November at 17:00
    assert mails().filter(kind="warning", to="officer@example.org").count() == 1
    assert "Qualification due in 2 working d" in mails().first().subject


def test_a_waiting_and_a_closed_one_are_not_warned_of():
    officer = staff("officer")
    waiting, closed = came_in(owner=officer), came_in(owner=officer)
    answer(waiting, officer)
    triage.move(waiting, Stage.AWAITING, by=officer)
    triage.move(closed, Stage.NON_APPLICABLE, why="A robot", by=officer)
    warn_of_breaches(at("2027-02-01 09:00"))
    assert told() == []


def test_one_that_came_back_is_warned_of_again_as_unanswered():
    officer = staff("officer")
    found = came_in(owner=officer)
    contact = answer(found, officer)
    contact.reached = False
    contact.save()
    warn_of_breaches(at("2026-11-17 13:00"))
    assert "Not reached: the reply came back" in mails().get().subject


def test_no_warning_and_no_list_names_an_investor():
    officer = staff("officer", CHANGE)
    found = came_in(owner=officer, country="KR", family_name="홍", given_name="길동")
    warn_of_breaches(at("2026-11-17 13:00"))
    send_daily_lists(at("2026-11-17 13:00"))
    for mail in EnquiryMail.objects.all():
        text = mail.subject + mail.body
        assert found.reference in text and "South Korea" in text
        for secret in ("홍", "길동", found.organisation, found.email, found.plans):
            assert secret not in text


def test_one_enquiry_that_cannot_be_warned_of_holds_up_no_other(monkeypatch):
    broken, fine = came_in(), came_in()
    write = emails.queue_warning

    def fails_for_one(enquiry, **given):
        if enquiry.pk == broken.pk:
            raise RuntimeError("no")
        return write(enquiry, **given)

    monkeypatch.setattr(emails, "queue_warning", fails_for_one)
    warn_of_breaches(at("2026-11-17 13:00"))
    assert [mail.enquiry for mail in mails()] == [fine]
    monkeypatch.undo()
    warn_of_breaches(at("2026-11-17 13:05"))
    assert mails().filter(enquiry=broken).exists()


def test_administrators_are_managers_only_where_there_is_nobody_else():
    boss = superuser()
    assert managers() == [boss]
    manager = staff("manager", MANAGE)
    assert managers() == [manager]
    manager.is_active = False
    manager.save()
    assert managers() == [boss]


# The daily list

LIST = EnquiryMail.Kind.DAILY_LIST


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-17 08:59", date(2026, 11, 16)),
        ("2026-11-17 09:00", date(2026, 11, 17)),
        ("2026-11-21 12:00", date(2026, 11, 20)),  # Saturday: Friday's, where the run was missed
        ("2026-12-28 12:00", date(2026, 12, 24)),  # the Monday after Boxing Day
    ],
)
def test_the_list_is_of_the_newest_working_day_whose_office_has_opened(now, day):
    came_in(owner=staff("officer", CHANGE))
    send_daily_lists(at(now))
    assert [row.day for row in DailyList.objects.all()] == [day]


def test_the_list_goes_once_a_day():
    came_in(owner=staff("officer", CHANGE))
    for now in ("2026-11-17 09:00", "2026-11-17 09:05", "2026-11-17 23:00", "2026-11-18 08:55"):
        send_daily_lists(at(now))
    assert told(LIST) == ["officer@example.org"]
    send_daily_lists(at("2026-11-18 09:00"))
    assert told(LIST) == ["officer@example.org"] * 2


def test_who_owes_nothing_gets_no_mail_and_the_row_says_done():
    staff("officer", CHANGE)
    assert send_daily_lists(at("2026-11-17 09:00")) == 0
    assert DailyList.objects.get().mail is None
    assert told(LIST) == []


def test_an_officer_gets_theirs_and_their_teams_and_those_of_whom_they_stand_in_for():
    officer, away, other = staff("officer", CHANGE), staff("away"), staff("other")
    today = datetime.now(LONDON).date()
    Absence.objects.create(user=away, first_day=today, last_day=today, deputy=officer)
    team = Team.objects.create(name="Ports")
    team.members.add(officer)
    rows = [came_in(owner=officer), came_in(team=team), came_in(owner=away)]
    others = [came_in(owner=other), came_in(), answered_by(other)]
    send_daily_lists(at("2026-11-17 09:00"))
    mail = mails(LIST).get(to="officer@example.org")
    assert all(row.reference in mail.body for row in rows)
    assert not any(row.reference in mail.body for row in others)
    assert "Yours (1)" in mail.body and "Ports, not taken by anybody (1)" in mail.body
    assert "For away, who is away (1)" in mail.body


def answered_by(officer):
    found = came_in(owner=officer)
    answer(found, officer)
    return found


def test_a_manager_gets_all_by_officer_and_what_nobody_has():
    staff("manager", MANAGE)
    officer, leaver = staff("officer"), staff("leaver")
    leaver.is_active = False
    leaver.save()
    rows = [came_in(owner=officer), came_in(owner=leaver), came_in(held_at=MONDAY, held_why="Trap")]
    send_daily_lists(at("2026-11-18 10:00"))
    mail = mails(LIST).get(to="manager@example.org")
    assert mail.subject == "3 unanswered, 3 of them late, 18 November 2026"
    assert all(row.reference in mail.body for row in rows)
    assert mail.body.index("Nobody has these (2)") < mail.body.index("officer (1)")
    assert "First reply late by 1 working h" in mail.body and "Held, first reply late" in mail.body


def test_the_list_says_what_came_back():
    officer = staff("officer")
    found = came_in(owner=officer)
    answer(found, officer, reached=False)
    send_daily_lists(at("2026-11-17 09:00"))
    assert "Not reached: the reply came back" in mails(LIST).get(recipient=officer).body


def test_a_long_list_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(emails, "MOST_LISTED", 2)
    officer = staff("officer")
    for _ in range(5):
        came_in(owner=officer)
    send_daily_lists(at("2026-11-17 09:00"))
    mail = mails(LIST).get(recipient=officer)
    assert mail.subject.startswith("5 unanswered") and "And 3 more" in mail.body
    assert mail.body.count("ENQ-") == 2


def test_the_number_of_queries_does_not_grow_with_the_unanswered(django_assert_max_num_queries):
    officer = staff("officer")
    for _ in range(30):
        came_in(owner=officer)
    with django_assert_max_num_queries(40):
        send_daily_lists(at("2026-11-17 09:00"))


def test_an_office_that_opens_later_sends_its_list_later():
    OfficeHours.objects.filter(weekday=1).update(opens="10:30")
    came_in(owner=staff("officer"))
    send_daily_lists(at("2026-11-17 10:29"))
    assert DailyList.objects.get().day == date(2026, 11, 16)


# Two workers at one instant


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once():
    staff("manager", MANAGE)
    came_in(owner=staff("officer"))
    start, faults = threading.Barrier(4), []

    def run():
        try:
            start.wait()
            warn_of_breaches(at("2026-11-17 16:00"))
            send_daily_lists(at("2026-11-17 16:00"))
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _ in range(4)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert not faults
    assert told() == told(LIST) == ["manager@example.org", "officer@example.org"]
    assert DailyList.objects.filter(mail__isnull=False).count() == 2
