"""The Korean of the committed content: there, Korean, formal, with the agreed words, in normal form."""

import re

import pytest
from django.apps import apps
from modeltranslation.translator import translator

from opportunities import models as opportunities
from partners import models as partners
from prospectus import models as prospectus
from publishing import languages
from publishing.fields import NormalForm
from publishing.models.publishable import publishable_models, translated_fields
from publishing.publication import missing_texts
from publishing.text.normal_form import plain_text

pytestmark = pytest.mark.django_db

# Official names that are written in Latin letters in Korea too.
SAME_IN_KOREAN = {"ABB", "AIMES", "CGI", "GSK", "IBM", "NGE", "O2", "ULEMCo"}
# Names of institutions and brands that Korean readers know in Latin letters, longer than two words.
LATIN_NAMES = {"KQ베이스, KQ그로우, KQ리워드", "LYVA Labs, LCR벤쳐스"}

PROSE = [
    (opportunities.Theme, ["summary"]),
    (opportunities.Site, ["summary"]),
    (opportunities.Opportunity, ["summary", "body", "sought", "jobs_note"]),
    (opportunities.CaseStudy, ["summary", "body", "lesson"]),
    (opportunities.Programme, ["summary"]),
    (partners.Memorandum, ["summary"]),
    (prospectus.NewsItem, ["standfirst", "body"]),
    (prospectus.Event, ["summary"]),
    (prospectus.Page, ["summary", "body"]),
]

MISTRANSLATIONS = {
    "혈장": "plasma of an accelerator, not of blood: 플라스마",
    "자외선": "UltraViolet is a building: 울트라바이올렛",
    "왕립외과": "Royal College of Physicians: 왕립내과의사협회",
    "더헬스": "The Heath, Runcorn: 더히스",
    "알비아": "Albéa: 알베아",
    "아루웨": "Arrowe Park: 애로우파크",
    "엘리엇-왓": "Heriot-Watt: 헤리엇와트",
    "국민의료보험": "NHS: 국민보건서비스",
    "수리학": "mathematical sciences are not hydrology",
    "길항미생물": "antimicrobial resistance: 항균제 내성",
    "혁신 계획서": "Innovation Prospectus: 혁신 투자 안내서",
    "자매도시": "Busan is a friendship city, not a sister city: 우호협력도시",
    "리버풀 광역시장": "the Mayor of the city region is 리버풀도시권 시장",
    "초기자본금": "seed fund: 시드펀드",
    "높은 잠재력을 가진": "High Potential Opportunity: 고잠재력 투자기회",
    "열린혁신": "open innovation: 개방형 혁신",
    "전체광섬유": "full fibre: 전 구간 광섬유",
    "리버풀 광역도시권": "one form of the name: 리버풀도시권",
}
NAMED_SO = {"항균성표면열린혁신허브(리버풀대학교)"}  # an official name, as printed


def translated_models():
    rooms = ("opportunities", "partners", "prospectus")
    models = (model for room in rooms for model in apps.get_app_config(room).get_models())
    return [model for model in models if model in translator.get_registered_models()]


def every_text(language):
    for model in translated_models():
        names = translated_fields(model)
        for record in model._base_manager.all():
            for name in names:
                yield record, name, getattr(record, f"{name}_{language}") or ""


def sentences(text):
    """Of paragraphs and plain lines; headings and the items of lists are not sentences unless they end like one."""
    text = re.sub(r"\{\{setting:\w+\}\}", "", text)
    parts = re.findall(r"<p>(.*?)</p>", text, re.DOTALL) + [
        item for item in re.findall(r"<li>(.*?)</li>", text, re.DOTALL) if item.rstrip().endswith(".")
    ]
    for part in parts if "<" in text else [text]:
        yield from re.split(r"(?<=[.?!])\s+", plain_text(part))


def test_there_is_prose_to_look_at():
    assert sum(1 for model, names in PROSE for _ in model.objects.all() for _ in names) > 200


def test_every_text_stands_in_both_languages_or_in_neither():
    english = {(record, name): bool(text) for record, name, text in every_text("en")}
    korean = {(record, name): bool(text) for record, name, text in every_text("ko")}
    assert [key for key in english if english[key] != korean[key]] == []


def test_no_korean_text_is_its_english():
    english = {(record, name): text for record, name, text in every_text("en")}
    same = {text for record, name, text in every_text("ko") if text and text == english[record, name]}
    assert same == SAME_IN_KOREAN


def test_every_korean_text_has_hangul_in_it():
    without = {text for _, _, text in every_text("ko") if text and not re.search("[가-힣]", text)}
    assert without == SAME_IN_KOREAN | {"LCR4.0"}


def test_no_text_is_damaged():
    damaged = re.compile("\ufffd|â€|Ã.|ì.|&amp;amp;|\\?\\?")
    assert [
        text for language in languages.codes() for _, _, text in every_text(language) if damaged.search(text)
    ] == []


@pytest.mark.parametrize(("model", "names"), PROSE, ids=[model.__name__ for model, _ in PROSE])
def test_korean_sentences_end_formally(model, names):
    informal = [
        sentence
        for record in model.objects.all()
        for name in names
        for sentence in sentences(getattr(record, f"{name}_ko") or "")
        if sentence and not sentence.endswith("니다.")
    ]
    assert informal == []


def test_no_known_mistranslation_is_copied():
    texts = [text for _, _, text in every_text("ko") if text not in NAMED_SO]
    found = {(word, meant, text) for word, meant in MISTRANSLATIONS.items() for text in texts if word in text}
    assert found == set()


def test_no_korean_text_holds_three_english_words_in_a_row():
    run = re.compile(r"(?:[A-Za-z][A-Za-z’'-]*[ ,]+){2}[A-Za-z]+\b(?![가-힣])")
    found = [
        (text, run.search(plain_text(text)).group())
        for _, _, text in every_text("ko")
        if run.search(plain_text(text)) and not any(name in text for name in LATIN_NAMES)
    ]
    assert found == []


def test_the_words_of_the_glossary_are_used():
    texts = " ".join(text for _, _, text in every_text("ko"))
    for word in (
        "리버풀도시권 연합기구 부산광역시 투자기회 고잠재력 양해각서 합의각서 협력의향서 우호협력도시 "
        "혁신지구 중개연구 감염관리 재료화학 탄소중립 자유무역항 조력 석호 견습직 시드펀드 "
        "엔젤네트워크 분사 혁신위원회"
    ).split():
        assert word in texts, word


def test_every_stored_text_is_in_normal_form():
    for model in translated_models():
        for name in translated_fields(model):
            field = model._meta.get_field(name)
            assert isinstance(field, NormalForm), f"{model.__name__}.{name} does not keep the normal form"
            for record in model._base_manager.all():
                for language in languages.codes():
                    text = getattr(record, f"{name}_{language}") or ""
                    assert text == field.normalise(text), (record, name, language)


def test_no_record_lacks_a_required_text():
    for model in publishable_models():
        for record in model.objects.all():
            for language in languages.codes():
                assert missing_texts(record, language) == [], (record, language)
