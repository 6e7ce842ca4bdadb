"""The list of opportunities, as a reader meets it: through the client, on the real content."""

import re
from urllib.parse import urlencode

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.models import Opportunity
from publishing.publication import publish, withdraw
from tests.prospectus.public_records import make_opportunity

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ko")
STARTING_POINTS = [
    {},
    {"theme": ["net-zero-maritime"]},
    {"theme": ["infection-control"], "district": ["liverpool"]},
    {"stage": ["in-development"], "value": ["under-50m"]},
    {"q": ["NHS"]},
]


def page(client, language, **query):
    response = client.get(f"/{language}/opportunities/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def number_of_rows(client, language, **query):
    words = text(page(client, language, **query).find(".//p[@role='status']"))
    found = re.search(r"\d+", words)
    return int(found.group()) if found else 0


def text(element):
    return " ".join("".join(element.itertext()).split())


def titles(client, language, **query):
    return [
        text(row.find("./h3/a")) for row in page(client, language, **query).findall(".//li[@class='row']")
    ]


def choices(tree):
    for label in tree.findall(".//label[@class='check']"):
        box = label.find("input")
        yield box.get("name"), box.get("value"), int(text(label.findall("span")[-1]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "start", STARTING_POINTS, ids=lambda start: urlencode(start, doseq=True) or "everything"
)
def test_the_number_beside_every_choice_is_the_number_of_rows_it_shows(client, language, start):
    found = list(choices(page(client, language, **start)))
    assert len(found) > 20
    for name, value, number in found:
        ticked = {**start, name: sorted({*start.get(name, []), value})}
        assert number_of_rows(client, language, **ticked) == number, (name, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_eighteen_opportunities_are_listed(client, language):
    assert number_of_rows(client, language) == 18
    assert len(titles(client, language)) == 18


def test_the_largest_value_comes_first_and_the_unpublished_ones_last(client):
    shown = titles(client, "en")
    assert shown[:3] == [
        "Mersey Tidal Power",
        "Hydrogen and HyNet: next phases",
        "Health Innovation Liverpool (The HILL)",
    ]
    assert titles(client, "en", sort="value-up")[0] == "Nanotherapeutics Centre for the North"


def test_names_are_sorted_as_shown_in_each_language(client):
    for language in LANGUAGES:
        shown = titles(client, language, sort="title")
        assert shown == sorted(shown)


def test_the_most_advanced_stage_comes_first(client):
    assert titles(client, "en", sort="stage")[0] == "LYVA Labs, phases two and three"


def test_words_are_found_inside_longer_korean_words(client):
    assert "머지조력프로젝트" in titles(client, "ko", q="조력")


def test_every_word_must_be_found(client):
    assert titles(client, "en", q="tidal zebra") == []


def test_an_empty_result_says_so_and_offers_two_ways_on(client):
    tree = page(client, "en", q="zebra")
    ways = tree.findall(".//div[@class='none']//a")
    assert len(ways) == 2


def test_what_is_in_force_can_be_taken_away_one_by_one(client):
    tree = page(client, "en", theme=["net-zero-maritime", "infection-control"], q="port")
    links = [link.get("href") for link in tree.findall(".//div[@class='chips']/a")]
    assert "/en/opportunities/?theme=net-zero-maritime&theme=infection-control" in links
    assert "/en/opportunities/?theme=infection-control&q=port" in links


@pytest.mark.parametrize(
    "query", ["theme=nonsense", "stage=%F0%9F%92%A9", "sort=upside-down", "value=1&value=2"]
)
def test_what_is_not_understood_is_left_out_and_said_so(client, query):
    response = client.get(f"/en/opportunities/?{query}")
    assert response.status_code == 200
    assert "not understood" in response.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "9" * 40])
def test_a_page_that_does_not_exist_shows_the_nearest_one(client, number):
    assert client.get("/en/opportunities/", {"page": number}).status_code == 200


def test_paging_keeps_the_filters(client):
    for number in range(15):
        make_opportunity(f"made-{number}", stage="design")
    tree = page(client, "en", stage="design", sort="title")
    assert not tree.findall(".//nav[@class='pages']")
    for number in range(15, 25):
        make_opportunity(f"made-{number}", stage="design")
    following = page(client, "en", stage="design", sort="title").find(".//nav[@class='pages']/a[@rel='next']")
    assert following.get("href") == "?stage=design&sort=title&page=2"


def test_a_row_readable_in_english_only_waits_behind_a_line_in_korean(client):
    opportunity = Opportunity.objects.get(slug="hemisphere")
    withdraw([opportunity], ["ko"], why="The Korean is being redone", by=None)
    assert number_of_rows(client, "ko") == 17
    tree = page(client, "ko")
    line = next(link for link in tree.findall(".//a") if "영어로만" in text(link))
    assert line.get("href") == "/ko/opportunities/?in=all"
    response = client.get("/ko/opportunities/?in=all")
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    assert number_of_rows(client, "ko", **{"in": "all"}) == 18
    row = tree.find(".//li[@class='row'][@lang='en']")
    assert "HEMISPHERE" in text(row.find("./h3"))
    assert "영어 자료" in text(row.find("./h3"))


def test_counts_hold_with_rows_shown_in_english(client):
    withdraw(Opportunity.objects.filter(slug__startswith="h"), ["ko"], why="Being redone", by=None)
    for name, value, number in choices(page(client, "ko", **{"in": "all"})):
        assert number_of_rows(client, "ko", **{"in": "all", name: [value]}) == number


def test_an_unpublished_edit_is_not_seen(client):
    Opportunity.objects.filter(slug="mersey-tidal-power").update(title_en="Draft", title_ko="초안")
    assert "Draft" not in titles(client, "en")
    assert "초안" not in titles(client, "ko")


@pytest.mark.parametrize("query", ["", "?theme=net-zero-maritime", "?q=tidal&sort=title"])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, query):
    client.get("/en/opportunities/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/en/opportunities/{query}")
    for number in range(200):
        make_opportunity(f"tidal-{number}", publish_it=False)
    publish(Opportunity.objects.filter(slug__startswith="tidal-"), ["en"], by=None)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/en/opportunities/{query}")
    assert len(many) == len(few) <= 12
