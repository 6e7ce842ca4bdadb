"""What the roles of the fixture may do, and what they may not."""

import pytest
from django.contrib.auth.models import Group

from lcr_crm.roles import add_new_permissions, create_missing_roles, translators_of
from publishing import languages
from publishing.models.desk import translate_permission

pytestmark = pytest.mark.django_db

PERSONAL = {
    *("person", "appointment", "visitperson", "signatory", "contactpoint", "consent", "interactionperson"),
    *(
        "enquiryconsent",
        "enquirymail",
        "enquirynote",
        "incomingmail",
        "reply",
        "replyattachment",
        "projectperson",
    ),
}


def granted(role):
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=role).permissions.select_related("content_type")
    }


ROLES = {"viewer", "officer", "editor", "manager", "administrator"}
TRANSLATORS = {translators_of(code): translate_permission(code) for code in languages.translations()}


def test_there_are_five_roles_and_translators_of_each_language():
    assert set(Group.objects.values_list("name", flat=True)) == ROLES | set(TRANSLATORS)
    assert "translator (Korean)" in TRANSLATORS


@pytest.mark.parametrize("role", sorted(TRANSLATORS))
def test_a_translator_has_the_desk_of_one_language_and_nothing_else(role):
    assert granted(role) == {f"publishing.{TRANSLATORS[role]}"}


def test_roles_that_are_there_stay_as_they_have_become():
    group = Group.objects.get(name="translator (Korean)")
    group.permissions.clear()
    Group.objects.get(name="viewer").delete()
    assert create_missing_roles() == ["viewer"]
    assert granted(group.name) == set()


def test_permissions_that_came_with_a_new_version_are_added_where_they_are_asked_for():
    group = Group.objects.get(name="officer")
    kept = set(group.permissions.filter(codename__in=["view_person", "view_enquiry"]))
    extra = Group.objects.get(name="administrator").permissions.get(codename="add_user")
    group.permissions.set([*kept, extra])
    assert add_new_permissions() == ["officer"]
    assert {"enquiries.change_enquiry", "accounts.add_user"} <= granted("officer")


def test_an_older_group_of_translators_is_left_alone():
    older = Group.objects.create(name="translator")
    assert create_missing_roles() == []
    assert Group.objects.get(name="translator") == older


def test_a_viewer_only_looks():
    assert all(name.split(".")[1].startswith("view_") for name in granted("viewer"))


@pytest.mark.parametrize("role", ["viewer", *TRANSLATORS])
def test_a_role_without_personal_data_sees_no_person_and_nothing_that_one_wrote(role):
    assert not [name for name in granted(role) if name.split("_", 1)[1] in PERSONAL]


def test_an_officer_answers_enquiries_and_exports_them():
    verbs = ("view_enquiry", "add_enquiry", "change_enquiry", "export_enquiry")
    assert {f"enquiries.{verb}" for verb in verbs} <= granted("officer")


def test_an_officer_does_not_delete_enquiries():
    assert "enquiries.delete_enquiry" not in granted("officer")


def test_an_editor_sees_no_enquiry():
    assert not [name for name in granted("editor") if "enquir" in name]


def test_an_editor_writes_every_record_that_is_published():
    names = (
        "opportunities.change_theme opportunities.change_site opportunities.change_opportunity "
        "opportunities.change_casestudy opportunities.change_programme prospectus.change_page "
        "prospectus.change_newsitem prospectus.change_event partners.change_memorandum partners.change_delegationvisit"
    )
    assert set(names.split()) <= granted("editor")


@pytest.mark.parametrize("role", ["viewer", "officer", "editor", *TRANSLATORS])
def test_only_a_manager_publishes(role):
    assert "publishing.publish" not in granted(role)
    assert "publishing.publish" in granted("manager")


def test_a_manager_may_do_what_officer_and_editor_may():
    assert granted("officer") | granted("editor") < granted("manager")


def test_a_manager_reads_the_log_of_exports():
    assert "exports.view_exportlog" in granted("manager")


def test_only_an_administrator_looks_after_users():
    assert {"accounts.add_user", "accounts.change_user", "auth.change_group"} <= granted("administrator")
    assert not [name for name in granted("manager") if name.endswith(("_user", "_group"))]


@pytest.mark.parametrize("role", sorted(ROLES | set(TRANSLATORS)))
def test_nobody_writes_what_only_publishing_writes(role):
    assert not {
        f"publishing.{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("edition", "act", "provenance", "redirect", "desk", "previewlink")
    } & granted(role)
