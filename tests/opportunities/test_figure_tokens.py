"""Figures named in texts: as each language reads them, and kept as long as a text needs them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from opportunities.figure_tokens import figure_keys, figure_texts, filled
from opportunities.figure_uses import uses_of
from opportunities.models import Figure
from publishing.publication import publish, withdraw
from tests import factories
from tests.admin_form import address, errors, save, shown

pytestmark = pytest.mark.django_db

TEXT = "<p>About {{figure:barrage-cost}}.</p>"


@pytest.fixture
def record():
    record = factories.opportunity()
    factories.theme_of(record)
    return record


@pytest.fixture
def figure(record):
    facts = {"value": 4_000_000_000, "value_max": 15_000_000_000, "unit": "GBP"}
    return factories.figure("barrage-cost", source=factories.source(), opportunity=record, **facts)


@pytest.fixture
def staff_client(client):
    client.force_login(factories.superuser())
    return client


def test_a_figure_reads_as_each_language_reads_it(figure):
    assert filled({"body": TEXT}, ["body"], "en") == {"body": "<p>About £4bn–£15bn.</p>"}
    korean = filled({"body": "<p>{{figure:barrage-cost}}입니다.</p>"}, ["body"], "ko")
    assert korean == {"body": "<p>40억~150억\xa0파운드입니다.</p>"}


def test_a_qualifier_and_a_unit_are_said(figure):
    Figure.objects.filter(pk=figure.pk).update(qualifier="at_least", value=850, value_max=None, unit="people")
    assert figure_texts({"barrage-cost"}, "en") == {"barrage-cost": "at least 850 people"}
    assert figure_texts({"barrage-cost"}, "ko") == {"barrage-cost": "850명\xa0이상"}


def test_only_rich_texts_are_filled(figure):
    texts = {"title": "{{figure:barrage-cost}}", "body": TEXT, "sought": None}
    assert filled(texts, ["body"], "en")["title"] == "{{figure:barrage-cost}}"


def test_a_figure_that_is_gone_leaves_no_braces(figure):
    assert (
        filled({"body": "<p>About {{figure:gone}} a year.</p>"}, ["body"], "en")["body"]
        == "<p>About a year.</p>"
    )


def test_settings_are_left_to_those_who_know_them(figure):
    assert filled({"body": "{{setting:retention}}"}, ["body"], "en")["body"] == "{{setting:retention}}"


def test_all_figures_of_a_page_take_one_query_and_none_when_no_text_names_one(
    figure, django_assert_num_queries
):
    for number in range(20):
        factories.figure(f"other-{number}", source=figure.source, opportunity=figure.opportunity)
    texts = [TEXT, *(f"{{{{figure:other-{number}}}}}" for number in range(20))]
    with django_assert_num_queries(1):
        assert len(figure_texts(figure_keys(texts), "ko")) == 21
    with django_assert_num_queries(0):
        assert figure_texts(figure_keys(["<p>Words.</p>", None]), "ko") == {}


def test_what_is_put_into_a_text_is_escaped(figure):
    assert filled({"body": TEXT}, ["body"], "en", {"barrage-cost": "<b>&"}) == {
        "body": "<p>About &lt;b&gt;&amp;.</p>"
    }


def test_readers_see_the_figure_on_the_page_and_no_braces_anywhere(client, record, figure):
    texts = {
        "body_en": "<p>Worth {{figure:barrage-cost}} lighthouse.</p>",
        "body_ko": "<p>{{figure:barrage-cost}} 등대.</p>",
    }
    type(record).objects.filter(pk=record.pk).update(**texts)
    publish([record], ["en", "ko"], by=None)
    assert "Worth £4bn–£15bn lighthouse." in client.get("/en/opportunities/river-barrage/").content.decode()
    assert "40억~150억\xa0파운드 등대." in client.get("/ko/opportunities/river-barrage/").content.decode()
    found = client.get("/en/search/", {"q": "lighthouse"}).content.decode()
    assert "River barrage" in found and "Worth <mark>lighthouse</mark>" in found and "{{" not in found
    Figure.objects.filter(pk=figure.pk).update(value=5_000_000_000)
    assert "£5bn–£15bn" in client.get("/en/opportunities/river-barrage/").content.decode()


def test_a_figure_that_the_working_copy_names_is_not_deleted_with_its_row(staff_client, record, figure):
    type(record).objects.filter(pk=record.pk).update(body_en=TEXT)
    response = save(staff_client, record, **{"figures-0-DELETE": "on"})
    assert Figure.objects.filter(pk=figure.pk).exists()
    page = response.content.decode()
    assert "opportunity “River barrage”, English (working copy)" in page
    assert "Take {{figure:barrage-cost}} out of there first." in page


def test_a_figure_that_readers_have_in_a_text_is_not_deleted_by_itself(staff_client, record, figure):
    publish_with(record, TEXT)
    where = reverse("admin:opportunities_figure_delete", args=[figure.pk])
    for ask in (staff_client.get, lambda path, **more: staff_client.post(path, {"post": "yes"}, **more)):
        page = ask(where, follow=True).content.decode()
        assert "English (live)" in page
    assert Figure.objects.filter(pk=figure.pk).exists()


def test_several_figures_are_not_deleted_while_one_is_named(staff_client, record, figure):
    publish_with(record, TEXT)
    choice = {"action": "delete_selected", "_selected_action": [figure.pk], "post": "yes"}
    page = staff_client.post(reverse("admin:opportunities_figure_changelist"), choice, follow=True)
    assert "Take {{figure:barrage-cost}} out of there first." in page.content.decode()
    assert Figure.objects.filter(pk=figure.pk).exists()


def test_a_figure_that_a_text_names_keeps_its_key(staff_client, record, figure):
    type(record).objects.filter(pk=record.pk).update(body_en=TEXT)
    response = save(staff_client, record, **{"figures-0-key": "another"})
    assert response.status_code == 200
    form = staff_client.get(address(figure))
    response = staff_client.post(address(figure), shown(form) | {"key": "another"})
    assert "is named in" in errors(response)[0]["key"][0]
    figure.refresh_from_db()
    assert figure.key == "barrage-cost"


def test_a_figure_that_no_text_names_may_go(staff_client, record, figure):
    response = save(staff_client, record, **{"figures-0-DELETE": "on"})
    assert response.status_code == 302
    assert not Figure.objects.filter(pk=figure.pk).exists()


def test_scheduled_texts_need_their_figures_and_withdrawn_ones_do_not(record, figure):
    publish_with(record, TEXT, at=timezone.now() + datetime.timedelta(days=1))
    assert uses_of(["barrage-cost"]) == {"barrage-cost": ["opportunity “River barrage”, English (scheduled)"]}
    withdraw([record], ["en"], why="Over", by=None)
    assert uses_of(["barrage-cost"]) == {}


def publish_with(record, text, at=None):
    """Published with the text in it, and the working copy moved on."""
    type(record).objects.filter(pk=record.pk).update(body_en=text)
    publish([record], ["en"], at=at, by=None)
    type(record).objects.filter(pk=record.pk).update(body_en="")
