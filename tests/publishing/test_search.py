"""Search over published texts: Korean inside longer words, English in any case, nothing that breaks it."""

import unicodedata
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.models import Opportunity
from publishing.models import Edition
from publishing.publication import publish
from publishing.search import words_of
from tests import factories

pytestmark = pytest.mark.django_db

WINDOWS = 250
serial = count(1)
examples = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def published():
    record = factories.opportunity(
        title_ko="해외 투자유치를 위한 부두",
        summary_ko="수소경제와 조력 발전을 잇습니다.",
        title_en="Mersey Barrage",
        summary_en="It's 50% funded: a (tidal) & hydrogen scheme of 900 m² that saves CO₂.",
        body_en="<p>Piers and <strong>quays</strong>.</p>",
    )
    publish([record], ["en", "ko"], by=None)
    return record


def found(query, record, language):
    return Edition.objects.of(record).live().filter(language=language).search(words_of(query)).exists()


@pytest.mark.parametrize(
    "query", ["투자", "투자유치", "유치를", "경제", "수소경제", "부", "부두", "투자 발전", "조력 부두 수소"]
)
def test_korean_is_found_inside_longer_words_and_across_fields(published, query):
    assert found(query, published, "ko")


@pytest.mark.parametrize("query", ["자투", "투자 원자력", "럽", "경제수소"])
def test_what_a_korean_text_does_not_say_is_not_found(published, query):
    assert not found(query, published, "ko")


@pytest.mark.parametrize(
    "query", ["mersey", "MERSEY", "Barr", "quays", "50", "it's", "tidal hydrogen", "(tidal)", "CO₂", "m²"]
)
def test_english_is_found_in_any_case_in_part_and_beside_signs(published, query):
    assert found(query, published, "en")


@pytest.mark.parametrize("query", ["strong", "mersey nuclear", "yesrem"])
def test_markup_and_absent_words_are_not_found(published, query):
    assert not found(query, published, "en")


def test_korean_typed_letter_by_letter_is_found(published):
    """Some systems send a syllable as its letters."""
    assert found(unicodedata.normalize("NFD", "투자유치"), published, "ko")


def test_each_language_is_searched_in_its_own_text(published):
    assert not found("투자", published, "en")
    assert not found("mersey", published, "ko")


def test_a_reader_is_shown_a_fallback_only_when_asked_for(published):
    Opportunity.objects.filter(pk=published.pk).update(slug="only-english")
    record = factories.opportunity("english-only", title_en="Estuary beacon")
    publish([record], ["en"], by=None)
    words = words_of("beacon")
    assert record not in Opportunity.objects.saying(words, "ko")
    assert record in Opportunity.objects.saying(words, "ko", fallback=True)


def test_the_working_copy_is_not_searched(published):
    Opportunity.objects.filter(pk=published.pk).update(title_en="Lighthouse")
    assert not Edition.objects.live().search(words_of("lighthouse")).of(published).exists()


@examples
@given(st.text(max_size=60))
def test_no_query_breaks_the_search(published, query):
    Edition.objects.live().search(words_of(query)).exists()


@examples
@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_no_quotes_or_operators_break_the_search(published, query):
    Edition.objects.live().search(words_of(query)).exists()


KOREAN_AND_ENGLISH = st.text(
    st.sampled_from("가나다라마투자유치abcABC019 .,'\"&|!()-·²₂"), min_size=1, max_size=40
)
LETTERS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)


def missed(text, words):
    """Those of the words by which a published text is not found."""
    (edition,) = publish(
        [factories.opportunity(f"barrage-{next(serial)}", timescale_en=text)], ["en"], by=None
    )
    return [word for word in words if not Edition.objects.filter(pk=edition.pk).search([word]).exists()]


@examples
@given(KOREAN_AND_ENGLISH)
def test_every_text_is_found_by_each_of_its_own_words(text):
    assert missed(text, words_of(text)) == []


@examples
@given(LETTERS)
def test_words_of_any_script_are_found_from_two_letters_on(text):
    assert missed(text, [word for word in words_of(text) if len(word) > 1]) == []


def test_recall_over_the_whole_content_is_that_of_reading_every_text():
    """Every two syllables that stand together in a word of any Korean opportunity, or a fair sample of them."""
    editions = Edition.objects.live().filter(language="ko", record_type__model="opportunity")
    texts = dict(editions.values_list("pk", "plain"))
    assert len(texts) >= 18
    pairs = sorted(
        {
            word[place : place + 2]
            for text in texts.values()
            for word in words_of_all(text)
            for place in range(len(word) - 1)
        }
    )
    for pair in pairs[:: max(1, len(pairs) // WINDOWS)]:
        expected = {pk for pk, text in texts.items() if pair in text}
        assert set(editions.search([pair]).values_list("pk", flat=True)) == expected, pair


def words_of_all(text):
    return [word for part in text.split() for word in words_of(part)]
