"""Figures of a translation against those of its source and the facts of its record."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.models import Opportunity
from publishing.fields import RichTextField
from publishing.formats import en, ko
from publishing.models.publishable import column, publishable_models, translated_fields
from publishing.translations.figures import Facts, facts_of, lacking, not_borne_out
from publishing.translations.numerals import numbers_in
from tests import factories

NO_FACTS = Facts(frozenset())


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("It costs £4bn.", "사업비는 40억 파운드입니다."),
        ("from £4bn to £15bn", "40억에서 150억 파운드"),
        ("£4–15bn", "40~150억 파운드"),
        ("£4bn–£15bn", "40억~150억 파운드"),
        ("£18.6m", "1,860만 파운드"),
        ("£850m", "8억 5,000만 파운드"),
        ("£850m", "8억5천만 파운드"),
        ("KRW 1.59bn", "15억 9,000만 원"),
        ("US$125bn", "1,250억 달러"),
        ("£1tn", "약 1조 파운드"),
        ("12,000 jobs", "일자리 1만 2천 개"),
        ("12,000 jobs", "일자리 1만 2,000개"),
        ("12,000 jobs", "일자리 12,000개"),
        ("1.6 million people", "160만 명"),
        ("30 per cent", "30%"),
        ("30 to 40 per cent", "30~40퍼센트"),
        ("14 June 2023", "2023년 6월 14일"),
        ("from 3pm to 6.30pm", "오후 3시부터 6시 30분까지"),
        ("at 15:00", "오후 3시"),
        ("at 3pm", "15시"),
        ("within 10 years", "십 년 안에"),
        ("12 delegates", "열두 명"),
        ("a 30m pool", "30미터 수영장"),
        ("5 GW by 2030", "2030년까지 5GW"),
        ("on the 26th", "26일"),
        ("between 5 and 6%", "5~6%"),
        ("1-6 TWh", "1~6TWh"),
    ],
)
def test_a_figure_said_the_korean_way_is_found(english, korean):
    assert lacking(english, korean, "ko") == []


@pytest.mark.parametrize(
    ("english", "korean", "missing"),
    [
        ("It costs £4bn.", "사업비는 4억 파운드입니다.", ["£4bn"]),
        ("It costs £4bn.", "사업비는 큽니다.", ["£4bn"]),
        ("£15bn", "150억 원", ["£15bn"]),
        ("12,000 jobs", "일자리 1,200개", ["12,000"]),
        ("30% by 2040", "2030년까지 30%", ["2040"]),
        ("£8.5m", "85만 파운드", ["£8.5m"]),
        ("on 14 June", "6월 15일", ["14"]),
        ("about {{figure:barrage-length}} long", "긴", ["{{figure:barrage-length}}"]),
    ],
)
def test_a_figure_that_is_not_there_is_named_as_the_source_writes_it(english, korean, missing):
    assert lacking(english, korean, "ko") == missing


@pytest.mark.parametrize(
    "english",
    [
        "at COP26 with 5G and CO2 near the M56, in Liverpool2",
        "call +44 151 496 0000 or 0151 496 0000",
        "see https://example.org/2031/45?q=7 or write to desk2@example.org",
        "half of it, or 1/2",
        "Covid-19 and F-35",
        "twelve of them over a decade",
    ],
)
def test_names_addresses_telephones_fractions_and_words_are_not_asked_for(english):
    assert lacking(english, "본문입니다.", "ko") == []


def test_a_translation_that_is_still_empty_lacks_nothing():
    assert lacking("It costs £4bn.", " ", "ko") == []


def test_rich_text_is_compared_by_its_words():
    assert lacking('<p>See <a href="/2031/">9 docks</a></p>', "<p>부두 <b>9</b>곳</p>", "ko", rich=True) == []


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("£4bn in 2030", "٤ مليارات جنيه في ٢٠٣٠"),
        ("12,000 jobs", "12.000 Stellen"),
        ("£4.5bn", "4,5 Milliarden"),
    ],
)
def test_in_any_other_language_the_digits_are_enough(english, other):
    assert lacking(english, other, "ar") == []


def test_no_true_translation_of_the_committed_content_lacks_a_figure(db):
    found = [
        (record.slug, name, missing)
        for record, name, english, korean, rich in _texts("ko")
        if (missing := lacking(english, korean, "ko", rich))
    ]
    assert found == []


def test_no_true_translation_of_the_committed_content_has_a_figure_that_nothing_bears_out(db):
    found = [
        (record.slug, name, figures)
        for record, name, english, korean, rich in _texts("ko")
        if (figures := not_borne_out(korean, "ko", NO_FACTS, english, rich))
    ]
    assert found == []


def test_a_figure_of_the_committed_content_made_ten_times_as_large_is_found(db):
    """Amounts with a magnitude, one at a time: the Korean says 400억 where the English says £4bn."""
    missed = []
    for _record, _name, english, korean, rich in _texts("ko"):
        for number in numbers_in(korean, "ko"):
            if number.stated and number.unit == "GBP" and korean.count(number.text) == 1:
                wrong = korean.replace(number.text, f"9{number.text}")
                if not lacking(english, wrong, "ko", rich):
                    missed.append((number.text, korean[:40]))
    assert missed == []


pounds = st.integers(1, 99_999).map(lambda tens: tens * 100_000)


@given(pounds)
def test_whatever_our_formatters_write_of_an_amount_is_the_same_amount(value):
    english, korean = (
        style.joined(style.money_parts([Decimal(value)], "GBP", "exact")) for style in (en, ko)
    )
    assert lacking(f"It costs {english} now.", f"사업비는 {korean}입니다.", "ko") == []
    assert not_borne_out(f"사업비는 {korean}입니다.", "ko", NO_FACTS, f"It costs {english}.") == []


@given(pounds, pounds)
def test_another_amount_is_never_taken_for_it(value, other):
    english = en.joined(en.money_parts([Decimal(value)], "GBP", "exact"))
    korean = ko.joined(ko.money_parts([Decimal(other)], "GBP", "exact"))
    said = {number for one in numbers_in(f"{english} ", "en") for number in one.values}
    assert bool(lacking(english, korean, "ko")) == (other not in said)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["ko", "ar", "de"]))
def test_any_two_texts_can_be_compared(source, translation, code):
    assert isinstance(lacking(source, translation, code), list)
    assert isinstance(not_borne_out(translation, code, NO_FACTS, source), list)


@pytest.mark.django_db
def test_facts_are_the_records_own_columns_and_the_rows_that_belong_to_it():
    record = factories.opportunity(value_min=4_000_000_000, value_max=15_000_000_000, starts="2031-03")
    record.figures.create(
        key="homes",
        label_en="Homes",
        label_ko="가구",
        value=1_000_000,
        unit="homes",
        source=factories.source(),
    )
    facts = facts_of(record)
    text = "£4bn to £15bn from March 2031 for 1 million homes and £7bn more, 33%, with 12 people"
    assert not_borne_out(text, "en", facts) == ["£7bn", "33%"]


@pytest.mark.django_db
def test_the_number_of_queries_for_facts_does_not_grow_with_the_rows(django_assert_max_num_queries):
    record = Opportunity.objects.get(slug="mersey-tidal-power")
    with django_assert_max_num_queries(8):
        facts_of(record)


def _texts(code):
    for model in publishable_models():
        for record in model._default_manager.all():
            for name in translated_fields(model):
                english, own = (getattr(record, column(name, one)) or "" for one in ("en", code))
                if english and own:
                    rich = isinstance(model._meta.get_field(name), RichTextField)
                    yield record, name, english, own, rich
