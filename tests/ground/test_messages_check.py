"""`make check` refuses translations that are missing, doubtful or English; a language just begun may have gaps."""

import polib
import pytest
from django.conf import settings
from django.utils.translation import to_locale

from publishing import languages
from scripts.check_messages import faults_of, faults_of_file, to_translate
from scripts.collect_messages import start


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "Search", "msgstr": ""}, "not translated"),
        ({"msgid": "Search", "msgstr": "Search"}, "the same as its English"),
        ({"msgid": "Search", "msgstr": "검색", "flags": ["fuzzy"]}, "fuzzy"),
        (
            {"msgid": "%(count)s results", "msgstr": "결과 %(number)s건"},
            "has other placeholders than its English",
        ),
        ({"msgid": "%d site", "msgid_plural": "%d sites", "msgstr_plural": {0: ""}}, "not translated"),
    ],
)
def test_a_sentence_is_refused(entry, fault):
    assert fault in list(faults_of(polib.POEntry(**entry)))


@pytest.mark.parametrize(
    "entry",
    [
        {"msgid": "Search", "msgstr": "검색"},
        {"msgid": "PDF", "msgstr": "PDF", "tcomment": "same in Korean"},
        {"msgid": "%(n)s", "msgstr": "%(n)s"},
        {"msgid": "%d site", "msgid_plural": "%d sites", "msgstr_plural": {0: "부지 %d곳"}},
        {"msgid": "%d site", "msgid_plural": "%d sites", "msgstr_plural": {0: "موقع واحد", 1: "%d مواقع"}},
    ],
)
def test_a_sentence_is_accepted(entry):
    assert list(faults_of(polib.POEntry(**entry))) == []


def test_a_plural_form_may_not_bring_a_placeholder_of_its_own():
    entry = polib.POEntry(
        msgid="%d site", msgid_plural="%d sites", msgstr_plural={0: "موقع %s", 1: "%d مواقع"}
    )
    assert list(faults_of(entry)) == ["has other placeholders than its English"]


@pytest.fixture
def begun(tmp_path):
    """A catalogue of Arabic that was begun from a Korean one of two sentences."""
    korean = polib.POFile()
    korean.append(polib.POEntry(msgid="Search", msgstr="검색", occurrences=[("a.html", "")]))
    korean.append(polib.POEntry(msgid="%d site", msgid_plural="%d sites", msgstr_plural={0: "부지 %d곳"}))
    korean.append(polib.POEntry(msgid="Gone", msgstr="없음", obsolete=True))
    start("ar", tmp_path, korean)
    path = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    return saved(polib.pofile(str(path)), path)


def saved(catalogue, path):
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return path


def test_a_language_that_is_begun_passes_and_is_counted(begun):
    assert list(faults_of_file(begun)) == []
    assert [entry.msgid for entry in to_translate(polib.pofile(str(begun)))] == ["Search", "%d site"]


def test_a_language_that_is_begun_is_refused_what_is_wrong(begun):
    catalogue = polib.pofile(str(begun))
    catalogue[0].msgstr = "Search"
    assert "the same as its English" in "\n".join(faults_of_file(saved(catalogue, begun)))


def test_a_language_that_calls_itself_complete_has_to_be(begun):
    catalogue = polib.pofile(str(begun))
    del catalogue.metadata["X-Complete"]
    assert "\n".join(faults_of_file(saved(catalogue, begun))).count("not translated") == 2


def test_every_language_of_the_settings_has_a_catalogue():
    for code in languages.translations():
        assert (settings.BASE_DIR / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po").exists(), code


def test_a_compiled_file_that_is_older_than_its_source_is_refused(tmp_path):
    source = tmp_path / "django.po"
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Search", msgstr="검색"))
    catalogue.save(str(source))
    catalogue.save_as_mofile(str(tmp_path / "django.mo"))
    assert list(faults_of_file(source)) == []
    catalogue[0].msgstr = "찾기"
    catalogue.save(str(source))
    assert "make messages" in "\n".join(faults_of_file(source))
