"""Pages, news and events in the admin."""

from datetime import UTC, datetime

import pytest

from prospectus.models import Event, NewsItem
from tests import factories
from tests.admin_form import address, list_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


@pytest.mark.parametrize("slug", ["admin", "opportunities", "search", "sitemap"])
def test_an_address_of_the_site_itself_is_refused_for_a_page(client, slug):
    page = factories.page()
    response = save(client, page, slug=slug)
    assert response.status_code == 200
    assert "is an address of the site itself" in response.content.decode()
    page.refresh_from_db()
    assert page.slug == "how-we-work"


def test_an_event_is_shown_on_the_clock_of_its_zone(client):
    event = factories.event(zone="Asia/Seoul")
    shown = client.get(address(event)).content.decode()
    assert 'value="2031-06-01T18:00"' in shown


def test_an_event_is_stored_from_the_clock_of_its_zone(client):
    event = factories.event()
    response = save(
        client, event, zone="Asia/Seoul", starts_at="2031-06-01T10:00", ends_at="2031-06-01T12:00"
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    event = Event.objects.get(pk=event.pk)
    assert event.starts_at == datetime(2031, 6, 1, 1, 0, tzinfo=UTC)


def test_a_zone_that_does_not_exist_is_refused(client):
    response = save(client, factories.event(), zone="Europe/Liverpool")
    assert "is not a time zone" in response.content.decode()


def test_an_event_ends_after_it_starts(client):
    response = save(client, factories.event(), ends_at="2031-05-01T10:00")
    assert "The event must end after it starts." in response.content.decode()


def test_the_list_of_events_tells_when_on_the_clock_of_the_place(client):
    factories.event(zone="Asia/Seoul")
    shown = client.get(list_of(Event), {"q": "harbour-day"}).content.decode()
    assert "18:00" in shown


def test_a_news_item_is_dated_no_more_exactly_than_is_known(client):
    item = factories.news_item()
    assert save(client, item, date="2031").status_code == 302
    assert NewsItem.objects.get(pk=item.pk).date.iso == "2031"
    assert "is not a date" in save(client, item, date="May 2031").content.decode()
