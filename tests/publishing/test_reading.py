"""What is public, at any instant, after any sequence of acts: the rule in SQL, the rule on a row and the texts that a
page reads all agree with a model that knows nothing of windows."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.models import Opportunity
from publishing.models import Edition
from publishing.publication import NothingToWithdraw, publish, withdraw
from publishing.reading import read
from tests import factories

pytestmark = pytest.mark.django_db

START = datetime(2031, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
serial = count(1)


class History:
    """The model: from each of these hours on the public has this text, or none."""

    def __init__(self):
        self.changes = {}

    def publish(self, hour, text):
        self.changes[hour] = text

    def withdraw(self, now):
        """False when there was nothing to withdraw."""
        ahead = [hour for hour, text in self.changes.items() if hour > now and text]
        if self.at(now) is None and not ahead:
            return False
        self.changes = {hour: text for hour, text in self.changes.items() if hour <= now} | {now: None}
        return True

    def at(self, hour):
        past = [change for change in self.changes if change <= hour]
        return self.changes[max(past)] if past else None


languages_chosen = st.sets(st.sampled_from(["en", "ko"]), min_size=1)
publishing = st.tuples(st.just("publish"), languages_chosen, st.integers(0, 6))
withdrawing = st.tuples(st.just("withdraw"), languages_chosen, st.just(0))
acts = st.lists(st.tuples(st.integers(0, 3), st.one_of(publishing, publishing, withdrawing)), max_size=9)


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_the_public_has_what_was_published_last_and_not_withdrawn(clock, acts):
    record = factories.opportunity(f"barrage-{next(serial)}")
    histories = {"en": History(), "ko": History()}
    hour = 0
    for pause, (verb, chosen, ahead) in acts:
        hour += pause
        clock(START + hour * HOUR)
        text = f"Title {next(serial)}"
        if verb == "publish":
            Opportunity.objects.filter(pk=record.pk).update(title_en=text, title_ko=text)
            publish([record], sorted(chosen), at=START + (hour + ahead) * HOUR, by=None)
            for language in chosen:
                histories[language].publish(hour + ahead, text)
        else:
            withdraw_as_in_the_model(record, chosen, histories, hour)
    for language, history in histories.items():
        for instant in range(-1, hour + 8):
            check_instant(record, language, START + instant * HOUR, history.at(instant))


def withdraw_as_in_the_model(record, chosen, histories, hour):
    found = [histories[language].withdraw(hour) for language in sorted(chosen)]
    if any(found):
        withdraw([record], sorted(chosen), why="A test", by=None)
    else:
        with pytest.raises(NothingToWithdraw):
            withdraw([record], sorted(chosen), why="A test", by=None)


def check_instant(record, language, moment, expected):
    assert record.readable_in(language, moment) is (expected is not None)
    found = Opportunity.objects.filter(pk=record.pk).readable_in(language, moment).exists()
    assert found is (expected is not None)
    readings = read([record], language, at=moment, fallback=False)
    assert (readings.get(record) and readings[record].title) == expected


def test_a_reading_falls_back_to_english_and_says_so():
    record = factories.opportunity()
    publish([record], ["en"], by=None)
    reading = read([record], "ko")[record]
    assert (reading.title, reading.language, reading.is_fallback) == ("River barrage", "en", True)


def test_a_reading_in_its_own_language_is_no_fallback():
    record = factories.opportunity()
    publish([record], ["en", "ko"], by=None)
    reading = read([record], "ko")[record]
    assert (reading.title, reading.is_fallback) == ("강 하구 둑", False)


def test_what_is_live_in_korean_only_is_not_readable_in_english():
    record = factories.opportunity()
    publish([record], ["ko"], by=None)
    assert read([record], "en").get(record) is None
    assert record in Opportunity.objects.readable_in("ko")
    assert record not in Opportunity.objects.readable_in("en")


def test_records_of_several_models_are_read_in_one_query(django_assert_num_queries):
    records = [factories.opportunity(), factories.theme(), factories.case_study()]
    publish(records, ["en"], by=None)
    with django_assert_num_queries(1):
        readings = read(records, "en")
    assert [reading.title for reading in readings.of(records)] == ["River barrage", "Tidal power", "Old dock"]


def test_the_working_copy_is_not_loaded_for_readers(django_assert_num_queries):
    factories.opportunity()
    with django_assert_num_queries(1):
        record = Opportunity.objects.facts().get(slug="river-barrage")
    assert {"title", "title_en", "title_ko", "summary_en"} <= record.get_deferred_fields()


def test_records_are_sorted_by_the_title_as_shown():
    first, second = (
        factories.opportunity("a-record", title_en="B"),
        factories.opportunity("b-record", title_en="C", title_ko="가"),
    )
    publish([first], ["en"], by=None)
    publish([second], ["en", "ko"], by=None)
    ours = Opportunity.objects.filter(pk__in=[first.pk, second.pk]).with_shown_title("ko")
    assert list(ours.order_by("shown_title").values_list("shown_title", flat=True)) == ["B", "가"]


def test_an_edition_that_was_cancelled_is_public_at_no_instant(clock):
    record = factories.opportunity()
    clock(START)
    publish([record], ["en"], at=START + HOUR, by=None)
    withdraw([record], ["en"], why="A test", by=None)
    assert Edition.objects.of(record).get().live.isempty
