"""News: the list, one item, and what its address answers as it is published, moved and withdrawn."""

import datetime

import pytest
from django.utils import timezone

from opportunities.models import Opportunity
from partners.models import DelegationVisit, Memorandum, Organisation
from publishing.publication import publish, withdraw
from tests.prospectus.public_records import make_news, queries, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_newest_item_comes_first(client, language):
    make_news("newest", date="2026-11-20")
    page = words(client.get(f"/{language}/news/"))
    assert (
        page.index("/news/newest/")
        < page.index("/news/busan-letter-of-intent/")
        < page.index("/news/busan-mou-signed/")
    )


def test_a_date_is_said_no_more_exactly_than_it_is_known(client):
    make_news("some-month", date="2026-10")
    assert "October 2026" in words(client.get("/en/news/some-month/"))
    assert "2026년 10월" in words(client.get("/ko/news/some-month/"))


def test_an_item_leads_to_what_it_is_about(client):
    page = words(client.get("/en/news/busan-mou-signed/"))
    assert 'href="/en/partnerships/#lcr-busan-2023"' in page


def test_what_an_item_is_about_is_not_named_before_it_is_public(client):
    item = make_news("early")
    hidden = Opportunity.objects.create(
        slug="hidden", title_en="Hidden harbour", summary_en="S", stage="design", district="wirral"
    )
    item.opportunities.add(hidden)
    assert "Hidden harbour" not in words(client.get("/en/news/early/"))


def test_a_scheduled_item_is_hidden_until_its_time(client):
    item = make_news("later", languages=[])
    publish([item], ["en"], at=timezone.now() + datetime.timedelta(hours=1), by=None)
    assert client.get("/en/news/later/").status_code == 404
    assert "/news/later/" not in words(client.get("/en/news/"))


def test_an_item_that_was_never_published_is_not_found(client):
    make_news("draft", languages=[])
    assert client.get("/en/news/draft/").status_code == 404


def test_a_withdrawn_item_is_gone_and_says_so_in_the_readers_language(client):
    withdraw([make_news("over")], ["en", "ko"], why="Wrong", by=None)
    response = client.get("/ko/news/over/")
    assert response.status_code == 410
    assert '<html lang="ko">' in words(response)
    assert "/news/over/" not in words(client.get("/ko/news/"))


def test_an_old_address_leads_to_the_new_one(client):
    item = make_news("old-name")
    item.slug = "new-name"
    item.save()
    response = client.get("/ko/news/old-name/")
    assert response.status_code == 301
    assert response.url == "/ko/news/new-name/"


def test_a_deleted_item_is_gone(client):
    make_news("deleted").delete()
    assert client.get("/en/news/deleted/").status_code == 410


def test_an_item_readable_in_english_only_is_marked_and_stays_out_of_search_engines(client):
    make_news("only-english", languages=["en"])
    page = words(client.get("/ko/news/only-english/"))
    assert '<div class="prose prose--plain" lang="en">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'hreflang="ko" href=' not in page.split("</head>")[0]


def test_the_working_copy_is_not_shown_before_it_is_published(client):
    item = make_news("edited")
    item.title_en = "A title nobody has approved"
    item.save()
    assert "A title nobody has approved" not in words(client.get("/en/news/edited/"))


def test_a_public_page_sets_no_cookie_and_varies_on_nothing(client):
    response = client.get("/en/news/busan-mou-signed/")
    assert not response.cookies
    assert "Vary" not in response.headers


def test_a_long_list_has_pages(client):
    for number in range(25):
        make_news(f"item-{number}")
    assert 'rel="next"' in words(client.get("/en/news/"))
    assert client.get("/en/news/?page=2").status_code == 200
    assert client.get("/en/news/?page=nonsense").status_code == 200


def test_two_hundred_items_need_no_more_queries_than_six(client):
    before = queries(client, "/ko/news/")
    for number in range(200):
        make_news(f"item-{number}")
    assert queries(client, "/ko/news/") == before <= 12


def test_an_item_about_everything_needs_no_more_queries(client):
    item = make_news("everything")
    item.organisations.set(Organisation.objects.all()[:1])
    item.opportunities.set(Opportunity.objects.all()[:1])
    item.memoranda.set(Memorandum.objects.all()[:1])
    item.visits.set(DelegationVisit.objects.all()[:1])
    before = queries(client, "/ko/news/everything/")
    item.organisations.set(Organisation.objects.all())
    item.opportunities.set(Opportunity.objects.all())
    item.memoranda.set(Memorandum.objects.all())
    item.visits.set(DelegationVisit.objects.all())
    assert queries(client, "/ko/news/everything/") == before <= 12
