"""Pages that stand by themselves, and the leadership."""

import datetime

import pytest
from django.utils import timezone

from partners.models import Appointment, Organisation, Person
from prospectus.models import Page
from publishing.publication import publish, withdraw
from tests.prospectus.public_records import make_page, queries, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "slug", list("about leadership working-with-us accessibility privacy cookies terms".split())
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_page_of_the_site_answers(client, language, slug):
    page = words(client.get(f"/{language}/{slug}/"))
    assert f'<html lang="{language}">' in page
    assert "{{" not in page


def test_settings_stand_in_the_place_of_their_tokens(client, settings):
    settings.DATA_CONTROLLER = "Combined <Authority>"
    settings.ENQUIRY_RETENTION = "three years"
    page = words(client.get("/en/privacy/"))
    assert "Combined &lt;Authority&gt;" in page
    assert "three years" in page


def test_what_the_operator_writes_in_english_is_marked_on_a_korean_page(client, settings):
    settings.DATA_CONTROLLER = "Combined Authority"
    page = words(client.get("/ko/privacy/"))
    assert '<span lang="en">Combined Authority</span>' in page
    assert '<span lang="en">Combined Authority</span>' not in words(client.get("/en/privacy/"))


def test_an_unknown_token_stays_as_it_was_written(client):
    make_page("tokens", body_en="<p>{{setting:SECRET_KEY}} {{setting:contact_email}}</p>")
    page = words(client.get("/en/tokens/"))
    assert "{{setting:SECRET_KEY}}" in page
    assert "<p>{{setting:SECRET_KEY}} innovation@" in page


def test_a_scheduled_page_is_hidden_until_its_time(client):
    page = make_page("later", languages=[])
    publish([page], ["en"], at=timezone.now() + datetime.timedelta(hours=1), by=None)
    assert client.get("/en/later/").status_code == 404


def test_a_withdrawn_page_is_gone(client):
    withdraw([make_page("over")], ["en", "ko"], why="Over", by=None)
    assert client.get("/ko/over/").status_code == 410


def test_a_page_withdrawn_in_korean_only_shows_its_english_there(client):
    withdraw([make_page("half")], ["ko"], why="Wrong", by=None)
    page = words(client.get("/ko/half/"))
    assert '<span lang="en">Lighthouse half</span></h1>' in page


def test_an_old_address_leads_to_the_new_one(client):
    page = make_page("old-name")
    page.slug = "new-name"
    page.save()
    response = client.get("/en/old-name/")
    assert (response.status_code, response.url) == (301, "/en/new-name/")


def test_the_leaders_and_the_board_are_shown_with_their_organisations(client):
    page = words(client.get("/en/leadership/"))
    assert 'Steve <span class="family">Rotheram</span>' in page
    assert page.count('class="person"') == 29
    board = page[page.index("The Innovation Board</h2>") :]
    assert "Chair, Innovation Board" in board
    assert "Unilever" in board


def test_a_name_is_shown_in_both_scripts_to_a_korean_reader(client):
    page = words(client.get("/ko/leadership/"))
    assert '스티브 <span class="family">로더람</span></h3>' in page
    assert '<span lang="en">Steve <span class="family">Rotheram</span></span>' in page


def test_an_appointment_that_has_ended_or_is_not_public_is_not_shown(client):
    authority, person = Organisation.objects.get(key="lcrca"), Person.objects.get(key="steve-rotheram")
    for key, more in {"ended": {"public": True, "until_date": "2024"}, "hidden": {"public": False}}.items():
        Appointment.objects.create(
            key=key, person=person, organisation=authority, title_en=f"Lamp keeper {key}", **more
        )
    assert "Lamp keeper" not in words(client.get("/en/leadership/"))


def test_a_long_board_needs_no_more_queries(client):
    before = queries(client, "/ko/leadership/")
    authority = Organisation.objects.get(key="lcrca")
    for number in range(200):
        person = Person.objects.create(key=f"keeper-{number}", latin_family="Keeper", latin_given=str(number))
        Appointment.objects.create(
            key=f"keeper-{number}",
            person=person,
            organisation=authority,
            kind="board",
            title_en="Member",
            public=True,
        )
    assert queries(client, "/ko/leadership/") == before <= 12


def test_a_page_needs_few_queries(client):
    assert Page.objects.filter(slug="about").exists()
    assert queries(client, "/ko/about/") <= 12
