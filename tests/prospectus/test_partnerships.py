"""Agreements and delegation visits made public."""

import datetime
import re

import pytest

from opportunities.models import Site
from partners.models import (
    Appointment,
    Memorandum,
    MemorandumParty,
    MemorandumTerm,
    Organisation,
    Person,
    Signatory,
    VisitStop,
)
from publishing.publication import withdraw
from tests.prospectus.public_records import make_memorandum, make_visit, queries, words

pytestmark = pytest.mark.django_db


def entries(page):
    return re.findall(r'<li(?: class="is-sign")? id="([^"]+)"><p class="chron__date">', page)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_public_agreement_and_visit_stands_at_its_anchor(client, language):
    found = entries(words(client.get(f"/{language}/partnerships/")))
    assert len(found) == 12
    assert "lcr-busan-2023" in found


def test_the_newest_comes_first(client):
    make_visit("newest", starts="2026-11-01")
    make_memorandum("older", signed_on=datetime.date(2021, 1, 1))
    found = entries(words(client.get("/en/partnerships/")))
    assert found[0] == "newest"
    assert found[-1] == "older"


def test_a_computed_expiry_is_said_to_be_computed(client):
    page = words(client.get("/en/partnerships/"))
    assert "to 27 June 2028 (computed from the length of the term)" in page


def test_a_term_that_is_not_known_is_said_to_be_not_stated(client):
    make_memorandum("bare")
    page = words(client.get("/en/partnerships/"))
    entry = page[page.index('id="bare"') :]
    assert "Date not known" in entry
    assert "Not stated" in entry
    assert "None" not in page


def test_an_extension_without_an_expiry_says_its_length_only(client):
    page = words(client.get("/en/partnerships/"))
    assert "Extended on 5 November 2025: 2 years" in page


def test_a_korean_signatory_is_named_family_first_in_both_scripts(client):
    english = words(client.get("/en/partnerships/"))
    assert (
        '<span class="family">Park</span> Heong-joon <span lang="ko"><span class="family">박</span>형준</span>'
        in english
    )
    korean = words(client.get("/ko/partnerships/"))
    assert (
        '<span class="family">박</span>형준 <span lang="en"><span class="family">Park</span> Heong-joon</span>'
        in korean
    )
    assert '스티브 <span class="family">로더람</span> <span lang="en">Steve' in korean


def test_an_agreement_that_was_never_published_is_not_shown(client):
    make_memorandum("secret", languages=[])
    make_visit("private", languages=[])
    page = words(client.get("/en/partnerships/"))
    assert "secret" not in page
    assert "private" not in page


def test_a_withdrawn_agreement_is_not_shown(client):
    memorandum = Memorandum.objects.get(slug="lcr-busan-2023")
    withdraw([memorandum], ["en", "ko"], why="Ended", by=None)
    page = words(client.get("/en/partnerships/"))
    assert 'id="lcr-busan-2023"' not in page
    assert client.get("/ko/partnerships/").status_code == 200


def test_what_is_readable_in_english_only_is_one_click_away(client):
    make_visit("only-english", languages=["en"])
    page = words(client.get("/ko/partnerships/"))
    assert "only-english" not in page
    assert "?in=all" in page
    assert '<span lang="en">Lighthouse only-english</span>' in words(client.get("/ko/partnerships/?in=all"))


def test_an_appointment_that_is_not_public_is_not_shown(client):
    Appointment.objects.create(
        key="hidden",
        person=Person.objects.get(key="park-heong-joon"),
        organisation=Organisation.objects.get(key="lcrca"),
        title_en="Keeper of the lamp",
        position=0,
    )
    assert "Keeper of the lamp" not in words(client.get("/en/partnerships/"))


def test_two_hundred_agreements_and_visits_need_no_more_queries(client):
    before = queries(client, "/ko/partnerships/")
    organisation, person = Organisation.objects.first(), Person.objects.first()
    site = Site.objects.first()
    for number in range(100):
        memorandum = make_memorandum(f"m-{number}", signed_on=datetime.date(2024, 1, 1))
        MemorandumParty.objects.create(memorandum=memorandum, organisation=organisation)
        Signatory.objects.create(memorandum=memorandum, person=person)
        MemorandumTerm.objects.create(memorandum=memorandum, years=3)
        visit = make_visit(f"v-{number}")
        VisitStop.objects.create(visit=visit, site=site, purpose_en="See the lamp", purpose_ko="등불 참관")
    assert queries(client, "/ko/partnerships/") == before <= 12
