"""The home page and the themes, on the real content."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.models import CaseStudy, Opportunity, OpportunityTheme, Programme, Theme
from prospectus.models import NewsItem
from publishing.publication import publish, withdraw
from tests.prospectus.public_records import make_opportunity

pytestmark = pytest.mark.django_db


def words(response):
    return response.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.5", "/ko/"),
        ("en-GB", "/en/"),
        ("de-DE,fr", "/en/"),
        ("", "/en/"),
        ("\xff;;", "/en/"),
    ],
)
def test_the_root_asks_the_browser(client, languages, expected):
    response = client.get("/", headers={"accept-language": languages})
    assert response.status_code == 302
    assert response["Location"] == expected
    assert response["Vary"] == "Accept-Language"


def test_the_headline_reads_in_each_language(client):
    assert '<span class="c">£</span>12<span class="u">bn</span>' in words(client.get("/en/"))
    assert '120<span class="u">억</span>' in words(client.get("/ko/"))


def test_the_four_themes_and_the_featured_opportunities_stand_on_the_home_page(client):
    page = words(client.get("/ko/"))
    for name in ("재료화학", "감염관리", "머지조력프로젝트"):
        assert name in page
    assert page.count('<li class="theme">') == 4


def test_a_withdrawn_opportunity_leaves_the_home_page(client):
    assert "Hydrogen and HyNet: next phases" in words(client.get("/en/"))
    withdraw([Opportunity.objects.get(slug="hynet-next-phases")], ["en", "ko"], why="Ended", by=None)
    assert "Hydrogen and HyNet: next phases" not in words(client.get("/en/"))


def test_a_theme_shows_its_programmes_and_opportunities(client):
    page = words(client.get("/en/themes/net-zero-maritime/"))
    assert "Mersey Tidal Power" in page
    assert 'class="programme"' in page


def test_an_empty_prospectus_still_has_a_home_page(client, django_assert_max_num_queries):
    for model in (Theme, Opportunity, NewsItem):
        records = model.objects.all()
        withdraw(records, ["en", "ko"], why="Moving", by=None)
    with django_assert_max_num_queries(12):
        assert client.get("/ko/").status_code == 200


@pytest.mark.parametrize("address", ["/en/", "/en/themes/", "/en/themes/net-zero-maritime/"])
def test_the_number_of_queries_does_not_grow(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    theme = Theme.objects.get(slug="net-zero-maritime")
    made = [make_opportunity(f"made-{n}", publish_it=False, featured=n + 10) for n in range(200)]
    OpportunityTheme.objects.bulk_create(OpportunityTheme(opportunity=one, theme=theme) for one in made)
    programmes = [
        Programme.objects.create(slug=f"p-{n}", title_en="Made", summary_en="Made") for n in range(200)
    ]
    studies = [
        CaseStudy.objects.create(slug=f"s-{n}", title_en="Made", summary_en="Made") for n in range(200)
    ]
    theme.programmes.add(*programmes)
    theme.case_studies.add(*studies)
    publish([*made, *programmes, *studies], ["en"], by=None)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 12
