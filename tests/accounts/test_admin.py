"""Members of staff in the admin: roles, not single permissions, and nobody lifts themselves up."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from tests import factories
from tests.admin_form import address, list_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    """Keeps the accounts, and is no superuser."""
    names = ["accounts.view_user", "accounts.change_user", "accounts.add_user"]
    user = factories.staff("keeper", *names)
    client.force_login(user)
    return user


def test_a_role_is_given_on_the_page_of_the_account(client, administrator):
    colleague, editor = factories.staff("colleague"), Group.objects.get(name="editor")
    assert save(client, colleague, groups=[editor.pk]).status_code == 302
    assert list(colleague.groups.all()) == [editor]


def test_only_a_superuser_makes_a_superuser(client, administrator):
    save(client, administrator, is_superuser="on")
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_only_a_superuser_changes_a_superuser(client, administrator):
    above = factories.superuser()
    assert client.post(address(above), {"username": "lowered"}).status_code == 403


def test_single_permissions_are_not_handed_out(client, administrator):
    form = client.get(address(administrator)).context["adminform"].form
    assert "user_permissions" not in form.fields


def test_who_leaves_is_made_inactive_and_not_deleted(client):
    client.force_login(factories.superuser())
    colleague = factories.staff("colleague")
    assert client.post(address(colleague, "delete"), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [colleague.pk], "post": "yes"}
    client.post(list_of(User), data)
    assert User.objects.filter(pk=colleague.pk).exists()


def test_the_list_costs_the_same_with_many_accounts(client, django_assert_num_queries):
    client.force_login(factories.superuser())
    client.get(list_of(User))
    for number in range(20):
        factories.staff(f"colleague-{number}").groups.add(Group.objects.get(name="editor"))
    with django_assert_num_queries(6):
        page = client.get(list_of(User))
    assert len(page.context["cl"].result_list) >= 21
