"""The sitemap: every public address in every language in which it is readable."""

import re

import pytest
from django.conf import settings

from publishing.publication import withdraw
from tests.prospectus.public_records import make_news, make_page, queries

pytestmark = pytest.mark.django_db
LINK = re.compile('<xhtml:link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/>')


def entries(client):
    """{path: {language: path}} of the whole sitemap."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    found = {}
    for url in re.findall("<url>(.*?)</url>", response.content.decode(), re.DOTALL):
        path = re.search("<loc>(.*?)</loc>", url).group(1).removeprefix(settings.SITE_URL)
        assert path not in found
        found[path] = {language: href.removeprefix(settings.SITE_URL) for language, href in LINK.findall(url)}
    return found


def test_every_address_in_it_answers(client):
    for path in entries(client):
        assert client.get(path).status_code == 200, path


def test_a_page_in_two_languages_names_both(client):
    expected = {"en": "/en/about/", "ko": "/ko/about/", "x-default": "/en/about/"}
    assert entries(client)["/ko/about/"] == entries(client)["/en/about/"] == expected


def test_what_is_readable_in_english_only_stands_there_in_english_only(client):
    make_news("only-english", languages=["en"])
    found = entries(client)
    assert found["/en/news/only-english/"] == {
        "en": "/en/news/only-english/",
        "x-default": "/en/news/only-english/",
    }
    assert "/ko/news/only-english/" not in found


def test_what_is_not_public_is_not_in_it(client):
    make_page("draft", languages=[])
    withdraw([make_page("over")], ["en", "ko"], why="Over", by=None)
    found = entries(client)
    assert "/en/draft/" not in found
    assert "/en/over/" not in found


def test_it_says_when_a_text_was_last_published(client):
    content = client.get("/sitemap.xml").content.decode()
    assert "<lastmod>20" in content


def test_search_results_are_not_in_it(client):
    assert "/en/search/" not in entries(client)


def test_many_records_need_no_more_queries(client):
    before = queries(client, "/sitemap.xml")
    for number in range(200):
        make_news(f"item-{number}")
    assert queries(client, "/sitemap.xml") == before <= 12
