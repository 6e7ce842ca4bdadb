"""A shortlist: the list of opportunities with exactly those that somebody chose for the reader."""

import pytest

from publishing.publication import withdraw
from tests.prospectus.public_records import make_opportunity
from tests.prospectus.test_opportunity_list import page, text, titles

pytestmark = pytest.mark.django_db


def slugs(client, language, **query):
    rows = page(client, language, **query).findall(".//li[@class='row']/h3/a")
    return [row.get("href").rstrip("/").rpartition("/")[2] for row in rows]


@pytest.fixture
def chosen(client):
    return slugs(client, "en")[:3][::-1]


def links(tree):
    return [link.get("href") for link in tree.iter("a") if "enquire/?o=" in link.get("href", "")]


def test_exactly_what_was_chosen_is_shown_in_the_given_order(client, chosen):
    assert slugs(client, "en", o=chosen) == chosen
    assert slugs(client, "ko", o=[*chosen, *chosen, "no-such-thing"]) == chosen


def test_one_link_asks_about_all_of_them(client, chosen):
    tree = page(client, "en", o=chosen)
    assert "3 opportunities chosen for you" in text(tree)
    (address,) = links(tree)
    form = client.get(address).content.decode()
    assert form.count("checked") >= 3


def test_the_reader_may_sort_and_filter_within_it(client, chosen):
    assert sorted(slugs(client, "en", o=chosen, sort="title")) == sorted(chosen)
    tree = page(client, "en", o=chosen, q="nothing of this kind")
    assert not tree.findall(".//li[@class='row']")
    kept = [box.get("value") for box in tree.iter("input") if box.get("name") == "o"]
    assert kept == chosen


def test_what_was_chosen_and_is_readable_in_english_only_is_shown_and_marked(client):
    only_english = make_opportunity("only-in-english", languages=["en"])
    tree = page(client, "ko", o=[only_english.slug])
    row = tree.find(".//li[@class='row']")
    assert row.get("lang") == "en"


def test_what_was_withdrawn_since_is_left_out_and_not_counted(client, chosen):
    record = make_opportunity("gone-since")
    withdraw([record], ["en", "ko"], why="Over", by=None)
    assert "3 opportunities chosen" in text(page(client, "en", o=[*chosen, record.slug]))


def test_without_any_that_can_be_read_the_page_leads_to_all(client):
    tree = page(client, "en", o=["no-such-thing"])
    assert not titles(client, "en", o=["no-such-thing"]) and "chosen for you" not in text(tree)
