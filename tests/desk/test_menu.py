"""The menu of the desk: every model that somebody may open stands in it once, where its subject is."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from lcr_crm.admin_site import MENU
from tests import factories

pytestmark = pytest.mark.django_db


def menu(client, user):
    client.force_login(user)
    return client.get("/admin/").context["available_apps"]


def test_every_model_of_the_desk_stands_in_one_group(client):
    groups = menu(client, factories.superuser())
    listed = [entry["model"] for group in groups for entry in group["models"] if "model" in entry]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(admin.site._registry)


def test_the_groups_stand_in_their_order_each_once(client):
    names = [group["name"] for group in menu(client, factories.superuser())]
    assert names == [name for name, _ in MENU if name in names]


def test_enquiries_projects_and_contacts_stand_together_and_how_we_answer_apart(client):
    groups = {group["name"]: group["models"] for group in menu(client, factories.superuser())}
    assert [entry["object_name"] for entry in groups["Enquiries"]] == [
        "Enquiry",
        "InvestmentProject",
        "Interaction",
    ]
    apart = {entry["object_name"] for entry in groups["How we answer"]}
    assert {"ResponseTarget", "AssignmentRule", "Team", "Absence"} <= apart
    assert "Interaction" not in {entry["object_name"] for entry in groups["Partners"]}


def test_a_group_of_which_one_may_open_nothing_is_not_there(client):
    viewer = factories.staff("viewer")
    viewer.groups.add(Group.objects.get(name="viewer"))
    assert "Administration" not in {group["name"] for group in menu(client, viewer)}
    assert all(group["models"] for group in menu(client, viewer))
