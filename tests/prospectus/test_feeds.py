"""Feeds: one a language, with what is readable in it."""

import html
import re

import pytest
from django.conf import settings

from tests.prospectus.public_records import make_event, make_news, queries

pytestmark = pytest.mark.django_db


def field(text, name):
    return html.unescape(re.search(f"<{name}>(.*?)</{name}>", text, re.DOTALL).group(1))


def items(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    return re.findall("<item>(.*?)</item>", response.content.decode(), re.DOTALL)


@pytest.mark.parametrize("kind", ["news", "events"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_feed_is_in_its_language(client, kind, language):
    channel = client.get(f"/{language}/{kind}/feed/").content.decode()
    assert field(channel, "language") == language
    assert field(channel, "link") == f"{settings.SITE_URL}/{language}/{kind}/"


def test_a_feed_holds_only_what_is_readable_in_its_language(client):
    make_news("only-english", languages=["en"], date="2026-11-20")
    assert field(items(client, "/en/news/feed/")[0], "title") == "Lighthouse only-english"
    assert "Lighthouse only-english" not in [field(item, "title") for item in items(client, "/ko/news/feed/")]


def test_what_was_never_published_is_in_no_feed(client):
    make_news("draft", languages=[])
    make_event("draft", languages=[])
    for address in ("/en/news/feed/", "/en/events/feed/"):
        assert "Lighthouse draft" not in [field(item, "title") for item in items(client, address)]


def test_an_item_leads_to_its_page_in_the_same_language(client):
    make_event("lamp")
    links = [field(item, "link") for item in items(client, "/ko/events/feed/")]
    assert f"{settings.SITE_URL}/ko/events/lamp/" in links


def test_a_list_names_its_feed(client):
    assert 'type="application/rss+xml"' in client.get("/ko/news/").content.decode().split("</head>")[0]


def test_a_feed_sets_no_cookie_and_varies_on_nothing(client):
    response = client.get("/en/news/feed/")
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.parametrize("kind", ["news", "events"])
def test_a_long_feed_needs_no_more_queries(client, kind):
    before = queries(client, f"/ko/{kind}/feed/")
    for number in range(200):
        (make_news if kind == "news" else make_event)(f"item-{number}")
    assert queries(client, f"/ko/{kind}/feed/") == before <= 12
