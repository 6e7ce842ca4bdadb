"""Interactions in the staff admin: who sees what of them, and what of a complete one can be corrected."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.models import Interaction
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/interaction/"
RIGHTS = ["partners.view_interaction", "partners.add_interaction", "partners.change_interaction"]
ROWS = ["person_rows", "organisation_rows", "participant_rows"]


def interaction(**given):
    facts = {
        "channel": "telephone",
        "direction": "conversation",
        "at": timezone.now(),
        "subject": "About the dock",
    }
    return Interaction.objects.create(**facts | {"counterpart": "Mette Holm", "notes": "40 MW"} | given)


@pytest.fixture
def officer(client):
    user = factories.staff("officer", *RIGHTS, "partners.view_person")
    client.force_login(user)
    return user


def form(**changed):
    given = {"kind": "interaction", "status": "complete", "channel": "telephone", "direction": "from-us"}
    given |= {"at_0": "2026-01-15", "at_1": "10:00", "reached": "on", "subject": "About the dock"}
    for rows in ROWS:
        given |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    return given | changed


def test_the_list_says_with_whom_by_which_channel_and_who_on_our_side(client, officer):
    interaction().participant_rows.create(adviser=officer)
    page = client.get(LIST).content.decode()
    assert "About the dock" in page and "Mette Holm" in page and "Telephone" in page and "officer" in page


def test_who_may_not_see_people_sees_that_there_was_a_contact_and_no_more(client):
    found = interaction()
    client.force_login(factories.staff("viewer", "partners.view_interaction", "partners.change_interaction"))
    addresses = [LIST, f"{LIST}{found.pk}/change/", f"{LIST}{found.pk}/history/", f"{LIST}?q=Mette"]
    for address in addresses:
        page = client.get(address).content.decode()
        for private in ["About the dock", "Mette Holm", "40 MW"]:
            assert private not in page
    assert "Telephone" in client.get(LIST).content.decode()
    assert client.post(addresses[1], form(subject="Other")).status_code == 403


def test_an_officer_corrects_words_of_a_complete_contact_and_not_what_proves_it(client, officer):
    found = interaction(reached=True)
    client.post(f"{LIST}{found.pk}/change/", form(subject="About the quay", reached="", at_0="2020-01-01"))
    after = Interaction.objects.get(pk=found.pk)
    assert after.subject == "About the quay" and after.reached and after.at == found.at


def test_a_manager_corrects_whether_it_reached_them(client, officer):
    found = interaction()
    manager = factories.staff("manager", *RIGHTS, "partners.view_person", "partners.delete_interaction")
    client.force_login(manager)
    client.post(f"{LIST}{found.pk}/change/", form(reached=""))
    assert not Interaction.objects.get(pk=found.pk).reached


def test_an_officer_deletes_no_contact(client, officer):
    assert client.post(f"{LIST}{interaction().pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_contact_that_is_still_to_come_is_a_draft(client, officer):
    page = client.post(f"{LIST}add/", form(at_0="2999-01-01"))
    assert "is a draft" in page.content.decode() and not Interaction.objects.exists()
    client.post(f"{LIST}add/", form(at_0="2999-01-01", status="draft"))
    assert Interaction.objects.get().logged_by == officer


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_as_often_for_many_as_for_one(client, officer, number):
    for _ in range(number):
        interaction().participant_rows.create(adviser=officer)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(LIST)
    assert len(asked) < 12
