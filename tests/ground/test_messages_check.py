"""`make check` refuses Korean that is missing, doubtful or English."""

import polib
import pytest

from scripts.check_messages import faults_of, faults_of_file


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
    ],
)
def test_a_sentence_is_accepted(entry):
    assert list(faults_of(polib.POEntry(**entry))) == []


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
