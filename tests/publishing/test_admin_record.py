"""Saving a publishable record in the admin: versions, what the form holds, what cannot be done."""

import pytest

from opportunities.models import Opportunity
from publishing.models import Edition, Provenance
from publishing.publication import publish
from tests import factories
from tests.admin_form import address, errors, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


@pytest.fixture
def record():
    return factories.case_study()


def noted(record, field="summary"):
    """The source text that the Korean was made from; None: nobody noted any."""
    found = Provenance.objects.filter(
        record_type__model=record._meta.model_name, record_id=record.pk, field=field, language="ko"
    )
    return found.values_list("made_from", flat=True).first()


def test_saving_changes_the_working_copy_and_raises_the_version(client, record):
    assert save(client, record, title_en="New dock").status_code == 302
    record.refresh_from_db()
    assert (record.title_en, record.version) == ("New dock", 2)


def test_saving_publishes_nothing(client, record):
    publish([record], ["en"], by=None)
    save(client, record, title_en="New dock")
    assert Edition.objects.of(record).live().get().title == "Old dock"


def test_the_history_names_only_what_was_changed(client, record):
    type(record).objects.filter(pk=record.pk).update(body_en="<p>One</p>\n<p>Two</p>")
    save(client, record, title_en="New dock")
    page = client.get(address(record, "history")).content.decode()
    assert "Changed Title [en]." in page


def test_a_record_added_with_both_languages_has_its_translations_noted(client):
    data = {"title_en": "Basin", "title_ko": "독", "slug": "basin", "position": "1"}
    data |= {"summary_en": "A basin.", "summary_ko": "독입니다."}
    data |= {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
    response = client.post("/admin/opportunities/casestudy/add/", data)
    assert response.status_code == 302, errors(response)
    record = factories.CaseStudy.objects.get(slug="basin")
    assert noted(record) == "A basin."
    assert record.version == 1


def test_an_english_title_cannot_be_emptied(client, record):
    response = save(client, record, title_en="")
    assert "title_en" in response.context["adminform"].form.errors


def test_every_pair_stands_together_and_no_bare_column_is_a_field(client, record):
    fieldset = next(iter(client.get(address(record)).context["adminform"]))
    assert [[field.field.name for field in line] for line in fieldset][:2] == [
        ["title_en", "title_ko"],
        ["summary_en", "summary_ko"],
    ]
    assert "title" not in client.get(address(record)).context["adminform"].form.fields


def test_the_slug_follows_the_english_title_on_a_new_record_only(client, record):
    added = client.get("/admin/opportunities/casestudy/add/").context["adminform"]
    assert [field["field"].name for field in added.prepopulated_fields] == ["slug"]
    assert [one.name for one in added.prepopulated_fields[0]["dependencies"]] == ["title_en"]
    assert client.get(address(record)).context["adminform"].prepopulated_fields == []


def test_what_was_once_published_cannot_be_deleted(client, record):
    publish([record], ["en"], by=None)
    assert client.post(address(record, "delete"), {"post": "yes"}).status_code == 403
    assert factories.CaseStudy.objects.filter(pk=record.pk).exists()


def test_what_was_never_published_can_be_deleted(client, record):
    save(client, record, summary_ko="다시 옮긴 부두입니다.")
    assert client.post(address(record, "delete"), {"post": "yes"}).status_code == 302
    assert noted(record) is None


def test_no_list_deletes_records_together(client, record):
    data = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    client.post("/admin/opportunities/casestudy/", data)
    assert factories.CaseStudy.objects.filter(pk=record.pk).exists()


def test_who_may_only_see_a_record_changes_nothing(client, record):
    client.force_login(factories.staff("reader", "opportunities.view_casestudy"))
    assert client.get(address(record)).status_code == 200
    assert client.post(address(record), {"title_en": "Forged"}).status_code == 403


def test_scripts_in_a_body_are_taken_out(client):
    record = factories.opportunity()
    factories.theme_of(record)
    response = save(client, record, body_en="<p>Piers</p><script>alert(1)</script>")
    assert response.status_code == 302, errors(response)
    assert Opportunity.objects.get(pk=record.pk).body_en == "<p>Piers</p>"
