"""Who may do what on the publication page: by role, and by the setting that lets editors publish."""

import pytest
from django.contrib.auth.models import Group

from lcr_crm.roles import translators_of
from publishing.models import Act, Edition
from publishing.publication import publish
from publishing.workflow import submit
from tests import factories
from tests.admin_form import address
from tests.publishing.desk_post import act

pytestmark = pytest.mark.django_db
TYPED = {
    "publish": {"in_languages": ["en"]},
    "submit": {"in_languages": ["en"]},
    "approve": {"in_languages": ["en"]},
    "send_back": {"in_languages": ["en"], "why": "x"},
    "expire": {"in_languages": ["ko"]},
    "unschedule": {"in_languages": ["ko"]},
    "review": {"in_languages": ["ko"]},
    "withdraw": {"in_languages": ["ko"], "why": "x"},
    "take_down": {},
    "review_by": {"in_languages": ["en"]},
    "assign": {"in_languages": ["en"]},
    "discard": {"in_languages": ["en"]},
}
OF_PUBLISHERS = {"publish", "approve", "send_back", "expire", "unschedule", "review", "withdraw", "take_down"}


@pytest.fixture
def record():
    record = factories.opportunity()
    publish([record], ["ko"], by=None)
    return record


def member(*groups):
    user = factories.staff("-".join(groups))
    user.groups.add(*(Group.objects.get(name=name) for name in groups))
    return user


def refused(client, record, verb):
    return act(client, record, verb, **TYPED[verb]).status_code == 403


@pytest.mark.parametrize("role", ["viewer", "officer"])
def test_who_only_reads_sees_the_page_and_no_button(client, record, role):
    client.force_login(member(role))
    response = client.get(address(record, "publication"))
    assert response.status_code == 200 and not response.context["forms"]
    assert "You can read this page." in response.content.decode()
    done = Act.objects.count()
    assert all(refused(client, record, verb) for verb in TYPED)
    assert client.post(address(record, "editions"), {"restore-edition": 1}).status_code == 403
    assert Act.objects.count() == done


def test_an_editor_submits_and_does_not_publish(client, record):
    client.force_login(member("editor"))
    assert {verb for verb in TYPED if refused(client, record, verb)} == OF_PUBLISHERS
    assert act(client, record, "submit", in_languages=["en"]).status_code == 200  # it was submitted already
    assert not Edition.objects.of(record).filter(language="en").exists()


def test_an_editor_publishes_where_the_setting_says_so(client, record, settings):
    settings.EDITORS_MAY_PUBLISH = True
    client.force_login(member("editor"))
    assert not [verb for verb in TYPED if refused(client, record, verb)]
    assert Edition.objects.of(record).filter(language="en").exists()


def test_a_viewer_does_not_publish_whatever_the_setting_says(client, record, settings):
    settings.EDITORS_MAY_PUBLISH = True
    client.force_login(member("viewer"))
    assert all(refused(client, record, verb) for verb in TYPED)


def test_a_manager_may_do_all(client, record):
    client.force_login(member("manager"))
    assert not [verb for verb in TYPED if refused(client, record, verb)]


def test_a_translator_submits_korean_and_nothing_else(client, record):
    type(record).objects.filter(pk=record.pk).update(title_ko="새 제목", title_en="New title")
    client.force_login(member(translators_of("ko"), "viewer"))
    assert act(client, record, "submit", in_languages=["en", "ko"]).status_code == 403
    assert not Act.objects.filter(verb="submitted").exists()
    assert act(client, record, "submit", in_languages=["ko"]).status_code == 302
    for verb in set(TYPED) - {"submit"}:
        typed = TYPED[verb] | ({"in_languages": ["ko"]} if "in_languages" in TYPED[verb] else {})
        assert act(client, record, verb, **typed).status_code == 403, verb
    assert client.post(address(record, "editions"), {"restore-edition": 1}).status_code == 403


def test_a_translator_without_the_record_does_not_see_the_page(client, record):
    client.force_login(member(translators_of("ko")))
    assert client.get(address(record, "publication")).status_code == 403
    assert act(client, record, "submit", in_languages=["ko"]).status_code == 403


def test_an_editor_takes_part_in_dates_and_names(client, record):
    editor = member("editor")
    client.force_login(editor)
    assert act(client, record, "assign", in_languages=["ko"], assignee=editor.pk).status_code == 302
    assert act(client, record, "review_by", in_languages=["ko"], day="2031-02-03").status_code == 302


def test_nobody_signed_out_reaches_it(client, record):
    submit([(record, "en")], by=None)
    for name in ("publication", "editions"):
        assert client.get(address(record, name)).status_code == 302
    assert act(client, record, "take_down").status_code == 302
    assert record.readable_in("ko")
