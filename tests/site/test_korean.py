"""A reader of Korean meets Korean: English stands only where it is marked as English or is an official name."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.site.markup import texts

pytestmark = pytest.mark.django_db

NAMES = Path(__file__).parent / "official_names.txt"
CATALOGUE = settings.BASE_DIR / "locale" / "ko" / "LC_MESSAGES" / "django.po"
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
WORD = r"[A-Za-z][A-Za-z'’&-]+"
THREE_WORDS = re.compile(rf"{WORD}(?: {WORD}){{2,}}")
LEFT_OVER = re.compile(r"\bNone\b|\{\{|\}\}|\{%|%\(|%s\b|&lt;|&amp;|\bnan\b|<[a-z/]")
TYPED = "<script>"  # what the test of the search itself types


def official_names():
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def placeholders():
    """What the operator has not yet filled in is plain to see, in English, until `check --deploy` passes."""
    names = ("DATA_CONTROLLER", "DATA_CONTROLLER_ADDRESS", "DATA_PROTECTION_EMAIL", "ENQUIRY_RETENTION")
    return [getattr(settings, name) for name in names]


def without(parts, line):
    for part in sorted(parts, key=len, reverse=True):
        line = line.replace(part, " · ")
    return ADDRESS.sub(" ", line)


def test_no_korean_page_has_three_english_words_in_a_row(korean_pages, no_faults):
    known = official_names() + placeholders()
    assert len(korean_pages) > 80
    found = {}
    for page in korean_pages:
        for line in texts(page.document):
            for words in THREE_WORDS.findall(without(known, line)):
                found.setdefault(words, page)
    no_faults(f"{page}: {words}" for words, page in found.items())


def test_no_sentence_of_the_interface_shows_in_english_on_a_korean_page(korean_pages, no_faults):
    english = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.msgid not in entry.msgstr}
    found = {}
    for page in korean_pages:
        for line in english & set(texts(page.document)):
            found.setdefault(line, page)
    no_faults(f"{page}: {line}" for line, page in found.items())


def test_no_page_shows_what_only_programmers_read(pages, no_faults):
    found = {}
    for page in pages:
        for line in texts(page.document):
            if LEFT_OVER.search(line.replace(TYPED, "")):
                found.setdefault(line[:120], page)
    no_faults(f"{page}: {line}" for line, page in found.items())


def test_every_page_holds_hangul_in_its_title_and_main_heading(korean_pages, no_faults):
    hangul = re.compile("[가-힣]")
    for page in korean_pages:
        assert hangul.search(page.document.findtext("head/title")), str(page)
    no_faults(
        str(page)
        for page in korean_pages
        if "/opportunities/" not in page.address.path
        and not hangul.search("".join(page.document.find(".//h1").itertext()))
        and page.document.find(".//h1//*[@lang='en']") is None
    )


def test_the_list_of_official_names_is_short_and_used(korean_pages):
    names = official_names()
    assert len(names) <= 40
    everything = "\n".join(line for page in korean_pages for line in texts(page.document))
    assert [name for name in names if name not in everything] == []
