"""Teams and absences in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Absence, Team
from tests import factories
from tests.admin_form import list_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    names = [
        f"accounts.{verb}_{model}" for verb in ("add", "change", "view") for model in ("team", "absence")
    ]
    user = factories.staff("keeper", *names)
    client.force_login(user)
    return user


def absence(user, deputy="", first=0, last=7):
    today = timezone.localdate()
    days = {"first_day": today + timedelta(days=first), "last_day": today + timedelta(days=last)}
    return {"user": user.pk, "deputy": deputy and deputy.pk, **days}


def test_a_team_is_made_of_colleagues_who_are_there(client, keeper):
    gone = factories.staff("gone")
    gone.is_active = False
    gone.save()
    address = "/admin/accounts/team/add/"
    assert client.post(address, {"name": "Energy", "members": [keeper.pk, gone.pk]}).status_code == 200
    client.post(address, {"name": "Energy", "members": [keeper.pk]})
    assert list(Team.objects.get().members.all()) == [keeper]


def test_a_team_keeps_who_has_left_until_somebody_takes_them_out(client, keeper):
    team = Team.objects.create(name="Energy")
    gone = factories.staff("gone")
    team.members.set([keeper, gone])
    gone.is_active = False
    gone.save()
    assert save(client, team, name="Energy and ports").status_code == 302
    assert set(team.members.all()) == {keeper, gone}
    page = client.get(list_of(Team)).content.decode()
    assert "Energy and ports" in page and "gone" not in page.split("<tbody")[1].split("</tbody>")[0]


def test_a_team_is_retired_and_not_deleted(client):
    client.force_login(factories.superuser())
    team = Team.objects.create(name="Energy")
    assert client.post(f"/admin/accounts/team/{team.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_absence_is_noted_with_who_stands_in(client, keeper):
    deputy = factories.staff("deputy")
    response = client.post("/admin/accounts/absence/add/", absence(keeper, deputy))
    assert response.status_code == 302
    assert Absence.objects.on(timezone.localdate()).get().deputy == deputy
    assert "deputy" in client.get(list_of(Absence), {"when": "now"}).content.decode()
    assert client.get(list_of(Absence), {"when": "past"}).context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first": 8}, "The last day is before the first."),
        ({"deputy": "own"}, "Nobody is their own deputy."),
        ({"first": 3, "last": 4}, "already noted as away"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_with_a_sentence(client, keeper, wrong, words):
    if "last" in wrong:
        today = timezone.localdate()
        Absence.objects.create(user=keeper, first_day=today, last_day=today + timedelta(days=7))
    given = wrong | ({"deputy": keeper} if "deputy" in wrong else {})
    page = client.post("/admin/accounts/absence/add/", absence(keeper, **given))
    assert page.status_code == 200 and words in page.content.decode()


def test_the_lists_cost_the_same_with_many_rows(client, keeper, django_assert_max_num_queries):
    for number in range(20):
        member = factories.staff(f"colleague-{number}")
        Team.objects.create(name=f"Team {number}").members.add(member, keeper)
        today = timezone.localdate()
        Absence.objects.create(user=member, deputy=keeper, first_day=today, last_day=today)
    for model in (Team, Absence):
        client.get(list_of(model))
        with django_assert_max_num_queries(8):
            client.get(list_of(model))
