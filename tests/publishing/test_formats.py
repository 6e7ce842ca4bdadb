"""How money, quantities, dates and times read in English and Korean."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from publishing import formats
from publishing.formats import josa

AMOUNTS = [
    (4_000_000_000, 15_000_000_000, "GBP", "£4bn–£15bn", "40억~150억 파운드"),
    (250_000_000, 250_000_000, "GBP", "£250m", "2억 5,000만 파운드"),
    (41_700_000_000, 41_700_000_000, "GBP", "£41.7bn", "417억 파운드"),
    (7_500_000, 7_500_000, "GBP", "£7.5m", "750만 파운드"),
    (23_000_000, 23_000_000, "GBP", "£23m", "2,300만 파운드"),
    (950_000, 950_000, "GBP", "£950,000", "95만 파운드"),
    (950_000, 4_000_000, "GBP", "£950,000–£4m", "95만~400만 파운드"),
    (1_625_000_000, 1_625_000_000, "GBP", "£1.625bn", "16억 2,500만 파운드"),
    (1_234_567_890, 1_234_567_890, "GBP", "£1,234,567,890", "12억 3,456만 7,890파운드"),
    (3_000_000_000_000, 3_000_000_000_000, "GBP", "£3tn", "3조 파운드"),
    (9_500, 9_500, "GBP", "£9,500", "9,500파운드"),
    (0, 0, "GBP", "£0", "0파운드"),
    (18_600_000, 18_600_000, "EUR", "€18.6m", "1,860만 유로"),
    (52_000_000_000, 52_000_000_000, "EUR", "€52bn", "520억 유로"),
    (1_590_000_000, 1_590_000_000, "KRW", "₩1.59bn", "15억 9,000만 원"),
    (5_000_000, None, "GBP", "at least £5m", "500만 파운드 이상"),
    (None, 5_000_000, "GBP", "up to £5m", "최대 500만 파운드"),
    (None, None, "GBP", "", ""),
]


def spaced(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("low", "high", "currency", "english", "korean"), AMOUNTS)
def test_money_reads_right_in_each_language(low, high, currency, english, korean):
    assert formats.format_money(low, high, "en", currency) == english
    assert spaced(formats.format_money(low, high, "ko", currency)) == korean


def test_a_korean_amount_never_breaks_over_two_lines():
    assert " " not in formats.format_money(250_000_000, None, "ko")


def read_english(text):
    match = re.fullmatch(r"£([\d,.]+)(m|bn|tn|)", text)
    return Decimal(match[1].replace(",", "")) * {"": 1, "m": 10**6, "bn": 10**9, "tn": 10**12}[match[2]]


def read_korean(text):
    total = 0
    for number, group in re.findall(r"([\d,]+)(경|조|억|만|)", text):
        total += int(number.replace(",", "")) * 10 ** {"": 0, "만": 4, "억": 8, "조": 12, "경": 16}[group]
    return total


whole_pounds = st.one_of(
    st.integers(0, 10**19),
    st.builds(lambda digits, power: digits * 10**power, st.integers(0, 99_999), st.integers(0, 14)),
)


@given(whole_pounds)
def test_english_money_reads_back_to_the_same_pounds(pounds):
    assert read_english(formats.format_money(pounds, pounds, "en")) == pounds


@given(whole_pounds)
def test_korean_money_reads_back_to_the_same_pounds(pounds):
    assert read_korean(formats.format_money(pounds, pounds, "ko")) == pounds


@given(whole_pounds, whole_pounds)
def test_a_range_of_money_reads_back_to_both_ends(one, other):
    low, high = sorted([one, other])
    english = formats.format_money(low, high, "en").split("–")
    korean = formats.format_money(low, high, "ko").split("~")
    assert [read_english(english[0]), read_english(english[-1])] == [low, high]
    assert [read_korean(korean[0]), read_korean(korean[-1])] == [low, high]


QUANTITIES = [
    (14_000, "jobs", "exact", None, "14,000 jobs", "일자리 14,000개"),
    (1, "jobs", "exact", None, "1 job", "일자리 1개"),
    (955, "jobs", "about", None, "about 955 jobs", "일자리 약 955개"),
    (850, "people", "at least", None, "at least 850 people", "850명 이상"),
    (1_800, "people", "about", None, "about 1,800 people", "약 1,800명"),
    (1_600_000, "people", "exact", None, "1,600,000 people", "160만 명"),
    (1, "people", "exact", None, "1 person", "1명"),
    (107, "count", "exact", None, "107", "107곳"),
    (3, "rank", "exact", None, "3rd", "3위"),
    (21, "rank", "exact", None, "21st", "21위"),
    (12, "rank", "exact", None, "12th", "12위"),
    (6, "rank", "exact", 7, "6th–7th", "6~7위"),
    (1906, "year", "exact", None, "1906", "1906년"),
    (100, "years", "exact", None, "100 years", "100년"),
    (1, "years", "exact", 5, "1–5 years", "1~5년"),
    (Decimal("2.400"), "percent", "exact", None, "2.4%", "2.4%"),
    (2.4, "percent", "exact", None, "2.4%", "2.4%"),
    (Decimal("-1.5"), "percent", "exact", None, "−1.5%", "−1.5%"),
    (None, "percent", "exact", 30, "up to 30%", "최대 30%"),
    (10_000_000, "tonnes_per_year", "exact", None, "10,000,000 tonnes a year", "연간 1,000만 톤"),
    (30, "tonnes_per_day", "about", 35, "about 30–35 tonnes a day", "하루 약 30~35톤"),
    (450, "acres", "exact", None, "450 acres", "450에이커"),
    (180_000, "sq_ft", "exact", None, "180,000 sq ft", "18만 제곱피트"),
    (1_000, "m2", "exact", None, "1,000 m²", "1,000제곱미터"),
    (212, "km", "exact", None, "212 km", "212km"),
    (1_000_000, "homes", "exact", None, "1,000,000 homes", "100만 가구"),
    (4_000_000, "cars", "exact", None, "4,000,000 cars", "자동차 400만 대"),
    (298, "companies", "exact", None, "298 companies", "기업 298곳"),
    (81, "projects", "exact", None, "81 projects", "사업 81건"),
    (524, "patents", "exact", None, "524 patents", "특허 524건"),
    (178, "papers", "exact", None, "178 papers", "논문 178편"),
    (7, "products", "exact", None, "7 products", "제품 7종"),
    (489, "links", "exact", None, "489 links", "연결 489개"),
    (10, "platforms", "exact", None, "10 platforms", "플랫폼 10개"),
    (59, "institutions", "exact", None, "59 institutions", "기관 59곳"),
    (4, "places", "exact", None, "4 places", "4곳"),
    (18_600_000, "EUR", "about", None, "about €18.6m", "약 1,860만 유로"),
    (None, "jobs", "exact", None, "", ""),
]


@pytest.mark.parametrize(("value", "unit", "qualifier", "value_max", "english", "korean"), QUANTITIES)
def test_a_quantity_reads_right_in_each_language(value, unit, qualifier, value_max, english, korean):
    assert formats.format_quantity(value, unit, "en", qualifier, value_max) == english
    assert spaced(formats.format_quantity(value, unit, "ko", qualifier, value_max)) == korean


@pytest.mark.parametrize("unit", formats.UNITS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_unit_of_the_list_can_be_printed(unit, language):
    assert "7" in formats.format_quantity(7, unit, language)


def test_beside_a_label_the_noun_is_left_out_and_the_counter_kept():
    assert formats.format_quantity(44_000, "jobs", "en", labelled=True) == "44,000"
    assert formats.format_quantity(44_000, "jobs", "ko", labelled=True) == "44,000개"
    assert formats.format_quantity(100, "years", "en", labelled=True) == "100 years"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_a_quantity_keeps_every_digit(value):
    english = formats.format_quantity(value, "percent", "en")
    assert Decimal(english.replace("−", "-").replace(",", "").removesuffix("%")) == value


def test_a_unit_a_currency_or_a_qualifier_nobody_defined_is_refused():
    for call in [
        lambda: formats.format_quantity(1, "furlongs", "en"),
        lambda: formats.format_money(1, 1, "en", currency="USD"),
        lambda: formats.format_quantity(1, "jobs", "en", qualifier="perhaps"),
    ]:
        with pytest.raises(ValueError, match="use one of"):
            call()


def test_a_language_without_a_formatter_reads_figures_as_english_does():
    assert formats.format_money(5_000_000, 5_000_000, "cy") == "£5m"
    assert spaced(formats.format_money(5_000_000, 5_000_000, "ko-KR")) == "500만 파운드"


def test_without_a_language_the_active_one_is_used():
    with translation.override("ko"):
        assert formats.format_quantity(3, "rank") == "3위"
    with translation.override(None):
        assert formats.format_quantity(3, "rank") == "3rd"


def test_every_formatter_answers_for_everything_it_is_asked():
    asked = [
        "joined",
        "money_parts",
        "quantity_parts",
        "date",
        "partial_date",
        "moment",
        "deadline",
        "time_span",
    ]
    for module in formats.FORMATTERS.values():
        assert all(callable(getattr(module, name)) for name in asked)


def test_a_date_reads_right_and_holds_together_in_korean():
    assert formats.format_date(date(2022, 3, 14), "en") == "14 March 2022"
    assert formats.format_date(date(2022, 3, 14), "en", weekday=True) == "Monday 14 March 2022"
    assert formats.format_date(date(2023, 6, 27), "ko") == "2023년\u00a06월\u00a027일"
    assert spaced(formats.format_date(date(2023, 6, 27), "ko", weekday=True)) == "2023년 6월 27일(화)"


PROMISED = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def test_a_promise_names_both_clocks():
    assert formats.format_deadline(PROMISED, "en") == (
        "by 17:00 on Wednesday 25 November 2026, London time (02:00 on Thursday 26 November, Seoul time)"
    )
    assert spaced(formats.format_datetime(PROMISED, "ko")) == (
        "런던 시각 2026년 11월 25일(수) 17:00, 서울 시각 11월 26일(목) 02:00"
    )
    assert spaced(formats.format_deadline(PROMISED, "ko")).endswith("02:00까지")


def test_the_second_clock_names_its_year_when_it_is_another():
    text = formats.format_datetime(datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "en")
    assert text.endswith("(02:00 on Friday 1 January 2027, Seoul time)")


def test_one_zone_gives_one_clock_and_summer_time_is_kept():
    july = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    text = formats.format_datetime(july, "en", ["Europe/London"])
    assert text == "13:00 on Wednesday 1 July 2026, London time"


def test_an_event_says_from_when_to_when_on_the_clock_of_its_place():
    start, end = datetime(2023, 6, 14, 14, tzinfo=UTC), datetime(2023, 6, 14, 17, tzinfo=UTC)
    assert formats.format_time_span(start, end, "en") == "15:00 to 18:00, 14 June 2023 (London time)"
    assert spaced(formats.format_time_span(start, end, "ko")) == "2023년 6월 14일 15:00~18:00(런던 시각)"
    assert formats.format_time_span(start, None, "en") == "15:00, 14 June 2023 (London time)"


def test_an_event_of_several_days_says_both():
    start, end = datetime(2023, 7, 24, 0, tzinfo=UTC), datetime(2023, 7, 29, 8, tzinfo=UTC)
    assert formats.format_time_span(start, end, "en", "Asia/Seoul") == (
        "09:00 on 24 July to 17:00 on 29 July 2023 (Seoul time)"
    )
    assert spaced(formats.format_time_span(start, end, "ko", "Asia/Seoul")) == (
        "2023년 7월 24일 09:00~7월 29일 17:00(서울 시각)"
    )


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        formats.format_datetime(PROMISED.replace(tzinfo=None), "en")


def rendered(source, language="en", **context):
    with translation.override(language):
        return Template("{% load figures %}" + source).render(Context(context))


FIGURES = [
    (
        "{% fig_money 4000000000 15000000000 %}",
        '<span class="c">£</span>4<span class="u">bn</span><span class="to">–</span>'
        '<span class="c">£</span>15<span class="u">bn</span>',
        '40<span class="u">억</span><span class="to">~</span>150<span class="u">억</span>'
        '<span class="u"> 파운드</span>',
    ),
    (
        "{% fig_money 250000000 250000000 %}",
        '<span class="c">£</span>250<span class="u">m</span>',
        '2<span class="u">억</span> 5,000<span class="u">만</span><span class="u"> 파운드</span>',
    ),
    (
        "{% fig_quantity 14000 'jobs' %}",
        '14,000<span class="u"> jobs</span>',
        '14,000<span class="u">개 일자리</span>',
    ),
    (
        "{% fig_quantity 850 'people' 'at_least' %}",
        '<span class="q">at least </span>850<span class="u"> people</span>',
        '850<span class="u">명</span><span class="q"> 이상</span>',
    ),
    (
        "{% fig_quantity 1 'years' value_max=6 %}",
        '1<span class="to">–</span>6<span class="u"> years</span>',
        '1<span class="to">~</span>6<span class="u">년</span>',
    ),
    ("{% fig_quantity 44000 'jobs' labelled=True %}", "44,000", '44,000<span class="u">개</span>'),
    ("{% fig_quantity 3 'rank' %}", "3rd", '3<span class="u">위</span>'),
    ("{% fig_money None None %}", "", ""),
]


@pytest.mark.parametrize(("source", "english", "korean"), FIGURES)
def test_a_large_figure_has_the_anatomy_the_style_sheet_expects(source, english, korean):
    assert rendered(source, "en") == english
    assert rendered(source, "ko") == korean


@given(whole_pounds)
def test_a_large_figure_says_what_the_sentence_says(pounds):
    for language in ("en", "ko"):
        pieces = "".join(text for _, text in formats.money_parts(pounds, pounds, language))
        assert pieces == spaced(formats.format_money(pounds, pounds, language))


def test_template_tags_speak_the_language_of_the_page_unless_told_otherwise():
    source = (
        "{{ v|money }}/{% money v %}/{% money v None %}/{% quantity 5 'rank' %}/{% partial_date '2022-03' %}"
    )
    assert rendered(source, "en", v=5_000_000) == "£5m/£5m/at least £5m/5th/March 2022"
    korean = spaced(rendered(source, "ko", v=5_000_000))
    assert korean == "500만 파운드/500만 파운드/500만 파운드 이상/5위/2022년 3월"
    assert rendered("{% money v language='en' %}", "ko", v=5_000_000) == "£5m"


def test_what_is_unknown_prints_nothing():
    source = (
        "{% money missing missing %}{{ missing|money }}{% quantity missing 'jobs' %}{% fig_money missing %}"
    )
    source += "{% partial_date missing %}{% day missing %}{% moment missing %}{% time_span missing %}"
    assert rendered(source) == ""


def test_the_particle_filter_escapes_its_text():
    assert rendered("{{ text|josa:'을/를' }}", text="<b>부산") == "&lt;b&gt;부산을"


JOSA = [
    ("18", "을/를", "18을"),
    ("2", "을/를", "2를"),
    ("10", "으로/로", "10으로"),
    ("1", "으로/로", "1로"),
    ("10억 파운드", "을/를", "10억 파운드를"),
    ("부산", "은/는", "부산은"),
    ("머지강", "이/가", "머지강이"),
    ("하이넷", "과/와", "하이넷과"),
    ("리버풀대학교", "과/와", "리버풀대학교와"),
    ("서울", "으로/로", "서울로"),
    ("부산", "으로/로", "부산으로"),
    ("제주", "으로/로", "제주로"),
    ("리버풀", "을/를", "리버풀을"),
    ("10%", "이/가", "10%가"),
    ("212km", "은/는", "212km는"),
    ("IBM", "과/와", "IBM과"),
    ("STFC", "은/는", "STFC는"),
    ("iiCON", "을/를", "iiCON을"),
    ("Liverpool", "으로/로", "Liverpool로"),
    ("Unilever", "이/가", "Unilever가"),
    ("감염병혁신컨소시엄(iiCON)", "을/를", "감염병혁신컨소시엄(iiCON)을"),
    ("유니레버(Unilever plc)", "은/는", "유니레버(Unilever plc)는"),
    ("“부산”", "은/는", "“부산”은"),
    ("東", "을/를", "東을(를)"),
    ("", "으로/로", "(으)로"),
]


@pytest.mark.parametrize(("text", "pair", "expected"), JOSA)
def test_a_particle_follows_the_last_sound(text, pair, expected):
    assert josa(text, pair) == expected


def test_an_unknown_pair_of_particles_is_refused():
    with pytest.raises(ValueError, match="pair of particles"):
        josa("부산", "를/을")
