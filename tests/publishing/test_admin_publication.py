"""The publication page of a record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Edition
from publishing.publication import publish
from publishing.translations.state import fingerprint_of
from tests import factories
from tests.admin_form import address
from tests.publishing.desk_post import act, page

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
    assert "The page leaves out what has no text in 한국어: what is sought" in shown


def test_a_record_saved_meanwhile_is_not_published_unseen(client, record):
    version = record.version
    type(record).objects.filter(pk=record.pk).update(version=version + 1, title_en="Unseen")
    response = act(client, record, "publish", in_languages=["en"], opened_version=version)
    assert "saved after you opened this page" in response.content.decode()
    assert not Edition.objects.of(record).exists()
    shown = response.context["forms"]["publish"]
    again = {name: shown[name].value() for name in ("opened_version", "shown")}
    assert act(client, record, "publish", in_languages=["en"], **again).status_code == 302


def test_a_text_changed_meanwhile_by_sql_is_not_published_unseen(client, record):
    shown = fingerprint_of(record)
    type(record).objects.filter(pk=record.pk).update(title_en="Unseen")
    response = act(client, record, "publish", in_languages=["en"], shown=shown)
    assert "saved after you opened this page" in response.content.decode()
    assert not Edition.objects.of(record).exists()


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


def test_the_page_says_what_will_change_for_readers(client, record):
    publish([record], ["en"], by=None)
    assert "What will change for readers" not in page(client, record)
    type(record).objects.filter(pk=record.pk).update(title_en="River tunnel")
    shown = page(client, record)
    assert "What will change for readers: 1 field" in shown
    assert "<del>barrage</del><ins>tunnel</ins>" in shown


def test_the_first_publication_shows_the_whole_text(client, record):
    shown = page(client, record)
    assert "The first publication: the whole text" in shown and "A barrage across the river." in shown


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


def test_who_may_not_see_the_record_does_not_see_its_publication(client, record):
    client.force_login(factories.staff("outsider", "publishing.publish"))
    assert client.get(address(record, "publication")).status_code == 403


def test_a_record_that_does_not_exist_has_no_page(client):
    assert client.get("/admin/opportunities/opportunity/999999/publication/").status_code == 404


def test_looking_at_the_page_changes_nothing(client, record):
    query = {"verb": "publish", "publish-in_languages": "en", "publish-opened_version": record.version}
    client.get(address(record, "publication"), query)
    assert not Edition.objects.of(record).exists()


@pytest.mark.parametrize("verb", ["", "delete", "forms_for", "__class__"])
def test_an_unknown_verb_is_refused(client, record, verb):
    assert client.post(address(record, "publication"), {"verb": verb}).status_code == 403


def test_a_post_without_the_csrf_token_is_refused(record, manager):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(manager)
    assert act(strict, record, "publish", in_languages=["en"]).status_code == 403
    assert not Edition.objects.of(record).exists()


def test_a_long_history_costs_no_more_queries(client, record):
    publish([record], ["en", "ko"], by=None)
    page(client, record)
    with CaptureQueriesContext(connection) as few:
        page(client, record)
    for _ in range(12):
        publish([record], ["en", "ko"], by=None)
    with CaptureQueriesContext(connection) as many:
        page(client, record)
    assert len(many) <= len(few) < 50
