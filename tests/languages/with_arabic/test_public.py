"""Readers find Arabic beside the other languages: honest where nothing is translated, whole where it is."""

import datetime
import re

import html5lib
import pytest

from enquiries.models import Enquiry
from prospectus.sitemap import LISTS
from publishing.formats import format_date, format_money
from publishing.publication import publish
from tests import factories
from tests.enquiries.filling import send
from tests.languages.with_arabic.conftest import SLUG, SUMMARY, TITLE

pytestmark = pytest.mark.django_db

PAGE = f"/opportunities/{SLUG}/"
SECTIONS = "themes opportunities assets case-studies partnerships news events enquire search".split()


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def document(page):
    return html5lib.parse(page, namespaceHTMLElements=False)


def switcher(page):
    languages = next(nav for nav in document(page).iter("nav") if nav.get("class") == "langs")
    return ["".join(row.itertext()).strip() for row in languages.iter("li")]


def test_the_switcher_names_every_language(client):
    assert switcher(page_of(client, "/en/")) == ["English", "한국어", "العربية"]


def test_an_arabic_page_runs_from_right_to_left(client):
    root = document(page_of(client, "/ar/"))
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert document(page_of(client, "/ko/")).get("dir") is None


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_in_arabic(client, section):
    assert document(page_of(client, f"/ar/{section}/")).get("dir") == "rtl"


def test_the_root_leads_arabic_readers_to_arabic(client):
    assert client.get("/", headers={"Accept-Language": "ar-AE,ar;q=0.9,en;q=0.5"}).url == "/ar/"


def test_what_is_not_in_arabic_falls_back_and_says_so(client, opportunity):
    page = page_of(client, f"/ar{PAGE}")
    assert "This page is not yet available in your language" in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'hreflang="ar"' not in page.split("</head>")[0]
    title = document(page).find(".//h1/span")
    assert (title.get("lang"), title.get("dir"), title.text) == ("en", "ltr", opportunity.title_en)


def test_the_switcher_says_before_the_click_that_arabic_is_in_english(client, opportunity):
    assert switcher(page_of(client, f"/en{PAGE}"))[2].split() == ["العربية", "(in", "English)"]


def test_what_is_published_in_arabic_is_read_in_arabic(client, in_arabic):
    page = page_of(client, f"/ar{PAGE}")
    assert f"<h1>{TITLE}</h1>" in page
    assert SUMMARY in page
    assert "noindex" not in page
    assert re.search('<link rel="alternate" hreflang="ar" href="[^"]*/ar/opportunities/', page)
    assert 'hreflang="ar"' in page_of(client, f"/ko{PAGE}").split("</head>")[0]


def test_the_list_counts_what_is_left_in_english(client, in_arabic):
    assert TITLE in page_of(client, "/ar/opportunities/")
    assert "17 more in English only" in page_of(client, "/ar/opportunities/")


def test_arabic_is_found_by_part_of_a_word(client, in_arabic):
    assert f"/ar{PAGE}" in page_of(client, "/ar/search/?q=ميرس")
    assert f"/ar{PAGE}" not in page_of(client, "/ar/search/?q=ميرسن")


def test_the_sitemap_names_the_arabic_page_once_it_is_published(client, opportunity):
    assert f"/ar{PAGE}</loc>" not in page_of(client, "/sitemap.xml")
    opportunity.title_ar, opportunity.summary_ar = TITLE, SUMMARY
    opportunity.save()
    publish([opportunity], ["ar"], by=None)
    sitemap = page_of(client, "/sitemap.xml")
    assert f"/ar{PAGE}</loc>" in sitemap
    assert sitemap.count("/ar/") >= len(LISTS)


def test_the_feed_of_arabic_holds_arabic_only(client):
    news = factories.news_item(
        title_ar="افتتاح الرصيف", standfirst_ar="فتح الرصيف.", body_ar="فتح الرصيف اليوم."
    )
    assert "<item>" not in page_of(client, "/ar/news/feed/")
    publish([news], ["ar"], by=None)
    assert page_of(client, "/ar/news/feed/").count("<item>") == 1


def test_an_enquiry_in_arabic_is_answered_in_arabic_and_acknowledged_honestly(client):
    assert send(client, "ar", reply_language="ar").status_code == 303
    enquiry = Enquiry.objects.get()
    assert (enquiry.language, enquiry.reply_language) == ("ar", "ar")
    mail = enquiry.mails.get(kind="acknowledgement")
    assert mail.language == "en"
    assert "Our answer will be in Arabic." in mail.body


def test_figures_without_rules_of_their_own_are_english_and_held_together():
    assert format_money(4_000_000_000, None, "ar") == "\u2066at least £4bn\u2069"
    assert format_date(datetime.date(2022, 3, 14), "ar") == "\u206614 March 2022\u2069"
    assert format_date(datetime.date(2022, 3, 14), "ko") == "2022년\xa03월\xa014일"


def test_a_large_figure_says_in_which_language_it_is(client, in_arabic):
    figure = next(
        p for p in document(page_of(client, f"/ar{PAGE}")).iter("p") if "fig--3" in p.get("class", "")
    )
    assert (figure[0].get("lang"), figure[0].get("dir")) == ("en", "ltr")
