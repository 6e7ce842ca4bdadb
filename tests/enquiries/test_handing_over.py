"""A colleague leaves: what was theirs goes to somebody else in one action, and who gets it is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team
from enquiries import handover, triage
from enquiries.models import AssignmentRule, Enquiry, EnquiryMail, InvestmentProject
from tests import factories

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


@pytest.fixture
def leaving(amy):
    """What amy leaves behind: three open enquiries, one closed, two projects, a rule."""
    for _ in range(3):
        factories.enquiry(owner=amy)
    closed = factories.enquiry(owner=amy)
    triage.move(closed, "non-fdi", why="No", by=amy)
    InvestmentProject.objects.create(name="Turbines", project_manager=amy, client_relationship_manager=amy)
    InvestmentProject.objects.create(name="Blades", client_relationship_manager=amy)
    rule(officer=amy)
    return amy


@pytest.fixture
def manager(client):
    made = factories.staff("manager", *CHANGE, "enquiries.manage_enquiry")
    client.force_login(made)
    return made


HAND_OVER = "/admin/enquiries/enquiry/hand-over/"


def test_a_leavers_are_reassigned_in_one_action(client, leaving, ben, manager):
    leaving.is_active = False
    leaving.save()
    page = client.get(HAND_OVER).content.decode()
    assert "amy" in page and "Has left" in page
    page = client.get(HAND_OVER, {"from": leaving.pk}).content.decode()
    assert "3 open enquiries" in page and "2 projects" in page and "1 assignment rule" in page
    typed = {"from": leaving.pk, "officer": ben.pk, "why": "Amy leaves", "rules": "on"}
    page = client.post(HAND_OVER, typed, follow=True).content.decode()
    assert "Ben has what was amy’s: 3 enquiries, 2 projects, 1 rule." in page
    assert Enquiry.objects.filter(owner=ben).count() == 3
    assert Enquiry.objects.get(owner=leaving).closed_at, "what is closed stays as it was"
    assert not handover.Theirs.of(leaving).rules.exists()
    turbines = InvestmentProject.objects.get(name="Turbines")
    assert turbines.project_manager == turbines.client_relationship_manager == ben
    sent = EnquiryMail.objects.get(kind="assignment")
    assert sent.to == ben.email and "3 enquiries, 2 projects" in sent.subject
    assert sent.body.count("ENQ-") == 3 and turbines.project_code in sent.body
    assert {row.why for one in Enquiry.objects.filter(owner=ben) for row in one.assignments.all()} == {
        "Amy leaves"
    }


def test_a_hand_over_is_whole_or_not_at_all(leaving, manager):
    with pytest.raises(triage.NotPossible, match="Choose an officer as well"):
        handover.hand_over(leaving, team=team(), why="Amy leaves", by=manager)


def test_projects_are_not_given_to_a_team_and_nothing_goes_before_that_is_said(client, leaving, manager):
    typed = {"from": leaving.pk, "team": team().pk, "why": "Amy leaves"}
    page = client.post(HAND_OVER, typed).content.decode()
    assert "Choose an officer as well" in page and "Amy leaves" in page
    assert Enquiry.objects.filter(owner=leaving).count() == 4


def test_enquiries_alone_go_to_a_team_and_every_member_is_told_once(amy, ben, manager):
    factories.enquiry(owner=amy), factories.enquiry(owner=amy)
    cal = factories.staff("cal")
    energy = team("Energy", ben, cal)
    rule(officer=amy)
    handover.hand_over(amy, team=energy, why="Amy leaves", by=manager)
    assert Enquiry.objects.filter(owner=None, team=energy).count() == 2
    assert AssignmentRule.objects.get().team == energy
    assert sorted(EnquiryMail.objects.filter(kind="assignment").values_list("to", flat=True)) == [
        ben.email,
        cal.email,
    ]


def test_handing_over_is_the_managers(client, amy):
    client.force_login(amy)
    assert client.get(HAND_OVER).status_code == 403
    assert client.post(HAND_OVER, {"from": amy.pk}).status_code == 403


@pytest.mark.parametrize("number", ["0", "999999", "x", "9" * 30])
def test_nobody_is_handed_over_who_is_not_there(client, manager, number):
    assert client.get(HAND_OVER, {"from": number}).status_code in (200, 404)


def test_the_account_of_a_colleague_leads_to_what_is_theirs(client, amy):
    client.force_login(factories.superuser())
    page = client.get(f"/admin/accounts/user/{amy.pk}/change/").content.decode()
    assert f"{HAND_OVER}?from={amy.pk}" in page


def test_the_page_of_hand_overs_costs_the_same_with_many_colleagues(client, manager):
    def count():
        with CaptureQueriesContext(connection) as found:
            client.get(HAND_OVER)
        return len(found)

    factories.enquiry(owner=manager)
    client.get(HAND_OVER)
    few = count()
    for number in range(10):
        factories.enquiry(owner=factories.staff(f"colleague-{number}"))
    assert count() == few


def test_projects_alone_are_told_of_too(amy, ben, manager):
    """They came from no enquiry, or from one that is closed."""
    project = InvestmentProject.objects.create(name="Turbines", project_manager=amy)
    handover.hand_over(amy, officer=ben, why="Amy leaves", by=manager)
    sent = EnquiryMail.objects.get()
    assert (sent.to, sent.recipient, sent.enquiry) == (ben.email, ben, None)
    assert sent.subject == "What was amy’s is yours: 1 project"
    assert project.project_code in sent.body and f"/investmentproject/{project.pk}/change/" in sent.body


def test_a_mail_about_several_stands_on_the_record_of_none(leaving, ben, manager):
    handover.hand_over(leaving, officer=ben, why="Amy leaves", by=manager)
    assert EnquiryMail.objects.get(kind="assignment").enquiry is None


def test_where_there_is_nothing_to_hand_over_nobody_is_told(amy, ben, manager):
    rule(officer=amy)
    handover.hand_over(amy, officer=ben, why="Amy leaves", by=manager)
    assert AssignmentRule.objects.get().officer == ben and not EnquiryMail.objects.exists()
