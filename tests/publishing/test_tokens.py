"""Tokens of a text: found, filled in, left out, and refused when they stand for nothing."""

import pytest
from django.core.exceptions import ValidationError

from opportunities.models import Opportunity
from prospectus.models import Page
from publishing.text.tokens import Token, damaged_in, replaced, tokens_of, without_tokens
from tests import factories
from tests.admin_form import errors, save


def test_tokens_are_found_in_their_order():
    text = "<p>{{figure:b}} and {{ setting:retention }}, {{figure:a-1}}.</p>"
    assert tokens_of(text) == [Token("figure", "b"), Token("setting", "retention"), Token("figure", "a-1")]
    assert str(Token("figure", "a-1")) == "{{figure:a-1}}"


@pytest.mark.parametrize(
    "text",
    [
        "{{figure key}}",
        "{figure:key}}",
        "{{figure:key}",
        "{{figure:}}",
        "{{}}",
        "{{figure:한글}}",
        "{{picture:key}}",
        "{{fig<strong>ure:key}}</strong>",
        '<a href="{{figure:key}}">words</a>',
        "{{{figure:key}}}",
    ],
)
def test_what_only_looks_like_a_token_is_damaged(text):
    assert damaged_in(f"<p>Words {text} words {{{{figure:whole}}}}.</p>")


@pytest.mark.parametrize("text", ["", "<p>{{figure:key}}</p>", "a {brace} b", "{{ setting:contact_email }}"])
def test_whole_tokens_and_single_braces_are_not_damaged(text):
    assert damaged_in(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("worth {{figure:x}} a year", "worth a year"),
        ("worth {{figure:x}}.", "worth."),
        ("<p>{{figure:x}} jobs</p>", "<p>jobs</p>"),
        ("{{figure:x}}의 투자", "의 투자"),
    ],
)
def test_a_token_left_out_leaves_neither_braces_nor_a_gap(text, left):
    assert without_tokens(text) == left


def test_a_token_of_another_kind_stays_for_whoever_fills_it():
    text = "{{figure:x}} {{setting:y}}"
    assert replaced(text, lambda token: "2 km" if token.kind == "figure" else None) == "2 km {{setting:y}}"


def test_thousands_of_braces_are_judged_at_once():
    assert damaged_in("{" * 50_000 + "}" * 50_000)
    assert damaged_in("{{figure:" * 10_000)


@pytest.mark.django_db
class TestAForm:
    @pytest.fixture(autouse=True)
    def signed_in(self, client):
        client.force_login(factories.superuser())
        self.record = factories.opportunity(body_en="<p>Words.</p>")
        factories.theme_of(self.record)
        factories.figure(source=factories.source(), opportunity=self.record)

    def test_a_text_that_names_a_figure_is_saved(self, client):
        response = save(client, self.record, body_en="<p>Over {{figure:barrage-length}}.</p>")
        assert response.status_code == 302, errors(response)
        self.record.refresh_from_db()
        assert "{{figure:barrage-length}}" in self.record.body_en

    def test_a_figure_that_there_is_not_is_refused_by_its_key_and_the_typed_text_is_kept(self, client):
        response = save(client, self.record, body_ko="<p>약 {{figure:no-such}}입니다.</p>")
        (told,) = errors(response)[0]["body_ko"]
        assert "“no-such”" in told and "{{figure:no-such}}" in told
        assert "약 {{figure:no-such}}입니다." in response.content.decode()
        self.record.refresh_from_db()
        assert not self.record.body_ko

    def test_a_damaged_token_is_refused_in_words(self, client):
        response = save(client, self.record, body_en="<p>{{figure barrage}} {figure:barrage-length}}</p>")
        told = errors(response)[0]["body_en"]
        assert "“{{figure barrage}}”" in told[0] and "“{figure:barrage-length}}”" in told[1]

    def test_braces_written_as_entities_are_seen_too(self, client):
        response = save(client, self.record, body_en="<p>&#123;&#123;figure:no-such}}</p>")
        assert "no-such" in errors(response)[0]["body_en"][0]

    def test_a_setting_is_for_pages_only(self, client):
        response = save(client, self.record, body_en="<p>{{setting:contact_email}}</p>")
        assert "contact_email" in errors(response)[0]["body_en"][0]

    def test_a_text_that_is_shown_as_it_stands_takes_no_token(self, client):
        response = save(client, self.record, summary_en="Over {{figure:barrage-length}}.")
        assert "in the body of a record only" in errors(response)[0]["summary_en"][0]

    def test_a_page_may_name_a_setting_and_a_figure_but_no_secret(self):
        body = Page._meta.get_field("body_en")
        body.clean("<p>{{setting:contact_email}} {{figure:barrage-length}}</p>", Page())
        with pytest.raises(ValidationError, match="SECRET_KEY"):
            body.clean("<p>{{setting:SECRET_KEY}}</p>", Page())

    def test_texts_without_tokens_ask_the_database_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            Opportunity._meta.get_field("body_en").clean("<p>Words.</p>", Opportunity())
