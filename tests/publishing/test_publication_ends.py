"""When readers lose a text: an end that was asked for, changed and lifted, and what is scheduled around it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Act, Edition
from publishing.publication import (
    NothingToWithdraw,
    WrongMoment,
    expire,
    launch,
    publish,
    take_down,
    unschedule,
)
from publishing.standing import standings
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = {number: NOW + timedelta(days=number) for number in range(1, 10)}
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def record():
    return factories.opportunity()


def title_read(record, at=None, language="en"):
    edition = Edition.objects.of(record).live(at).filter(language=language).first()
    return edition and edition.title


def retitle(record, title):
    type(record).objects.filter(pk=record.pk).update(title_en=title)


def give(record, title, **when):
    retitle(record, title)
    return publish([record], ["en"], by=None, **when)[0]


def ends(record):
    return standings([record])[record.pk]["en"].expires_at


def test_readers_lose_a_text_at_its_end(record):
    publish([record], ["en"], until=DAY[2], by=None)
    assert title_read(record, DAY[2] - A_MOMENT) and title_read(record, DAY[2]) is None


def test_an_end_before_the_beginning_is_refused_and_nothing_is_published(record):
    with pytest.raises(WrongMoment):
        publish([record], ["en"], at=DAY[2], until=DAY[1], by=None)
    assert not Edition.objects.of(record).exists()


def test_an_end_is_set_changed_and_lifted(record):
    publish([record], ["en"], by=None)
    for end in (DAY[2], DAY[1], DAY[3], None):
        expire([(record, "en")], end, by=None)
        assert ends(record) == end
        assert bool(title_read(record, DAY[9])) == (end is None)


def test_an_end_that_has_passed_is_refused(record):
    publish([record], ["en"], by=None)
    with pytest.raises(WrongMoment):
        expire([(record, "en")], NOW - timedelta(days=1), by=None)
    assert ends(record) is None


def test_what_readers_do_not_have_has_no_end(record):
    with pytest.raises(NothingToWithdraw):
        expire([(record, "en")], DAY[1], by=None)


def test_an_end_before_a_scheduled_successor_leaves_a_gap(record):
    give(record, "First")
    give(record, "Second", at=DAY[4])
    expire([(record, "en")], DAY[2], by=None)
    assert title_read(record, DAY[2] - A_MOMENT) == "First"
    assert title_read(record, DAY[3]) is None
    assert title_read(record, DAY[4]) == "Second"
    assert ends(record) == DAY[2]


def test_an_end_after_a_scheduled_successor_is_that_of_the_successor(record):
    give(record, "First")
    give(record, "Second", at=DAY[2])
    expire([(record, "en")], DAY[4], by=None)
    assert title_read(record, DAY[2] - A_MOMENT) == "First"
    assert title_read(record, DAY[4] - A_MOMENT) == "Second"
    assert title_read(record, DAY[4]) is None
    assert ends(record) == DAY[4]


def test_a_later_end_closes_the_gap_before_a_successor(record):
    give(record, "First", until=DAY[1])
    give(record, "Second", at=DAY[3])
    expire([(record, "en")], DAY[5], by=None)
    assert title_read(record, DAY[2]) == "First" and title_read(record, DAY[4]) == "Second"


def test_a_cancelled_successor_gives_back_the_end_that_was_asked_for(record):
    give(record, "First", until=DAY[5])
    give(record, "Second", at=DAY[2])
    unschedule([(record, "en")], by=None)
    assert title_read(record, DAY[5] - A_MOMENT) == "First" and title_read(record, DAY[5]) is None


def test_an_end_set_while_a_successor_waits_outlives_its_cancelling(record):
    give(record, "First")
    give(record, "Second", at=DAY[2])
    expire([(record, "en")], DAY[4], by=None)
    unschedule([(record, "en")], by=None)
    assert title_read(record, DAY[4] - A_MOMENT) == "First" and title_read(record, DAY[4]) is None


def test_an_end_before_the_successor_stays_when_that_is_cancelled(record):
    give(record, "First", until=DAY[1])
    give(record, "Second", at=DAY[3])
    unschedule([(record, "en")], by=None)
    assert title_read(record, DAY[1] - A_MOMENT) == "First" and title_read(record, DAY[2]) is None


def test_cancelling_takes_every_scheduled_text_and_leaves_the_live_one(record):
    give(record, "First")
    give(record, "Second", at=DAY[4])
    give(record, "Between", at=DAY[2])
    unschedule([(record, "en")], by=None)
    assert [title_read(record, DAY[day]) for day in (1, 3, 5)] == ["First"] * 3
    with pytest.raises(NothingToWithdraw):
        unschedule([(record, "en")], by=None)


def test_publishing_today_over_a_scheduled_text_keeps_both_until_it_is_cancelled(record):
    give(record, "Scheduled", at=DAY[3])
    give(record, "Today", until=DAY[5])
    assert title_read(record, DAY[3]) == "Scheduled"
    unschedule([(record, "en")], by=None)
    assert title_read(record, DAY[5] - A_MOMENT) == "Today" and title_read(record, DAY[5]) is None


def test_all_or_nothing_holds_for_ends_and_cancelling(record):
    other = factories.opportunity("another")
    publish([record], ["en"], by=None)
    with pytest.raises(NothingToWithdraw):
        expire([(record, "en"), (other, "en")], DAY[1], by=None)
    assert ends(record) is None


def test_the_act_says_the_end_and_why(record):
    publish([record], ["en"], by=None)
    expire([(record, "en")], DAY[2], why="The call closes", by=None)
    act = Act.objects.filter(verb="expiry set").get()
    assert "The call closes" in act.why and f"{timezone.localtime(DAY[2]):%B %Y}" in act.why


def test_taken_down_is_gone_in_every_language_and_for_ever(record):
    publish([record], ["en", "ko"], by=None)
    give(record, "Scheduled", at=DAY[2])
    take_down(record, by=None)
    for language in ("en", "ko"):
        assert title_read(record, language=language) is None
        assert title_read(record, DAY[9], language) is None
    assert set(Act.objects.filter(verb="withdrawn").values_list("language", "why")) >= {
        ("en", "Taken down"),
        ("ko", "Taken down"),
    }


def test_a_text_named_twice_is_launched_once(record):
    editions = launch([(record, "en"), (record, "en"), (record, "ko")], by=None)
    assert len(editions) == 2


def test_a_launch_of_many_costs_as_many_queries_as_of_one():
    records = [factories.opportunity(f"record-{number}") for number in range(12)]

    def cost(chosen):
        texts = [(record, code) for record in chosen for code in ("en", "ko")]
        launch(texts, by=None)
        with CaptureQueriesContext(connection) as queries:
            launch(texts, by=None)
        return len(queries)

    assert cost(records) <= cost(records[:1]) <= 15
