"""Every working day a list of the unanswered: to whom it goes, what stands in it, and where its link leads."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Absence, Team
from enquiries import emails, triage
from enquiries.models import DailyList, EnquiryMail, OfficeHours
from enquiries.reminders import send_daily_lists
from tests.enquiries.owed import CHANGE, LONDON, MANAGE, MONDAY, answer, at, came_in, mails, told
from tests.factories import staff

pytestmark = pytest.mark.django_db
LIST = EnquiryMail.Kind.DAILY_LIST
NOON = at("2026-11-17 12:00")


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


# Where its link leads


def away(user, deputy):
    today = datetime.now(LONDON).date()
    return Absence.objects.create(user=user, first_day=today, last_day=today, deputy=deputy)


@pytest.fixture
def office():
    """An officer who has some of everything, a manager, and what is neither's."""
    officer = staff("officer", CHANGE, "enquiries.view_enquiry")
    manager = staff("manager", CHANGE, "enquiries.view_enquiry", MANAGE)
    gone, absent, other, leaver = staff("gone"), staff("absent"), staff("other"), staff("leaver")
    away(gone, deputy=absent), away(absent, deputy=officer)
    team, others = Team.objects.create(name="Ports"), Team.objects.create(name="Energy")
    team.members.add(officer)
    leaver.is_active = False
    leaver.save()
    held = {"held_at": MONDAY, "held_why": "Trap"}
    for given in (
        *({"owner": officer}, {"owner": officer} | held, {"team": team}, {"team": team} | held),
        *({"owner": absent}, {"owner": gone}, {"owner": leaver, "team": team}),
        *({"owner": other}, {"owner": other, "team": team}, {"team": others}, {"owner": leaver}, {}, held),
    ):
        came_in(**given)
    answer(came_in(owner=officer), officer)
    triage.move(came_in(owner=officer), "non-applicable", why="A robot", by=officer)
    return {"officer": officer, "manager": manager}


@pytest.mark.parametrize(("who", "number"), [("officer", 7), ("manager", 13)])
def test_the_link_leads_to_the_rows_of_the_mail_and_to_no_others(client, office, who, number):
    send_daily_lists(NOON)
    mail = mails(LIST).get(recipient=office[who])
    assert mail.subject.startswith(f"{number} unanswered")
    link = urlsplit(re.search(r"All of them: (\S+)", mail.body)[1])
    client.force_login(office[who])
    rows = client.get(f"{link.path}?{link.query}").context["cl"].result_list
    assert len(rows) == number
    assert {row.reference for row in rows} == set(re.findall(r"ENQ-\d{4}-\d+", mail.body))


def test_the_links_page_costs_the_same_with_many_who_are_away(client, office):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get("/admin/enquiries/enquiry/?owed=mine").status_code == 200
        return len(found)

    client.force_login(office["officer"])
    asked()
    before = asked()
    for number in range(5):
        absent = staff(f"absent-{number}")
        away(absent, deputy=office["officer"])
        came_in(owner=absent)
    assert asked() == before


def test_what_the_filter_does_not_know_is_refused(client, office):
    client.force_login(office["officer"])
    response = client.get("/admin/enquiries/enquiry/?owed=everything", follow=True)
    assert response.redirect_chain and response.status_code == 200
