"""A figure named in a text reads as the language of that text has it, in the page and in its preview."""

import pytest

from publishing.previews import share, staff_address, token_of
from publishing.publication import publish
from tests import factories
from tests.prospectus.public_records import make_page, queries, words

pytestmark = pytest.mark.django_db

NAMING = {
    "body_en": "<p>It is {{figure:barrage-length}} long.</p>",
    "body_ko": "<p>길이는 {{figure:barrage-length}}입니다.</p>",
}


@pytest.fixture
def length():
    return people("barrage-length")


def people(key):
    source = factories.source(f"report-{key}")
    subject = factories.theme(f"theme-{key}")
    return factories.figure(key, value=12000, unit="people", value_max=15000, source=source, theme=subject)


@pytest.mark.usefixtures("length")
def test_a_page_puts_the_figure_in_the_place_of_its_token(client):
    make_page("how-long", **NAMING)
    assert "12,000–15,000 people" in words(client.get("/en/how-long/"))
    assert "12,000~15,000명" in words(client.get("/ko/how-long/"))


@pytest.mark.usefixtures("length")
def test_english_text_on_a_korean_page_has_its_figure_in_english(client):
    make_page("how-long", languages=["en"], **NAMING)
    assert "12,000–15,000 people long" in words(client.get("/ko/how-long/"))


@pytest.mark.usefixtures("length")
def test_a_preview_shows_the_figure_too(client):
    record = factories.page(**NAMING)
    link = share(record, "ko", why="", by=None)
    assert "12,000~15,000명" in words(client.get(f"/ko/preview/{token_of(link)}/"))
    client.force_login(factories.superuser())
    assert "12,000–15,000 people" in words(client.get(staff_address(record, "en")))


def test_a_figure_that_changes_is_changed_in_what_is_published(client, length):
    make_page("how-long", **NAMING)
    type(length).objects.filter(pk=length.pk).update(value=13000)
    assert "13,000–15,000 people" in words(client.get("/en/how-long/"))


def test_figures_take_one_query_however_many_and_none_where_none_is_named(client):
    keys = [people(f"length-{number}").key for number in range(5)]
    record = make_page("how-long")
    plain = queries(client, "/en/how-long/")
    for named in (keys[:1], keys):
        record.body_en = "".join(f"<p>{{{{figure:{key}}}}}</p>" for key in named)
        record.save()
        publish([record], ["en"], by=None)
        assert queries(client, "/en/how-long/") == plain + 1
