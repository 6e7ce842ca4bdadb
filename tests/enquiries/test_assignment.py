"""Who gets an enquiry: by the first rule that matches, by hand, and when a colleague leaves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Absence, Team
from enquiries import assignment, triage
from enquiries.models import AssignmentRule, Enquiry
from opportunities.models import Opportunity
from tests import factories
from tests.enquiries.filling import ANSWERS, KOREAN, send

pytestmark = pytest.mark.django_db
CHANGE = ["enquiries.view_enquiry", "enquiries.change_enquiry"]


@pytest.fixture
def amy():
    return factories.staff("amy", *CHANGE)


@pytest.fixture
def ben():
    return factories.staff("ben", *CHANGE)


def rule(position=0, **given):
    return AssignmentRule.objects.create(position=position, **given)


def team(name="Energy", *members):
    made = Team.objects.create(name=name)
    made.members.set(members)
    return made


def away(user, deputy=None):
    today = timezone.localdate()
    return Absence.objects.create(
        user=user, deputy=deputy, first_day=today, last_day=today + timedelta(days=7)
    )


def received(client, answers=ANSWERS, language="en", **more):
    send(client, language, answers, **more)
    return Enquiry.objects.latest("pk")


def decided(country="DK", language="en", opportunities=()):
    return assignment.first_matching(
        assignment.Asked.about(set(opportunities), country=country, language=language)
    )


def told(enquiry):
    return list(enquiry.mails.filter(kind="assignment").values_list("to", flat=True).order_by("to"))


def test_the_first_rule_that_holds_decides(amy, ben):
    korea, rest = rule(1, country="KR", officer=amy), rule(2, officer=ben)
    assert decided("KR", "ko") == korea and decided("DK") == rest
    rule(0, language="ko", officer=ben)
    assert decided("KR", "ko").language == "ko"


def test_every_condition_must_hold(amy):
    rule(country="KR", language="ko", officer=amy)
    assert decided("KR", "en") is None and decided("DK", "ko") is None and decided("KR", "ko")


def test_an_opportunity_or_its_theme_decides(amy, ben):
    barrage, other = factories.opportunity(), factories.opportunity("other-barrage")
    by_theme = rule(1, theme=factories.theme_of(barrage), officer=amy)
    by_name = rule(2, opportunity=other, officer=ben)
    assert decided(opportunities=[barrage.pk]) == by_theme
    assert decided(opportunities=[other.pk]) == by_name
    assert decided(opportunities=[other.pk, barrage.pk]) == by_theme
    assert decided() is None


def test_a_rule_for_who_has_left_a_retired_team_or_out_of_use_is_passed_over(amy, ben):
    retired = team("Old")
    rule(1, officer=amy), rule(2, team=retired), rule(3, officer=ben, in_use=False)
    amy.is_active, retired.retired_at = False, timezone.now()
    amy.save(), retired.save()
    assert decided() is None


def test_what_comes_in_is_given_and_its_officer_told(client, amy):
    made = rule(officer=amy, country="DK")
    enquiry = received(client)
    assert enquiry.owner == amy
    row = enquiry.assignments.get()
    assert (row.rule, row.officer, row.by, row.why) == (made, amy, None, "Denmark.")
    sent = enquiry.mails.get(kind="assignment")
    assert (sent.to, sent.recipient) == (amy.email, amy)
    assert sent.subject.startswith(f"{enquiry.reference} is yours, first reply due")
    assert "Holm" not in sent.subject + sent.body and f"/{enquiry.pk}/change/" in sent.body


def test_every_member_of_a_team_is_told(client, amy, ben):
    gone = factories.staff("gone")
    gone.is_active = False
    gone.save()
    rule(team=team("Energy", amy, ben, gone))
    enquiry = received(client)
    assert (enquiry.owner, enquiry.team.name) == (None, "Energy")
    assert told(enquiry) == [amy.email, ben.email]
    assert "is for your team Energy" in enquiry.mails.filter(kind="assignment").first().subject


def test_who_is_away_is_stood_in_for_and_the_deputy_of_a_deputy(client, amy, ben):
    cal = factories.staff("cal", *CHANGE)
    rule(officer=amy)
    away(amy, ben), away(ben, cal)
    enquiry = received(client)
    assert enquiry.owner == cal and told(enquiry) == [cal.email]
    assert "amy is away" in enquiry.assignments.get().why


def test_deputies_in_a_circle_or_without_one_leave_it_with_the_officer(amy, ben):
    away(amy, ben), away(ben, amy)
    assert assignment.at_work(amy) == amy
    Absence.objects.all().delete()
    away(amy)
    assert assignment.at_work(amy) == amy


def test_a_deputy_who_has_left_does_not_stand_in(amy, ben):
    ben.is_active = False
    ben.save()
    away(amy, ben)
    assert assignment.at_work(amy) == amy


def test_what_is_given_to_somebody_away_is_theirs_and_their_deputy_is_told(amy, ben):
    enquiry, manager = factories.enquiry(), factories.staff("manager")
    away(amy, ben)
    triage.assign(enquiry, officer=amy, why="Knows them", by=manager)
    enquiry.refresh_from_db()
    assert enquiry.owner == amy and told(enquiry) == [ben.email]
    assert "for whom you stand in" in enquiry.mails.get().subject


def test_by_hand_it_takes_a_reason(amy, ben):
    enquiry = factories.enquiry(owner=ben)
    with pytest.raises(triage.NotPossible, match="Say why"):
        triage.assign(enquiry, officer=amy, why=" ", by=ben)
    triage.assign(enquiry, officer=amy, why="Speaks Danish", by=ben)
    assert enquiry.assignments.get().why == "Speaks Danish" and told(enquiry) == [amy.email]


def test_who_gave_it_to_themselves_is_not_told(amy):
    enquiry = factories.enquiry()
    triage.assign(enquiry, officer=amy, why="Mine", by=amy)
    assert not enquiry.mails.exists()


def test_nothing_is_given_to_who_has_left_or_to_a_retired_team(amy, ben):
    enquiry = factories.enquiry()
    amy.is_active = False
    amy.save()
    with pytest.raises(triage.NotPossible, match="has left"):
        triage.assign(enquiry, officer=amy, why="x", by=ben)
    with pytest.raises(triage.NotPossible, match="retired"):
        triage.assign(
            enquiry, team=Team.objects.create(name="Old", retired_at=timezone.now()), why="x", by=ben
        )


def test_what_somebody_took_while_it_was_held_stays_theirs_when_it_is_released(amy, ben):
    rule(officer=ben)
    enquiry = factories.enquiry(held_at=timezone.now(), held_why="Too fast")
    triage.take(enquiry, by=amy)
    triage.release([enquiry], by=amy)
    enquiry.refresh_from_db()
    assert enquiry.owner == amy


def test_what_is_released_is_given_by_rule(amy):
    rule(officer=amy)
    enquiry = factories.enquiry(held_at=timezone.now(), held_why="Too fast")
    triage.release([enquiry], by=None)
    enquiry.refresh_from_db()
    assert enquiry.owner == amy


def test_what_a_leaver_had_can_be_taken_and_demands_somebody_meanwhile(client, amy, ben):
    enquiry = factories.enquiry(owner=amy)
    amy.is_active = False
    amy.save()
    client.force_login(ben)
    page = client.get(f"/admin/enquiries/enquiry/{enquiry.pk}/change/").content.decode()
    assert "Nobody: amy has left" in page and "Take it" in page
    with pytest.raises(triage.NotPossible, match="Nobody has it"):
        triage.move(enquiry, "engaged-in-dialogue", by=ben)
    client.post(f"/admin/enquiries/enquiry/{enquiry.pk}/take/")
    enquiry.refresh_from_db()
    assert enquiry.owner == ben


def test_somebody_away_is_shown_with_who_stands_in(client, amy, ben):
    enquiry = factories.enquiry(owner=amy)
    away(amy, ben)
    client.force_login(ben)
    page = client.get(f"/admin/enquiries/enquiry/{enquiry.pk}/change/").content.decode()
    assert "ben stands in" in page and "Nobody" not in page.split("What they ask")[0].split("Give to")[0]


def test_a_form_that_is_sent_runs_few_queries_whatever_rules_and_teams_there_are(client, amy):
    received(client)
    with CaptureQueriesContext(connection) as without:
        received(client, KOREAN, "ko")
    members = [factories.staff(f"member-{number}") for number in range(30)]
    for number in range(40):
        rule(number, country="JP", officer=amy)
    rule(99, team=team("Everybody", *members))
    with CaptureQueriesContext(connection) as found:
        enquiry = received(client, ANSWERS | {"email": "third@example.org"})
    assert len(told(enquiry)) == 30
    assert len(found) <= len(without) + 14


# By hand, on the page


def test_an_officer_gives_it_with_a_reason_from_the_record(client, amy, ben):
    enquiry = factories.enquiry()
    client.force_login(amy)
    address = f"/admin/enquiries/enquiry/{enquiry.pk}/assign/"
    client.post(address, {"officer": ben.pk, "why": "Speaks Danish"})
    enquiry.refresh_from_db()
    assert enquiry.owner == ben
    page = client.post(address, {"why": "I forgot to whom"}).content.decode()
    assert "Choose an officer, a team or both." in page and "I forgot to whom" in page
    reader = factories.staff("reader", "enquiries.view_enquiry")
    assert client.post(address, {"officer": reader.pk, "why": "x"}).status_code == 200
    enquiry.refresh_from_db()
    assert enquiry.owner == ben, "who may not work on enquiries is given none"


def test_a_second_taker_is_told_who_has_it_on_the_record(client, amy, ben):
    enquiry = factories.enquiry()
    triage.take(enquiry, by=amy)
    client.force_login(ben)
    page = client.post(f"/admin/enquiries/enquiry/{enquiry.pk}/take/", follow=True).content.decode()
    assert f"Amy has {enquiry.reference} since" in page


# Rules in the admin


def test_the_rules_can_be_tried(client, amy, ben):
    rule(1, country="KR", officer=amy), rule(2, officer=ben)
    manager = factories.superuser()
    client.force_login(manager)
    address = "/admin/enquiries/assignmentrule/try/"
    assert client.get(address).status_code == 200
    page = client.get(address, {"country": "DK", "language": "en"}).content.decode()
    assert "ben gets it" in page and "It does not come from South Korea." in page
    about = Opportunity.objects.order_by("pk").first().pk
    asked = {"country": "KR", "language": "ko", "opportunity": about}
    page = client.get(address, asked).content.decode()
    assert "amy gets it" in page and "an earlier one decides" in page
    away(amy, ben)
    page = client.get(address, asked).content.decode()
    assert "ben gets it" in page and "amy is away" in page
    assert client.get(address, {"country": "XX", "language": "xx"}).status_code == 200
    assert not Enquiry.objects.filter(owner__isnull=False).exists()


def test_the_rules_stand_in_their_order_and_each_says_to_whom(client, amy):
    client.force_login(factories.superuser())
    rule(2, officer=amy), rule(1, country="KR", language="ko", team=team())
    page = client.get("/admin/enquiries/assignmentrule/").content.decode()
    assert page.index("South Korea, answer in Korean") < page.index("Everything")


def test_a_rule_gives_to_one_of_the_two(client, amy):
    client.force_login(factories.superuser())
    data = {"position": 1, "in_use": "on", "officer": amy.pk, "team": team().pk}
    page = client.post("/admin/enquiries/assignmentrule/add/", data)
    assert "one of the two" in page.content.decode() and not AssignmentRule.objects.exists()
    assert client.post("/admin/enquiries/assignmentrule/add/", data | {"team": ""}).status_code == 302


def test_a_rule_of_who_has_left_can_still_be_changed(client, amy):
    kept = rule(officer=amy)
    amy.is_active = False
    amy.save()
    client.force_login(factories.superuser())
    data = {"position": 7, "in_use": "on", "officer": amy.pk, "team": ""}
    client.post(f"/admin/enquiries/assignmentrule/{kept.pk}/change/", data)
    kept.refresh_from_db()
    assert kept.position == 7
