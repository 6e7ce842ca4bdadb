"""Events: to come and past, their times in two zones, and their calendar files."""

import datetime

import icalendar
import pytest

from publishing.publication import withdraw
from tests.prospectus.public_records import make_event, queries, words

pytestmark = pytest.mark.django_db
FIRST = "/{}/events/fabric-district-consultation-1/"


def test_a_past_event_says_that_it_has_taken_place(client):
    assert "This event has taken place." in words(client.get(FIRST.format("en")))


def test_an_event_to_come_stands_before_the_past_ones(client):
    make_event("next", days=10)
    page = words(client.get("/en/events/"))
    assert page.index("To come") < page.index("/events/next/") < page.index("Past events")
    assert page.index("Past events") < page.index("/events/fabric-district-consultation-2/")


def test_the_soonest_event_comes_first(client):
    make_event("later", days=60)
    make_event("sooner", days=5)
    page = words(client.get("/en/events/"))
    assert page.index("/events/sooner/") < page.index("/events/later/")


def test_an_empty_programme_is_said_in_words(client):
    assert "No event is planned at the moment." in words(client.get("/en/events/"))


def test_a_korean_reader_is_told_both_clocks(client):
    page = words(client.get(FIRST.format("ko")))
    assert "런던 시각" in page
    assert "2023년 6월 14일 23:00~6월 15일 02:00(서울 시각)" in page


def test_an_english_reader_is_told_the_clock_of_the_place(client):
    page = words(client.get(FIRST.format("en")))
    assert "15:00–18:00" in page
    assert "London time" in page
    assert "Seoul" not in page


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_calendar_file_holds_the_right_instants(client, language):
    response = client.get(FIRST.format(language).removesuffix("/") + ".ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert entry["DTSTART"].params["TZID"] == "Europe/London"
    assert entry.decoded("DTSTART").astimezone(datetime.UTC) == datetime.datetime(
        2023, 6, 14, 14, tzinfo=datetime.UTC
    )
    assert entry.decoded("DTEND").astimezone(datetime.UTC) == datetime.datetime(
        2023, 6, 14, 17, tzinfo=datetime.UTC
    )


def test_the_calendar_file_of_a_winter_event_is_on_winter_time(client):
    starts = datetime.datetime(2027, 1, 12, 9, 30, tzinfo=datetime.UTC)
    make_event("winter", days=None, starts_at=starts, ends_at=starts + datetime.timedelta(hours=1))
    (entry,) = icalendar.Calendar.from_ical(client.get("/en/events/winter.ics").content).walk("VEVENT")
    assert entry.decoded("DTSTART").utcoffset() == datetime.timedelta(0)
    assert entry.decoded("DTSTART").astimezone(datetime.UTC) == starts


def test_the_calendar_file_of_a_withdrawn_event_is_gone(client):
    withdraw([make_event("over")], ["en", "ko"], why="Cancelled", by=None)
    assert client.get("/en/events/over.ics").status_code == 410


def test_the_calendar_file_of_an_event_never_published_is_not_found(client):
    make_event("draft", languages=[])
    assert client.get("/en/events/draft.ics").status_code == 404


def test_the_calendar_file_moves_with_its_event(client):
    event = make_event("before")
    event.slug = "after"
    event.save()
    response = client.get("/ko/events/before.ics")
    assert response.status_code == 301
    assert response.url == "/ko/events/after.ics"


def test_two_hundred_events_need_no_more_queries_than_two(client):
    before = queries(client, "/ko/events/")
    for number in range(200):
        make_event(f"event-{number}", days=number - 100)
    assert queries(client, "/ko/events/") == before <= 12


def test_an_event_in_a_long_series_needs_no_more_queries(client):
    make_event("series-0", series="lamps")
    make_event("series-1", series="lamps")
    before = queries(client, "/ko/events/series-0/")
    for number in range(2, 60):
        make_event(f"series-{number}", series="lamps")
    assert queries(client, "/ko/events/series-0/") == before <= 12
