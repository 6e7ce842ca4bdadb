"""Case studies: the list and one of them."""

import pytest

from opportunities.models import CaseStudy, Figure, Source
from partners.models import Involvement, Organisation
from publishing.publication import withdraw
from tests.prospectus.public_records import make_case_study, queries, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_list_shows_every_readable_case_study(client, language):
    page = words(client.get(f"/{language}/case-studies/"))
    for slug in CaseStudy.objects.values_list("slug", flat=True):
        assert f'href="/{language}/case-studies/{slug}/"' in page


def test_the_figures_stand_with_their_source(client):
    page = words(client.get("/en/case-studies/unilever/"))
    assert "Company value" in page
    assert '<span class="c">€</span>52<span class="u">bn</span>' in page
    assert "Innovation Prospectus, 2022" in page


def test_the_lesson_and_the_organisations_are_told_in_korean(client):
    page = words(client.get("/ko/case-studies/unilever/"))
    assert "오랜 뿌리와 공용 연구시설이" in page
    assert "리버풀대학교" in page


def test_a_related_opportunity_of_the_same_theme_is_named(client):
    assert "/en/opportunities/" in words(client.get("/en/case-studies/unilever/"))


def test_a_list_in_korean_says_how_many_more_there_are_in_english(client):
    make_case_study("only-english", ["en"])
    page = words(client.get("/ko/case-studies/"))
    assert "only-english" not in page
    assert "?in=all" in page
    everything = words(client.get("/ko/case-studies/?in=all"))
    assert '<span lang="en">Lighthouse only-english</span>' in everything
    assert 'href="/ko/case-studies/?in=all"' not in everything


def test_a_case_study_readable_in_english_only_answers_in_korean_with_a_notice(client):
    make_case_study("only-english", ["en"])
    page = words(client.get("/ko/case-studies/only-english/"))
    assert '<span lang="en">Lighthouse only-english</span></h1>' in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_withdrawn_case_study_is_gone(client):
    withdraw([make_case_study("over")], ["en", "ko"], why="Closed", by=None)
    assert client.get("/en/case-studies/over/").status_code == 410


def test_two_hundred_case_studies_need_no_more_queries_than_two(client):
    before = queries(client, "/ko/case-studies/")
    for number in range(200):
        make_case_study(f"case-{number}")
    assert queries(client, "/ko/case-studies/") == before <= 12


def test_a_case_study_with_much_around_it_needs_no_more_queries(client):
    case = CaseStudy.objects.get(slug="unilever")
    before = queries(client, "/ko/case-studies/unilever/")
    source = Source.objects.first()
    for number, organisation in enumerate(Organisation.objects.all()):
        Involvement.objects.create(organisation=organisation, role="funder", case_study=case)
        Figure.objects.create(
            key=f"lamp-{number}", label_en="Lamps", value=number, unit="count", source=source, case_study=case
        )
    assert queries(client, "/ko/case-studies/unilever/") == before <= 12
