"""Search over everything readable."""

import re
import unicodedata

import pytest

from opportunities.models import Site
from publishing.publication import publish, withdraw
from tests.prospectus.public_records import make_asset, make_memorandum, make_news, make_page, queries, words

pytestmark = pytest.mark.django_db


def found(client, language, query, **more):
    response = client.get(f"/{language}/search/", {"q": query, **more})
    assert response.status_code == 200
    return words(response)


def links(page):
    return re.findall(r'<h3><a href="([^"]+)"', page)


def test_a_noun_of_two_syllables_is_found_inside_a_longer_word(client):
    make_news("inward", body_ko="<p>해외투자유치설명회를 열었습니다.</p>")
    assert "/ko/news/inward/" in links(found(client, "ko", "투자유치설명"))
    assert "해외<mark>투자</mark>유치설명회" in "".join(
        found(client, "ko", "투자", page=n) for n in (1, 2, 3)
    )


def test_every_word_must_stand_in_the_text(client):
    make_news("both", body_en="<p>Zephyrs and quokkas.</p>")
    make_news("one", body_en="<p>Zephyrs alone.</p>")
    assert links(found(client, "en", "quokkas zephyrs")) == ["/en/news/both/"]


def test_a_hit_in_the_title_comes_before_one_in_the_text(client):
    make_news("b-text", body_en="<p>Quokka.</p>", title_en="Aaa")
    make_news("a-title", title_en="The quokka")
    assert links(found(client, "en", "quokka")) == ["/en/news/a-title/", "/en/news/b-text/"]


def test_hits_are_grouped_by_kind(client):
    make_page("quokka-page", body_en="<p>Quokka.</p>")
    make_news("quokka-news", body_en="<p>Quokka.</p>")
    page = found(client, "en", "quokka")
    assert links(page) == ["/en/news/quokka-news/", "/en/quokka-page/"]
    assert page.index('<p class="hit__kind" lang="en">News') < page.index(
        '<p class="hit__kind" lang="en">About this site'
    )


def test_what_is_readable_in_english_only_is_found_and_marked_in_korean(client):
    make_news("quokka", languages=["en"], title_en="Quokka")
    page = found(client, "ko", "quokka")
    assert links(page) == ["/ko/news/quokka/"]
    assert '<li class="hit" lang="en">' in page


def test_english_words_of_a_record_that_is_readable_in_korean_are_not_found_there(client):
    make_news("marsupial", title_en="Quokka")
    assert links(found(client, "ko", "quokka")) == []


@pytest.mark.parametrize("name", ["Lamp room 906", "등실 906"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_asset_is_found_by_its_name_in_either_script(client, language, name):
    make_asset(906)
    assert links(found(client, language, name)) == [f"/{language}/assets/#asset-906"]


def test_an_agreement_in_english_only_leads_to_the_list_that_shows_it(client):
    make_memorandum("quokka", languages=["en"], summary_en="A quokka.")
    assert links(found(client, "ko", "quokka")) == ["/ko/partnerships/?in=all#quokka"]


def test_a_site_without_assets_has_no_place_to_lead_to(client):
    site = Site.objects.create(slug="quokka", title_en="Quokka Park", kind="park", district="wirral")
    publish([site], ["en"], by=None)
    assert links(found(client, "en", "quokka")) == []
    make_asset(907, site=site)
    assert links(found(client, "en", "quokka")) == ["/en/assets/#site-quokka"]


def test_drafts_and_withdrawn_texts_are_not_found(client):
    make_news("draft", languages=[], title_en="Quokka draft")
    withdraw([make_news("over", title_en="Quokka over")], ["en", "ko"], why="Over", by=None)
    assert links(found(client, "en", "quokka")) == []


def test_nothing_found_is_said_with_two_ways_on(client):
    page = found(client, "en", "zzzzzz")
    assert "Nothing readable here holds “zzzzzz”." in page
    assert 'href="/en/opportunities/"' in page
    assert 'href="/en/enquire/"' in page


def test_nothing_is_looked_for_until_a_word_is_typed(client):
    page = words(client.get("/en/search/"))
    assert "results__bar" not in page
    assert "Nothing readable" not in page


@pytest.mark.parametrize(
    "query", ["…", "'; DROP TABLE x; --", "a" * 5000, "& | ! :*", "<script>", "\\", "%", "1" * 40, "👍"]
)
def test_odd_words_are_answered_and_escaped(client, query):
    assert "<script>" not in found(client, "en", query)


def test_one_letter_finds_words_that_begin_with_it(client):
    assert links(found(client, "ko", "역"))


def test_a_very_common_word_is_shown_by_pages(client):
    first = found(client, "en", "the")
    assert len(links(first)) == 20
    second = found(client, "en", "the", page=2)
    assert not set(links(first)) & set(links(second))


def test_the_number_of_results_is_that_of_all_pages(client):
    number = int(re.search(r"(\d+) results", found(client, "en", "tidal")).group(1))
    pages = range(1, -(-number // 20) + 1)
    assert sum(len(links(found(client, "en", "tidal", page=page))) for page in pages) == number


def test_decomposed_hangul_is_the_same_word(client):
    composed = "조력"
    decomposed = unicodedata.normalize("NFD", composed)
    assert links(found(client, "ko", decomposed)) == links(found(client, "ko", composed)) != []


def test_results_are_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in found(client, "en", "tidal")


def test_two_hundred_hits_need_no_more_queries_than_two(client):
    make_news("quokka-one", body_en="<p>Quokka.</p>")
    make_asset(908, name_en="Quokka house")
    before = queries(client, "/en/search/?q=quokka")
    for number in range(200):
        make_news(f"quokka-{number}", body_en="<p>Quokka.</p>")
    assert queries(client, "/en/search/?q=quokka") == before <= 12
