"""Where a record is linked from, before it is withdrawn."""

import pytest

from publishing.links import links_to
from publishing.publication import publish, withdraw
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return factories.opportunity()


def linked(record):
    return {str(link.record): (link.texts, link.facts, link.live_in) for link in links_to(record)}


def news(text, slug="dock-opens", **given):
    return factories.news_item(slug, body_en=f"<p>{text}</p>", **given)


def test_a_live_text_that_leads_to_its_address_is_named(record):
    publish([news('See <a href="/en/opportunities/river-barrage/">it</a>.')], ["en"], by=None)
    assert linked(record) == {"Dock opens": (["en"], [], ["en"])}


@pytest.mark.parametrize(
    "address",
    ["https://example.org/ko/opportunities/river-barrage", "/ko/opportunities/river-barrage/#money"],
)
def test_a_link_to_any_language_of_it_counts_however_it_is_written(record, address):
    publish([news(f'<a href="{address}">it</a>')], ["en"], by=None)
    assert "Dock opens" in linked(record)


@pytest.mark.parametrize(
    "address", ["/en/opportunities/river-barrage-two/", "/en/opportunities/", "/en/news/river-barrage/"]
)
def test_a_link_to_another_address_does_not_count(record, address):
    publish([news(f'<a href="{address}">other</a>')], ["en"], by=None)
    assert linked(record) == {}


def test_a_link_to_its_old_address_counts(record):
    publish([record], ["en"], by=None)
    type(record).objects.filter(pk=record.pk).update(slug="river-tunnel")
    record.refresh_from_db()
    publish([news('<a href="/en/opportunities/river-barrage/">it</a>')], ["en"], by=None)
    assert "Dock opens" in linked(record)


def test_what_is_not_live_is_not_a_link_of_a_text(record):
    item = news('<a href="/en/opportunities/river-barrage/">it</a>')
    assert linked(record) == {}
    publish([item], ["en"], by=None)
    withdraw([item], ["en"], why="An error", by=None)
    assert linked(record) == {}


def test_it_is_not_linked_from_itself(record):
    type(record).objects.filter(pk=record.pk).update(
        body_en='<p><a href="/en/opportunities/river-barrage/">it</a></p>'
    )
    publish([record], ["en"], by=None)
    assert linked(record) == {}


def test_facts_that_point_to_it_are_named_live_or_not(record):
    item = news("Nothing.")
    item.opportunities.add(record)
    assert linked(record) == {"Dock opens": ([], ["opportunities"], [])}
    publish([item], ["en"], by=None)
    assert linked(record)["Dock opens"][2] == ["en"]


def test_rows_of_a_link_table_count_in_both_directions(record):
    theme = factories.theme_of(record)
    assert set(linked(record)) == {"Tidal power"}
    assert set(linked(theme)) == {"River barrage"}


def test_a_foreign_key_to_it_counts(record):
    site = factories.site()
    type(record).objects.filter(pk=record.pk).update(site=site)
    assert linked(site) == {"River barrage": ([], ["site"], [])}


def test_what_readers_have_comes_first(record):
    first, second = news("A.", "a-item", title_en="Alpha"), news("Z.", "z-item", title_en="Zeta")
    first.opportunities.add(record)
    second.opportunities.add(record)
    publish([second], ["en"], by=None)
    assert [str(link.record) for link in links_to(record)] == ["Zeta", "Alpha"]
