"""The chart and the list of assets."""

import re
from urllib.parse import urlencode

import html5lib
import pytest

from opportunities.models import Asset, Site
from tests.prospectus.public_records import make_asset, queries, words

pytestmark = pytest.mark.django_db
STARTING_POINTS = [
    {},
    {"theme": ["net-zero-maritime"], "district": ["halton"]},
    {"status": ["pipeline"], "q": ["STFC"]},
]


def page(client, language, **query):
    response = client.get(f"/{language}/assets/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return words(response)


def listed(html):
    return [int(number) for number in re.findall(r'<li id="asset-(\d+)">', html)]


def charted(html):
    """Numbers of the places in the list that the wide charts lead to, or that are counted in a disc or the square."""
    return {int(number) for number in re.findall(r'href="#asset-(\d+)"', html)}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_asset_is_in_the_list_once(client, language):
    numbers = listed(page(client, language))
    assert sorted(numbers) == list(range(1, 108))


def test_the_page_says_how_many_are_on_the_chart(client):
    assert "107 assets, 102 on the chart" in page(client, "en")


def test_every_link_of_the_chart_leads_to_a_place_in_the_list(client):
    html = page(client, "en")
    targets = charted(html)
    assert targets
    assert targets <= set(listed(html))


@pytest.mark.parametrize(
    "start", STARTING_POINTS, ids=lambda start: urlencode(start, doseq=True) or "everything"
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_number_beside_every_choice_is_the_number_of_rows_it_shows(client, language, start):
    tree = html5lib.parse(page(client, language, **start), namespaceHTMLElements=False)
    labels = tree.findall(".//label[@class='check']")
    assert len(labels) == 14
    for label in labels:
        name, value = label.find("input").get("name"), label.find("input").get("value")
        ticked = {**start, name: sorted({*start.get(name, []), value})}
        shown = len(listed(page(client, language, **ticked)))
        assert shown == int(label.findall("span")[-1].text), (name, value)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_name_is_found_in_either_script(client, language):
    asset = make_asset(901)
    for name in (asset.name_en, asset.name_ko):
        assert listed(page(client, language, q=name)) == [901]


def test_an_asset_is_found_by_its_number(client):
    assert 38 in listed(page(client, "en", q="38"))


def test_an_asset_without_a_position_is_in_the_list_only(client):
    make_asset(902)
    html = page(client, "en", q="Lamp room 902")
    assert listed(html) == [902]
    assert "1 asset, 0 on the chart" in html
    assert "<figure>" not in html


def test_what_the_filters_leave_is_the_same_on_the_chart(client):
    site = Site.objects.get(slug="uol-campus")
    make_asset(903, site=site, latitude="53.4060", longitude="-2.9660", precision="site")
    make_asset(904, latitude="53.3200", longitude="-3.0500", precision="site")
    html = page(client, "en", q="Lamp room 904")
    assert listed(html) == [904]
    assert charted(html) == {904}


def test_nothing_found_is_said_with_ways_on(client):
    html = page(client, "en", q="zzzz")
    assert "No asset matches all of these filters together." in html
    assert 'href="/en/assets/"' in html
    assert 'href="/en/enquire/"' in html


def test_a_choice_that_does_not_exist_is_left_out_of_account(client):
    html = page(client, "en", theme="no-such-theme")
    assert len(listed(html)) == 107
    assert "Part of this address was not understood" in html


def test_an_asset_without_a_korean_name_is_marked_as_english(client):
    make_asset(905, name_ko="")
    assert '<span lang="en">Lamp room 905</span>' in page(client, "ko", q="905")


def test_two_hundred_assets_need_no_more_queries_than_a_hundred(client):
    before = queries(client, "/ko/assets/")
    site = Site.objects.get(slug="uol-campus")
    for number in range(1000, 1200):
        make_asset(number, site=site if number % 2 else None)
    assert queries(client, "/ko/assets/") == before <= 12
    assert Asset.objects.count() == 307
