"""Who is warned before a target is missed, when, how often, and of what."""

import threading
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import Absence, Team
from enquiries import clock, emails, triage
from enquiries.models import DailyList, Enquiry, EnquiryMail, Warned
from enquiries.models.stage import Stage
from enquiries.reminders import managers, send_daily_lists, warn_of_breaches
from tests.enquiries.owed import CHANGE, LONDON, MANAGE, MONDAY, answer, at, came_in, mails, told
from tests.factories import staff, superuser

pytestmark = pytest.mark.django_db
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
    assert told() == told(EnquiryMail.Kind.DAILY_LIST) == ["manager@example.org", "officer@example.org"]
    assert DailyList.objects.filter(mail__isnull=False).count() == 2
