"""Lists of publishable records: what they say, filter, find and publish, and that long ones cost no more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.models import CaseStudy, Opportunity
from publishing.models.publishable import publishable_models
from publishing.publication import note_provenance, publish, withdraw
from tests import factories
from tests.admin_form import list_of

pytestmark = pytest.mark.django_db

MODELS = {model._meta.model_name: model for model in publishable_models()}


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


@pytest.fixture
def record():
    return factories.opportunity()


def rows(client, **query):
    page = client.get(list_of(Opportunity), query)
    assert page.status_code == 200
    return {row.slug for row in page.context["cl"].result_list}


def queries(client, model, words):
    """How many rows the list shows for these words, and how many queries that takes."""
    with CaptureQueriesContext(connection) as captured:
        page = client.get(list_of(model), {"q": words})
    return len(page.context["cl"].result_list), len(captured)


def more_of(model, count):
    """Rows like the first of the committed content, published."""
    first = model.objects.first()
    made = []
    for number in range(count):
        first.pk, first._state.adding, first.slug = None, True, f"copy-{number}"
        if hasattr(first, "reference"):
            first.reference = f"X-{number}"
        first.save()
        made.append(model.objects.get(pk=first.pk))
    publish(made, ["en", "ko"], by=None)


@pytest.mark.parametrize("name", MODELS)
def test_a_list_costs_the_same_with_few_rows_and_with_many(client, name):
    model = MODELS[name]
    more_of(model, 40)
    client.get(list_of(model))
    few, asked_for_few = queries(client, model, "copy-7")
    many, asked_for_many = queries(client, model, "copy-")
    assert (few, many) == (1, 40)
    assert asked_for_many == asked_for_few <= 12


def test_a_row_names_the_record_in_both_languages(client, record):
    page = client.get(list_of(Opportunity), {"q": "river-barrage"}).content.decode()
    assert "River barrage" in page and '<span lang="ko">강 하구 둑</span>' in page


@pytest.mark.parametrize("query", ["River barr", "강 하구", "river-barrage"])
def test_a_record_is_found_by_either_language_and_by_its_address(client, record, query):
    assert "river-barrage" in rows(client, q=query)


def state_filters(client):
    return {
        value
        for value in ("live", "changed", "scheduled", "withdrawn", "never")
        if "river-barrage" in rows(client, public_en=value)
    }


def test_the_filters_tell_what_the_public_has(client, record):
    assert state_filters(client) == {"never"}
    publish([record], ["en"], at=timezone.now() + timedelta(days=1), by=None)
    assert state_filters(client) == {"scheduled"}
    publish([record], ["en"], by=None)
    assert state_filters(client) == {"live", "scheduled"}
    Opportunity.objects.filter(pk=record.pk).update(summary_en="Another summary.")
    assert state_filters(client) == {"live", "changed", "scheduled"}
    withdraw([record], ["en"], why="A test", by=None)
    assert state_filters(client) == {"withdrawn"}


def test_each_language_is_filtered_by_its_own_state(client, record):
    publish([record], ["en"], by=None)
    assert "river-barrage" in rows(client, public_en="live", public_ko="never")


def test_the_filters_tell_what_is_to_be_translated(client, record):
    note_provenance(record, "title", "ko", record.title_en)
    note_provenance(record, "summary", "ko", record.summary_en)
    assert "river-barrage" in rows(client, texts_ko="whole")
    Opportunity.objects.filter(pk=record.pk).update(title_en="New title", sought_en="Partners.")
    assert "river-barrage" in rows(client, texts_ko="stale")
    assert "river-barrage" in rows(client, texts_ko="missing")
    assert "river-barrage" not in rows(client, texts_ko="whole")


def test_a_row_counts_what_is_stale_and_missing(client, record):
    note_provenance(record, "title", "ko", "An older title")
    Opportunity.objects.filter(pk=record.pk).update(sought_en="Partners.")
    page = client.get(list_of(Opportunity), {"q": "river-barrage"}).content.decode()
    assert "1 stale" in page and "1 missing" in page


def publish_chosen(client, *records):
    data = {"action": "publish_together", "_selected_action": [record.pk for record in records]}
    return client.post(list_of(CaseStudy), data)


def test_chosen_records_lead_to_the_launch_page(client):
    first, second = factories.case_study(), factories.case_study("second")
    response = publish_chosen(client, first, second)
    assert response.url.startswith("/admin/launch/?text=opportunities.casestudy:")
    rows = client.get(response.url).context["rows"]
    assert {row["record"] for row in rows} == {first, second}
    assert first.publications() == {}


def test_who_only_reads_has_no_such_action(client):
    record = factories.case_study()
    client.force_login(factories.staff("viewer", "opportunities.view_casestudy"))
    assert "publish_together" not in client.get(list_of(CaseStudy)).content.decode()
    assert publish_chosen(client, record).status_code == 200  # the list again, and nothing done
