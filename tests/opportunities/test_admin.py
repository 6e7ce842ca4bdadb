"""What the region offers, in the admin: facts, money, figures."""

import pytest

from opportunities.models import Asset, Figure, Opportunity
from publishing.formats import format_money
from tests import factories
from tests.admin_form import address, list_of, save, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


@pytest.fixture
def record():
    record = factories.opportunity(value_min=4_000_000_000, value_max=15_000_000_000)
    factories.theme_of(record)
    return record


def text_of(client, record):
    return client.get(address(record)).content.decode()


def test_money_is_shown_as_readers_see_it(client, record):
    page = text_of(client, record)
    assert '<span lang="en">£4bn–£15bn</span>' in page
    assert f'<span lang="ko">{format_money(4_000_000_000, 15_000_000_000, "ko")}</span>' in page


def test_a_range_that_falls_is_refused_in_words(client, record):
    response = save(client, record, value_min="20", value_max="10")
    assert "“Value from” may not be more than “value to”." in response.content.decode()


def test_a_fact_is_public_as_soon_as_it_is_saved(client, record):
    save(client, record, jobs_direct="120")
    assert Opportunity.objects.facts().get(pk=record.pk).jobs_direct == 120


def test_the_form_says_that_facts_are_public_at_once(client, record):
    assert "Facts are public at once and in every language" in text_of(client, record)


def figure_rows(source, **first):
    row = {"label_en": "Length", "label_ko": "길이", "qualifier": "exact", "value": "2", "unit": "km"}
    row |= {"source": source.pk, "position": "0", "key": "barrage-length"} | first
    rows = {f"figures-0-{name}": value for name, value in row.items()}
    return rows | {"figures-TOTAL_FORMS": "1", "figures-INITIAL_FORMS": "0"}


def test_a_figure_belongs_to_the_record_on_whose_page_it_was_typed(client, record):
    response = save(client, record, **figure_rows(factories.source()))
    assert response.status_code == 302, response.context["errors"]
    figure = Figure.objects.get(key="barrage-length")
    assert (figure.opportunity, figure.label_en, figure.label_ko) == (record, "Length", "길이")


def test_a_figure_row_names_no_other_owner(client, record):
    factories.figure(opportunity=record, source=factories.source())
    row = next(
        inline.formset.initial_forms[0]
        for inline in client.get(address(record)).context["inline_admin_formsets"]
        if inline.formset.prefix == "figures"
    )
    assert not {"theme", "case_study", "programme", "label"} & set(row.fields)


def test_a_figure_needs_an_english_label(client, record):
    response = save(client, record, **figure_rows(factories.source(), label_en=""))
    assert response.status_code == 200
    assert not Figure.objects.filter(key="barrage-length").exists()


def test_a_figure_with_two_owners_is_refused(client, record):
    figure = factories.figure(opportunity=record, source=factories.source())
    response = save(client, figure, theme=factories.theme().pk)
    assert "A figure belongs to exactly one" in response.content.decode()


def test_the_list_of_figures_names_the_owner_and_what_readers_see(client, record):
    factories.figure(opportunity=record, source=factories.source())
    page = client.get(list_of(Figure), {"q": "barrage-length"}).content.decode()
    assert "River barrage" in page and "2 km" in page


@pytest.mark.parametrize("query", ["MIF", "107"])
def test_an_asset_is_found_by_name_and_number(client, query):
    found = client.get(list_of(Asset), {"q": query}).context["cl"].result_list
    assert found


def test_coordinates_come_with_their_precision(client):
    asset = Asset.objects.exclude(precision="").first()
    response = save(client, asset, precision="")
    assert "Give latitude, longitude and precision together" in response.content.decode()


def test_the_form_of_an_opportunity_offers_other_records_by_search(client, record):
    data = {"app_label": "opportunities", "model_name": "opportunity", "field_name": "site", "term": "북쪽"}
    factories.site()
    found = client.get("/admin/autocomplete/", data).json()["results"]
    assert [one["text"] for one in found] == ["North shore"]


def test_an_untouched_form_sends_back_every_fact(client, record):
    data = shown(client.get(address(record)))
    assert (data["value_min"], data["stage"], data["slug"]) == ("4000000000", "feasibility", "river-barrage")
