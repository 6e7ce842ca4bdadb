"""The publication page of a record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from publishing.models import Act, Edition
from publishing.publication import publish
from tests import factories
from tests.admin_form import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return factories.opportunity()


@pytest.fixture
def manager():
    return factories.staff("manager", "opportunities.view_opportunity", "publishing.publish")


@pytest.fixture
def client(client, manager):
    client.force_login(manager)
    return client


def act(client, record, verb, **typed):
    data = {f"{verb}-{name}": value for name, value in typed.items()}
    if verb == "publish":
        data.setdefault("publish-opened_version", record.version)
    return client.post(address(record, "publication"), {"verb": verb} | data)


def page(client, record):
    return client.get(address(record, "publication")).content.decode()


def live(record, language="en", at=None):
    return Edition.objects.of(record).live(at).filter(language=language).first()


def test_chosen_languages_are_published_together_by_who_asked(client, record, manager):
    response = act(client, record, "publish", in_languages=["en", "ko"], note="Approved")
    assert response.status_code == 302
    assert live(record, "en").act == live(record, "ko").act
    assert (live(record).by, live(record).note) == (manager, "Approved")


def test_a_date_and_time_is_that_of_london(client, record):
    act(client, record, "publish", in_languages=["en"], at="2035-07-01T09:00")
    assert live(record) is None
    assert live(record, at=datetime(2035, 7, 1, 8, 0, tzinfo=UTC)) is not None
    assert live(record, at=datetime(2035, 7, 1, 7, 59, tzinfo=UTC)) is None
    assert "1 July 2035, 09:00 London time" in page(client, record)


def test_a_moment_that_has_passed_is_refused_and_what_was_typed_is_kept(client, record):
    past = (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    response = act(client, record, "publish", in_languages=["en"], at=past, note="My note")
    shown = response.content.decode()
    assert response.status_code == 200
    assert "This moment has passed" in shown and "My note" in shown and f'value="{past}"' in shown
    assert not Edition.objects.of(record).exists()


def test_an_incomplete_language_is_refused_and_nothing_is_published(client):
    record = factories.opportunity(summary_ko="")
    response = act(client, record, "publish", in_languages=["en", "ko"], note="My note")
    shown = response.content.decode()
    assert "cannot be published in 한국어: summary is empty" in shown and "My note" in shown
    assert not Edition.objects.of(record).exists()


def test_the_page_says_beforehand_what_is_missing_and_what_readers_will_miss(client):
    record = factories.opportunity(summary_ko="", sought_en="Partners.")
    shown = page(client, record)
    assert "Cannot be published: summary missing." in shown
    assert "only the English has it: what is sought." in shown


def test_a_record_saved_meanwhile_is_not_published_unseen(client, record):
    version = record.version
    type(record).objects.filter(pk=record.pk).update(version=version + 1, title_en="Unseen")
    response = act(client, record, "publish", in_languages=["en"], opened_version=version)
    assert "saved after you opened this page" in response.content.decode()
    assert not Edition.objects.of(record).exists()
    again = response.context["forms"]["publish"]["opened_version"].value()
    assert act(client, record, "publish", in_languages=["en"], opened_version=again).status_code == 302


def test_no_language_chosen_is_refused(client, record):
    assert "Choose at least one language." in act(client, record, "publish").content.decode()


def test_withdrawing_needs_a_reason(client, record):
    publish([record], ["en", "ko"], by=None)
    refused = act(client, record, "withdraw", in_languages=["ko"])
    assert "Say why, for colleagues." in refused.content.decode()
    assert live(record, "ko")
    act(client, record, "withdraw", in_languages=["ko"], why="The figures were wrong")
    assert live(record, "ko") is None and live(record, "en")
    assert "The figures were wrong" in page(client, record)


def test_withdrawing_what_readers_do_not_have_is_refused(client, record):
    publish([record], ["en"], by=None)
    response = act(client, record, "withdraw", in_languages=["ko"], why="An error")
    assert "Nothing is live or scheduled in the languages chosen." in response.content.decode()


def test_an_edition_is_restored_into_the_working_copy(client, record):
    (edition,) = publish([record], ["en"], by=None)
    type(record).objects.filter(pk=record.pk).update(title_en="Second title")
    publish([record], ["en"], by=None)
    assert act(client, record, "restore", edition=edition.pk).status_code == 302
    record.refresh_from_db()
    assert record.title_en == "River barrage"
    assert live(record).title == "Second title"


def test_restoring_over_unpublished_changes_asks_first(client, record):
    (edition,) = publish([record], ["en"], by=None)
    type(record).objects.filter(pk=record.pk).update(title_en="Hours of work")
    refused = act(client, record, "restore", edition=edition.pk)
    assert "has changes that were never published" in refused.content.decode()
    record.refresh_from_db()
    assert record.title_en == "Hours of work"
    assert act(client, record, "restore", edition=edition.pk, replace="on").status_code == 302


def test_an_edition_of_another_record_is_not_restored(client, record):
    (foreign,) = publish([factories.opportunity("another")], ["en"], by=None)
    assert act(client, record, "restore", edition=foreign.pk).status_code == 200
    assert not Act.objects.filter(verb="restored").exists()


def test_the_page_says_that_the_working_copy_has_moved_on(client, record):
    publish([record], ["en"], by=None)
    assert "Working copy changed" not in page(client, record)
    type(record).objects.filter(pk=record.pk).update(title_en="Second title")
    assert "Working copy changed" in page(client, record)


def test_each_live_language_leads_to_its_page_on_the_site(client, record):
    publish([record], ["ko"], by=None)
    shown = page(client, record)
    assert 'href="/ko/opportunities/river-barrage/"' in shown
    assert 'href="/en/opportunities/river-barrage/"' not in shown


def test_a_record_without_a_page_of_its_own_has_a_publication_page(client):
    client.force_login(factories.superuser())
    record = factories.site()
    publish([record], ["en"], by=None)
    assert "View on site" not in page(client, record)


def test_who_may_not_publish_reads_the_page_and_can_do_nothing(client, record):
    publish([record], ["en"], by=None)
    client.force_login(
        factories.staff("editor", "opportunities.view_opportunity", "opportunities.change_opportunity")
    )
    assert "<form class" not in page(client, record)
    for verb in ("publish", "withdraw", "restore"):
        assert act(client, record, verb, in_languages=["en"], why="x").status_code == 403
    assert live(record)


def test_who_may_not_see_the_record_does_not_see_its_publication(client, record):
    client.force_login(factories.staff("outsider", "publishing.publish"))
    assert client.get(address(record, "publication")).status_code == 403


def test_a_record_that_does_not_exist_has_no_page(client):
    assert client.get("/admin/opportunities/opportunity/999999/publication/").status_code == 404


def test_looking_at_the_page_changes_nothing(client, record):
    query = {"verb": "publish", "publish-in_languages": "en", "publish-opened_version": record.version}
    client.get(address(record, "publication"), query)
    assert not Edition.objects.of(record).exists()


def test_a_post_without_the_csrf_token_is_refused(record, manager):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(manager)
    assert act(strict, record, "publish", in_languages=["en"]).status_code == 403
    assert not Edition.objects.of(record).exists()


def test_a_long_history_costs_no_more_queries(client, record, django_assert_max_num_queries):
    for _ in range(12):
        publish([record], ["en", "ko"], by=None)
    with django_assert_max_num_queries(12):
        page(client, record)
