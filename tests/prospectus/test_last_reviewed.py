"""Every page of a record says when somebody last said that its text is right."""

from datetime import UTC, datetime

import pytest

from opportunities.models import CaseStudy, Opportunity, Theme
from partners.models import Memorandum
from prospectus.models import Event, NewsItem, Page
from publishing.models import Edition
from publishing.previews import share, token_of
from tests import factories
from tests.prospectus.public_records import make_opportunity, queries, words

pytestmark = pytest.mark.django_db

PAGES = {
    "theme": Theme,
    "opportunity": Opportunity,
    "case study": CaseStudy,
    "news item": NewsItem,
    "event": Event,
    "page": Page,
}
REVIEWED = datetime(2026, 11, 3, 12, tzinfo=UTC)


def review(record, moment=REVIEWED, language=None):
    editions = Edition.objects.of(record)
    (editions.filter(language=language) if language else editions).update(reviewed_at=moment)


def line(page):
    """What stands between the marks of the line, without them."""
    found = page.split('<p class="reviewed">')[1].split("</p>")[0]
    return found.replace('<time datetime="2026-11-03">', "").replace("</time>", "")


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_says_it_in_the_language_of_its_reader(client, name):
    record = PAGES[name].objects.first()
    review(record)
    english = record.get_absolute_url()
    assert line(words(client.get(english))) == "Last reviewed 3 November 2026"
    assert line(words(client.get(english.replace("/en/", "/ko/")))) == "최종 검토일 2026년 11월 3일"


def test_the_date_can_be_read_by_a_machine(client):
    record = Page.objects.get(slug="about")
    review(record)
    assert '<time datetime="2026-11-03">' in words(client.get("/en/about/"))


def test_the_leadership_page_says_it_once(client):
    assert words(client.get("/en/leadership/")).count('class="reviewed"') == 1


def test_each_language_has_its_own_date(client):
    record = Page.objects.get(slug="about")
    review(record, REVIEWED, "en")
    review(record, datetime(2026, 11, 9, 12, tzinfo=UTC), "ko")
    assert line(words(client.get("/en/about/"))) == "Last reviewed 3 November 2026"
    assert "2026년 11월 9일" in words(client.get("/ko/about/"))


def test_text_shown_in_english_has_the_date_of_the_english(client):
    record = make_opportunity("english-only", languages=["en"])
    review(record)
    assert line(words(client.get("/ko/opportunities/english-only/"))) == "최종 검토일 2026년 11월 3일"


def test_the_day_is_that_of_london(client):
    record = Page.objects.get(slug="about")
    review(record, datetime(2026, 7, 2, 23, 30, tzinfo=UTC))
    assert "Last reviewed" in words(client.get("/en/about/"))
    assert 'datetime="2026-07-03"' in words(client.get("/en/about/"))


def test_the_partnerships_say_since_when_all_of_them_are_reviewed(client):
    review(Memorandum.objects.first())
    assert line(words(client.get("/en/partnerships/"))) == "Last reviewed 3 November 2026"


def test_a_preview_claims_no_review(client):
    link = share(factories.opportunity(), "en", why="", by=None)
    assert 'class="reviewed"' not in words(client.get(f"/en/preview/{token_of(link)}/"))


def test_the_line_takes_no_query_of_its_own(client):
    assert queries(client, "/en/about/") <= 3
