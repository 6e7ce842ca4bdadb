import re

import pytest
from django.utils import translation

from enquiries.models import Sector
from opportunities.models import Opportunity
from publishing.publication import withdraw
from tests.enquiries.filling import send, value_of

pytestmark = pytest.mark.django_db


def page_of(client, language="en", query=""):
    return client.get(f"/{language}/enquire/{query}").content.decode()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_form_answers_in_both_languages(client, language):
    assert client.get(f"/{language}/enquire/").status_code == 200


def test_the_form_is_stored_nowhere_and_sets_no_cookie(client):
    response = client.get("/en/enquire/")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Vary" not in response.headers


def test_what_was_sent_back_for_correction_sets_no_cookie_either(client):
    response = client.post("/en/enquire/", {})
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Vary" not in response.headers


def test_every_form_that_is_opened_carries_its_own_key(client):
    assert value_of("submission_key", page_of(client)) != value_of("submission_key", page_of(client))


def test_the_form_asks_for_no_token(client):
    assert "csrfmiddlewaretoken" not in page_of(client)


def test_korean_asks_for_the_family_name_first(client):
    page = page_of(client, "ko")
    assert page.index('name="family_name"') < page.index('name="given_name"')


def test_english_asks_for_the_given_name_first(client):
    page = page_of(client)
    assert page.index('name="given_name"') < page.index('name="family_name"')


def test_opportunities_named_in_the_address_are_ticked(client):
    page = page_of(client, query="?o=mersey-tidal-power&o=hynet-next-phases&o=no-such-thing")
    ticked = set(re.findall(r'id="opportunity-([a-z0-9-]+)" checked>', page))
    assert ticked == {"mersey-tidal-power", "hynet-next-phases"}


def test_an_opportunity_that_is_withdrawn_is_not_offered(client):
    withdraw([Opportunity.objects.get(slug="mersey-tidal-power")], ["en", "ko"], why="Sold", by=None)
    assert "mersey-tidal-power" not in page_of(client, query="?o=mersey-tidal-power").split("<main")[1]


def test_an_opportunity_that_is_only_in_english_is_marked_so_in_korean(client):
    record = Opportunity.objects.get(slug="mersey-tidal-power")
    withdraw([record], ["ko"], why="To be checked", by=None)
    assert f'<span lang="en">{record.title_en}</span>' in page_of(client, "ko")


def test_countries_and_sectors_are_named_in_the_language_of_the_page(client):
    page = page_of(client, "ko")
    assert '<option value="KR">대한민국</option>' in page
    assert "수소·저탄소 에너지" in page


def test_a_retired_sector_is_no_longer_offered(client):
    Sector.objects.filter(key="food-drink").update(retired_at="2026-01-01T00:00Z")
    assert "food-drink" not in page_of(client)


def test_the_answer_is_offered_in_the_language_of_the_page_first(client):
    assert 'value="ko" id="id_reply_language_1" checked' in page_of(client, "ko").replace(
        ' aria-required="true"', ""
    )


def test_the_number_of_queries_does_not_grow_with_the_opportunities(client, django_assert_max_num_queries):
    page_of(client)
    with django_assert_max_num_queries(6):
        page_of(client)


def test_every_error_is_named_beside_its_field_and_in_the_summary(client):
    response = send(client, email="mette@kjellerup", plans="", country="")
    page = response.content.decode()
    assert response.status_code == 422
    for name in ["email", "plans", "country"]:
        assert f'<a href="#id_{name}">' in page
        assert f'id="id_{name}_error"' in page
        assert f"id_{name}_error" in page.split(f'name="{name}"')[1].split(">")[0]
    assert page.count('aria-invalid="true"') == 3
    assert "<title>Needs correcting: Enquire" in " ".join(page.split())


def test_the_summary_takes_focus_without_javascript(client):
    page = send(client, plans="").content.decode()
    assert '<div class="errsum" role="alert" tabindex="-1" autofocus' in page


def test_errors_are_said_in_the_language_of_the_page(client):
    page = send(client, "ko", plans="").content.decode()
    with translation.override("ko"):
        assert translation.gettext("Write what you plan or want to know") in page
    assert "Write what you plan" not in page


def test_everything_typed_and_chosen_is_kept(client):
    page = send(
        client,
        email="mette@kjellerup",
        job_title="Head of <Growth>",
        sectors=["food-drink", "other"],
        opportunities=["mersey-tidal-power"],
        how_heard="event",
        consent_telephone="on",
        telephone="12",
    ).content.decode()
    for typed in [
        "mette@kjellerup",
        "Head of &lt;Growth&gt;",
        "Kjellerup Offshore",
        "grid capacity",
        'value="12"',
    ]:
        assert typed in page
    assert '<option value="DK" selected>' in page
    assert '<option value="event" selected>' in page
    assert page.count(" checked") == 5


def test_a_corrected_form_keeps_its_key_and_its_time(client):
    first = send(client, plans="").content.decode()
    response = send(
        client, submission_key=value_of("submission_key", first), started=value_of("started", first)
    )
    assert response.status_code == 303


def test_the_thank_you_page_shows_reference_and_promise_on_both_clocks(client):
    page = client.get(send(client).headers["Location"]).content.decode()
    assert "ENQ-" in page
    assert "London time" in page and "Seoul time" in page


def test_the_thank_you_address_holds_no_personal_data_and_cannot_be_made_up(client):
    response = client.get(send(client).headers["Location"])
    assert response.headers["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert "Holm" not in page and "kjellerup" not in page
    assert client.get("/en/enquire/thanks/1:forged/").status_code == 404


def test_the_thank_you_page_leads_to_itself_in_the_other_language(client):
    address = send(client).headers["Location"]
    assert address.replace("/en/", "/ko/") in client.get(address).content.decode()
