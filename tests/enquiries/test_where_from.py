"""What an enquiry keeps of where it came from: page, campaign, shortlist. No cookie remembers any of it."""

import re
from html import unescape

import pytest

from enquiries.models import Enquiry
from tests.enquiries.filling import hidden_fields, send

pytestmark = pytest.mark.django_db
PAGE = "/en/opportunities/mersey-tidal-power/"
HERE = "http://testserver"


def opened(client, referrer, query=""):
    """The hidden field of a form that was opened from that page."""
    page = client.get(f"/en/enquire/{query}", headers={"Referer": referrer}).content.decode()
    return unescape(re.search(r'<input type="hidden" name="page"(?: value="([^"]*)")?', page)[1] or "")


def test_the_page_before_the_form_and_its_campaign_are_kept(client):
    came_from = opened(client, f"{HERE}{PAGE}?utm_campaign=expo-2026&utm_source=naver&q=secret")
    send(client, page=came_from)
    enquiry = Enquiry.objects.get()
    assert (enquiry.page, enquiry.utm_campaign, enquiry.utm_source) == (PAGE, "expo-2026", "naver")
    assert "secret" not in came_from


def test_a_campaign_in_the_address_of_the_form_is_the_newer_one(client):
    came_from = opened(client, f"{HERE}{PAGE}?utm_campaign=old")
    send(client, query="?utm_campaign=new", page=came_from)
    assert Enquiry.objects.get().utm_campaign == "new"


def test_somebody_elses_page_is_not_kept(client):
    assert opened(client, f"https://elsewhere.example{PAGE}?utm_campaign=x") == ""


def test_the_shortlist_with_which_the_form_was_opened_is_kept_whatever_was_chosen(client):
    query = "?o=mersey-tidal-power&o=vaccine-manufacturing-hpo&o=no-such-thing&o=mersey-tidal-power"
    send(client, query=query, opportunities=["mersey-tidal-power"])
    enquiry = Enquiry.objects.get()
    assert enquiry.shortlist == ["mersey-tidal-power", "vaccine-manufacturing-hpo"]
    assert [one.slug for one in enquiry.opportunities.all()] == ["mersey-tidal-power"]


def test_a_page_that_somebody_made_up_does_no_harm(client):
    for made_up in ["?utm_campaign=" + "x" * 5000, "\x01%00?utm_campaign=%00%ff", "?" + "a=1&" * 500]:
        assert client.post("/en/enquire/", hidden_fields() | {"page": made_up}).status_code == 422
        assert send(client, page=made_up).status_code == 303
    assert all(len(enquiry.utm_campaign) <= 100 for enquiry in Enquiry.objects.all())
