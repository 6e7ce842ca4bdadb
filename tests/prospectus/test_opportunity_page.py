"""One opportunity, as a reader meets it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.models import Asset, CaseStudy, Figure, Opportunity, OpportunityTheme, Source, Theme
from partners.models import Involvement, Organisation
from publishing.publication import publish, withdraw
from tests.prospectus.public_records import make_opportunity

pytestmark = pytest.mark.django_db
TIDAL = "/{}/opportunities/mersey-tidal-power/"


def words(response):
    return response.content.decode().replace("\xa0", " ")


def test_the_range_of_values_reads_in_each_language(client):
    assert '<span class="c">£</span>4<span class="u">bn</span>' in words(client.get(TIDAL.format("en")))
    korean = words(client.get(TIDAL.format("ko")))
    assert '40<span class="u">억</span><span class="to">~</span>150' in korean


def test_every_figure_has_its_source_and_date(client):
    page = words(client.get(TIDAL.format("en")))
    assert "As at 2022. " in page
    assert "Innovation Prospectus" in page


def test_a_figure_the_source_does_not_give_is_said_to_be_missing(client):
    page = words(client.get("/en/opportunities/hemisphere/"))
    assert "No value published" in page
    assert "None" not in page


def test_organisations_stand_by_their_role(client):
    page = words(client.get(TIDAL.format("en")))
    assert "Liverpool City Region Combined Authority" in page
    assert page.index('class="role">Lead') < page.index('class="role">Partner')


def test_the_address_of_an_unknown_record_is_not_found(client):
    response = client.get("/ko/opportunities/never-there/")
    assert response.status_code == 404
    assert "이 주소에는 화면이 없습니다" in words(response)


def test_a_record_never_published_is_not_found(client):
    make_opportunity("secret", publish_it=False)
    assert client.get("/en/opportunities/secret/").status_code == 404


def test_a_scheduled_opportunity_is_hidden_until_its_time(client):
    opportunity = make_opportunity("tomorrow", publish_it=False)
    publish([opportunity], ["en"], at=timezone.now() + datetime.timedelta(days=1), by=None)
    assert client.get("/en/opportunities/tomorrow/").status_code == 404


def test_a_withdrawn_opportunity_is_gone_with_a_sentence_and_the_way_on(client):
    withdraw([Opportunity.objects.get(slug="mersey-tidal-power")], ["en", "ko"], why="Ended", by=None)
    response = client.get(TIDAL.format("ko"))
    assert response.status_code == 410
    assert "공개가 종료된 화면입니다" in words(response)
    assert "/ko/opportunities/" in words(response)


def test_a_deleted_record_that_was_once_published_is_gone(client):
    opportunity = make_opportunity("short-lived")
    opportunity.delete()
    assert client.get("/en/opportunities/short-lived/").status_code == 410


def test_an_old_address_leads_to_the_record(client):
    Opportunity.objects.filter(slug="mersey-tidal-power").update(slug="tidal")
    response = client.get(TIDAL.format("ko"))
    assert response.status_code == 301
    assert response["Location"] == "/ko/opportunities/tidal/"
    assert client.get("/ko/opportunities/tidal/").status_code == 200


def test_what_is_live_in_english_only_answers_in_korean_honestly(client):
    withdraw([Opportunity.objects.get(slug="mersey-tidal-power")], ["ko"], why="Being redone", by=None)
    page = words(client.get(TIDAL.format("ko")))
    assert "이 화면은 아직 한국어로 제공되지 않아" in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<h1><span lang="en">Mersey Tidal Power</span></h1>' in page
    assert 'hreflang="ko"' not in page.split("</head>")[0]


def test_the_switcher_leads_to_the_same_page_and_says_when_it_is_english(client):
    withdraw([Opportunity.objects.get(slug="mersey-tidal-power")], ["ko"], why="Being redone", by=None)
    page = words(client.get(TIDAL.format("en")))
    entry = page[page.index('<a href="/ko/opportunities/mersey-tidal-power/"') :].split("</li>")[0]
    assert "(in English)" in entry


def test_the_switcher_keeps_the_filters(client):
    assert '<a href="/ko/opportunities/?theme=net-zero-maritime"' in words(
        client.get("/en/opportunities/?theme=net-zero-maritime")
    )


def test_a_correction_of_a_fact_is_public_at_once(client):
    Opportunity.objects.filter(slug="mersey-tidal-power").update(jobs_construction=5001)
    assert "5,001" in words(client.get(TIDAL.format("ko")))


def test_the_number_of_queries_does_not_grow_with_what_is_related(client):
    client.get(TIDAL.format("en"))
    with CaptureQueriesContext(connection) as few:
        client.get(TIDAL.format("en"))
    surround(Opportunity.objects.get(slug="mersey-tidal-power"), 200)
    with CaptureQueriesContext(connection) as many:
        client.get(TIDAL.format("en"))
    assert len(many) == len(few) <= 12


def surround(opportunity, number):
    """Gives an opportunity that many figures, organisations, assets, case studies and neighbours."""
    source, theme = Source.objects.first(), Theme.objects.get(slug="net-zero-maritime")
    organisations = Organisation.objects.bulk_create(
        Organisation(key=f"made-{n}", name_en=f"Made {n}", kind="company", country="KR")
        for n in range(number)
    )
    Involvement.objects.bulk_create(
        Involvement(organisation=made, opportunity=opportunity, role="partner") for made in organisations
    )
    Figure.objects.bulk_create(
        Figure(
            key=f"made-{n}", label_en="Made", value=n, unit="count", source=source, opportunity=opportunity
        )
        for n in range(number)
    )
    Asset.objects.bulk_create(
        Asset(number=1000 + n, name_en="Made", status="existing", site=opportunity.site, district="wirral")
        for n in range(number)
    )
    neighbours = [make_opportunity(f"near-{n}", publish_it=False) for n in range(number)]
    OpportunityTheme.objects.bulk_create(
        OpportunityTheme(opportunity=near, theme=theme) for near in neighbours
    )
    studies = [
        CaseStudy.objects.create(slug=f"study-{n}", title_en="Made", summary_en="Made", site=opportunity.site)
        for n in range(number)
    ]
    publish([*neighbours, *studies], ["en"], by=None)
