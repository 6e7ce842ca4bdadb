"""A record's editions page: what readers had, any two compared, one restored, and who did what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Act, Edition
from publishing.publication import publish, unschedule
from publishing.workflow import submit
from tests import factories
from tests.admin_form import address
from tests.publishing.desk_post import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return factories.opportunity()


@pytest.fixture
def client(client):
    client.force_login(factories.staff("manager", "opportunities.view_opportunity", "publishing.publish"))
    return client


def give(record, title):
    type(record).objects.filter(pk=record.pk).update(title_en=title)
    return publish([record], ["en"], by=None)[0]


def restore(client, record, edition, **more):
    return client.post(address(record, "editions"), {"restore-edition": edition.pk} | more)


def editions(client, record, **query):
    return page(client, record, "editions", **query)


def test_each_edition_says_who_when_and_why(client, record):
    chief = factories.staff("chief")
    publish([record], ["en"], note="For the fair", by=chief)
    shown = editions(client, record)
    assert "chief" in shown and "For the fair" in shown and "River barrage" in shown


def test_a_language_is_chosen(client, record):
    publish([record], ["en", "ko"], by=None)
    korean = editions(client, record, language="ko")
    assert '<span lang="ko">강 하구 둑</span>' in korean
    assert '<span lang="en">River barrage</span>' not in korean


def test_the_first_language_with_editions_is_shown_to_begin_with(client, record):
    publish([record], ["ko"], by=None)
    assert client.get(address(record, "editions")).context["code"] == "ko"


def test_any_two_editions_are_compared_either_way(client, record):
    first, _second, third = give(record, "Old dock"), give(record, "New dock"), give(record, "New quay")
    shown = editions(client, record, older=first.pk, newer=third.pk)
    assert "from edition 1 to edition 3" in shown
    assert "<del>Old dock</del><ins>New quay</ins>" in shown
    back = editions(client, record, older=third.pk, newer=first.pk)
    assert "<del>New quay</del><ins>Old dock</ins>" in back


def test_an_edition_is_compared_with_the_working_copy(client, record):
    edition = give(record, "Old dock")
    type(record).objects.filter(pk=record.pk).update(title_en="New dock")
    shown = editions(client, record, older=edition.pk, newer="working")
    assert "to the working copy" in shown and "<del>Old</del><ins>New</ins>" in shown


def test_two_that_say_the_same_are_said_to(client, record):
    edition = give(record, "Old dock")
    assert "The two say the same" in editions(client, record, older=edition.pk, newer="working")


@pytest.mark.parametrize("asked", ["0", "999999999", "x", "-1", "٣", "9" * 40, "working'"])
def test_what_is_no_edition_of_it_is_said_and_nothing_breaks(client, record, asked):
    give(record, "Old dock")
    assert "Choose two below" in editions(client, record, older=asked, newer="working")
    assert client.get(address(record, "editions"), {"read": asked, "page": asked}).status_code == 200


def test_an_edition_of_another_record_or_language_is_not_shown(client, record):
    give(record, "Old dock")
    (foreign,) = publish([factories.opportunity("other", title_en="Elsewhere")], ["en"], by=None)
    (korean,) = publish([record], ["ko"], by=None)
    for edition in (foreign, korean):
        shown = editions(client, record, language="en", older=edition.pk, newer="working", read=edition.pk)
        assert "Choose two below" in shown and "text-heading" not in shown


def test_an_edition_is_read_whole(client, record):
    type(record).objects.filter(pk=record.pk).update(body_en="<p>All of the <strong>body</strong>.</p>")
    edition = give(record, "Old dock")
    type(record).objects.filter(pk=record.pk).update(body_en="")
    shown = editions(client, record, read=edition.pk)
    assert "All of the <strong>body</strong>." in shown and "A barrage across the river." in shown


def test_an_edition_is_restored_into_the_working_copy(client, record):
    first = give(record, "River barrage")
    second = give(record, "Second title")
    assert restore(client, record, first).status_code == 302
    record.refresh_from_db()
    assert record.title_en == "River barrage"
    assert Edition.objects.of(record).live().get() == second


def test_restoring_over_unpublished_changes_asks_first(client, record):
    edition = give(record, "River barrage")
    type(record).objects.filter(pk=record.pk).update(title_en="Hours of work")
    refused = restore(client, record, edition)
    assert "has changes that were never published" in refused.content.decode()
    record.refresh_from_db()
    assert record.title_en == "Hours of work"
    assert restore(client, record, edition, **{"restore-replace": "on"}).status_code == 302


def test_restoring_one_language_leaves_the_others(client, record):
    english, _korean = publish([record], ["en", "ko"], by=None)
    give(record, "Second title")
    type(record).objects.filter(pk=record.pk).update(title_ko="새 제목")
    restore(client, record, english)
    record.refresh_from_db()
    assert (record.title_en, record.title_ko) == ("River barrage", "새 제목")


def test_an_edition_of_another_record_is_not_restored(client, record):
    (foreign,) = publish([factories.opportunity("another")], ["en"], by=None)
    assert restore(client, record, foreign).status_code == 200
    assert not Act.objects.filter(verb="restored").exists()


def test_what_was_cancelled_is_said_to_be(client, record):
    publish([record], ["en"], at=timezone.now() + timedelta(days=2), by=None)
    unschedule([(record, "en")], by=None)
    shown = editions(client, record)
    assert "Cancelled before it began" in shown


def test_acts_name_the_field_and_can_be_filtered(client, record):
    publish([record], ["en"], by=None)
    submit([(record, "ko")], by=None, why="Please look")
    Act.objects.create(
        act=Act.objects.first().act, record=record, language="ko", field="summary", verb="still right"
    )
    assert "Summary said to be still right in 한국어" in editions(client, record)
    only = editions(client, record, verb="submitted")
    assert "Please look" in only and "Summary said" not in only
    assert "Please look" in editions(client, record, verb="nonsense")


def test_what_was_published_together_leads_to_the_whole_of_it(client, record):
    others = [factories.opportunity(f"other-{number}") for number in range(3)]
    editions_made = publish([record, *others], ["en"], by=None)
    shown = editions(client, record)
    assert "with 3 other texts" in shown and f"/admin/launch/{editions_made[0].act}/" in shown


def test_a_scheduled_act_says_for_when(client, record):
    publish([record], ["en"], at=timezone.now() + timedelta(days=900), by=None)
    begins = Edition.objects.of(record).get().live.lower
    assert f"Scheduled in English for {timezone.localtime(begins):%-d %B %Y}" in editions(client, record)


def test_a_history_of_hundreds_is_paged_at_the_same_cost(client, record):
    give(record, "First")
    with CaptureQueriesContext(connection) as few:
        editions(client, record)
    for number in range(60):
        give(record, f"Title {number}")
    with CaptureQueriesContext(connection) as many:
        shown = editions(client, record)
    assert len(many) <= len(few) + 1  # how many acts there are
    assert "Page 1 of 4" in shown and "Title 59" in shown and "Title 30" not in shown
    assert "First" in editions(client, record, page=4)
    assert client.get(address(record, "editions"), {"page": 99, "acts_page": "x"}).status_code == 200


def test_a_record_never_published_says_so(client, record):
    assert "Nothing was published in this language yet" in editions(client, record)


def test_who_may_not_see_the_record_does_not_see_its_history(client, record):
    client.force_login(factories.staff("outsider", "publishing.publish"))
    assert client.get(address(record, "editions")).status_code == 403
