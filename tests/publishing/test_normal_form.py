"""Texts are stored in one form, so that two that read the same are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.models import Opportunity
from publishing.text.normal_form import normal_html, normal_line, normal_prose, plain_text
from tests import factories

TAGS = st.sampled_from(
    "<p>|</p>|<b>|<strong>|</strong>|<script>|</script>|<a href='javascript:x'>|<br>|<td>|<ul><li>|</ul>|"
    "&amp;|&lt;|&|<|\u200b|\u1112\u1161|\r\n|\n\n".split("|")
)
MARKUP = st.lists(st.one_of(TAGS, st.text(max_size=8)), max_size=12).map("".join)
WORD_PASTE = (
    '<p class="MsoNormal" style="margin:0cm"><span lang="KO" style="font-family:맑은 고딕">조력<o:p></o:p></span>'
    "<!--[if gte mso 9]><xml></xml><![endif]--> <b>발전</b>\u200b</p><script>alert(1)</script>"
)


@given(st.one_of(st.text(), MARKUP))
@pytest.mark.parametrize("normal", [normal_line, normal_prose, normal_html])
def test_normal_form_twice_is_normal_form_once(normal, text):
    assert normal(normal(text)) == normal(text)


@given(st.text())
def test_a_line_has_no_breaks_and_no_runs_of_blanks(text):
    line = normal_line(text)
    assert "\n" not in line and "\r" not in line and "  " not in line and line == line.strip()


@given(MARKUP)
def test_markup_that_acts_never_survives(text):
    cleaned = normal_html(text).lower()
    assert "<script" not in cleaned and "javascript:" not in cleaned and "<b>" not in cleaned


def test_decomposed_hangul_is_composed():
    decomposed = unicodedata.normalize("NFD", "투자유치")
    assert normal_line(decomposed) == "투자유치"


def test_line_ends_of_every_system_are_one():
    assert normal_prose("One\r\nTwo\rThree\n") == "One\nTwo\nThree"


def test_a_paste_from_a_word_processor_keeps_its_words_and_loses_the_rest():
    cleaned = normal_html(WORD_PASTE)
    assert plain_text(cleaned) == "조력 발전"
    for rest in ("Mso", "style", "script", "alert", "o:p", "xml"):
        assert rest not in cleaned


def test_text_without_tags_becomes_paragraphs():
    assert normal_html("One\nline\n\nTwo") == "<p>One<br>line</p>\n<p>Two</p>"


def test_links_keep_their_address_and_tell_the_other_site_nothing():
    cleaned = normal_html('<p><a href="https://example.org/" onclick="x()">Link</a></p>')
    assert cleaned == '<p><a href="https://example.org/" rel="noopener noreferrer">Link</a></p>'


@pytest.mark.django_db
def test_a_text_is_stored_in_normal_form_whichever_way_it_is_written():
    record = factories.opportunity(title_en=" Two \u00a0 words ", summary_en="One\r\nTwo")
    record.refresh_from_db()
    assert record.summary_en == "One\nTwo"
    Opportunity.objects.filter(pk=record.pk).update(body_en="<p onclick='x'>Body</p><script>x</script>")
    record.refresh_from_db()
    assert record.body_en == "<p>Body</p>"
