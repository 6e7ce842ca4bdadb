"""Publish, schedule, withdraw, restore."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import Act, Edition, Redirect
from publishing.publication import Incomplete, NothingToWithdraw, note_provenance, publish, restore, withdraw
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return factories.opportunity()


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def title_read(record, language="en", at=None):
    """The title that readers have at that moment; None: they have nothing."""
    edition = Edition.objects.of(record).live(at).filter(language=language).first()
    return edition and edition.title


def retitle(record, title):
    type(record).objects.filter(pk=record.pk).update(title_en=title)


def test_published_now_is_read_at_once(record):
    publish([record], ["en"], by=None)
    assert title_read(record) == "River barrage"
    assert title_read(record, "ko") is None


def test_several_languages_published_together_are_one_act(record):
    english, korean = publish([record], ["en", "ko"], by=None)
    assert english.act == korean.act
    assert english.live.lower == korean.live.lower
    assert Act.objects.filter(act=english.act).count() == 2


def test_nothing_is_published_when_one_language_is_incomplete():
    record = factories.opportunity(summary_ko="")
    with pytest.raises(Incomplete) as refused:
        publish([record], ["en", "ko"], by=None)
    assert [(language, field) for _, language, field in refused.value.missing] == [("ko", "summary")]
    assert not Edition.objects.of(record).exists()


def test_nothing_is_published_when_one_record_is_incomplete(record):
    other = factories.opportunity("unfinished", summary_en="")
    with pytest.raises(Incomplete):
        publish([record, other], ["en"], by=None)
    assert not Edition.objects.of(record).exists()


def test_a_scheduled_edition_is_hidden_until_its_time(record, tomorrow):
    publish([record], ["en"], at=tomorrow, by=None)
    assert title_read(record) is None
    assert title_read(record, at=tomorrow - timedelta(microseconds=1)) is None
    assert title_read(record, at=tomorrow) == "River barrage"


def test_a_scheduled_successor_takes_over_at_its_time(record, tomorrow):
    publish([record], ["en"], by=None)
    retitle(record, "Tomorrow's title")
    publish([record], ["en"], at=tomorrow, by=None)
    assert title_read(record, at=tomorrow - timedelta(microseconds=1)) == "River barrage"
    assert title_read(record, at=tomorrow) == "Tomorrow's title"


def test_what_is_published_today_leaves_tomorrows_successor_in_place(record, tomorrow):
    retitle(record, "Tomorrow's title")
    publish([record], ["en"], at=tomorrow, by=None)
    retitle(record, "Today's title")
    publish([record], ["en"], by=None)
    assert title_read(record) == "Today's title"
    assert title_read(record, at=tomorrow) == "Tomorrow's title"


def test_scheduling_again_for_the_same_moment_replaces_what_was_scheduled(record, tomorrow):
    publish([record], ["en"], at=tomorrow, by=None)
    retitle(record, "Second thought")
    publish([record], ["en"], at=tomorrow, by=None)
    assert title_read(record, at=tomorrow) == "Second thought"


def test_a_moment_in_the_past_means_now(record):
    before = timezone.now()
    (edition,) = publish([record], ["en"], at=before - timedelta(days=1), by=None)
    assert edition.live.lower >= before


def test_withdrawn_is_no_longer_read_in_that_language_only(record):
    publish([record], ["en", "ko"], by=None)
    withdraw([record], ["ko"], why="An error", by=None)
    assert title_read(record, "ko") is None
    assert title_read(record, "en") == "River barrage"
    assert record.publications() == {"en": "live", "ko": "withdrawn"}


def test_withdrawing_cancels_what_was_scheduled(record, tomorrow):
    publish([record], ["en"], by=None)
    publish([record], ["en"], at=tomorrow, by=None)
    withdraw([record], ["en"], why="An error", by=None)
    assert title_read(record, at=tomorrow + timedelta(days=1)) is None


def test_what_was_read_in_the_past_stays_known(record):
    (edition,) = publish([record], ["en"], by=None)
    withdraw([record], ["en"], why="An error", by=None)
    assert title_read(record, at=edition.live.lower) == "River barrage"


def test_nothing_to_withdraw_is_refused(record):
    with pytest.raises(NothingToWithdraw):
        withdraw([record], ["en"], why="An error", by=None)


def test_why_and_by_whom_is_kept(record):
    manager = factories.staff("manager")
    publish([record], ["en"], note="Approved by the board", by=manager)
    withdraw([record], ["en"], why="An error", by=manager)
    acts = Act.objects.filter(record_id=record.pk, record_type__model="opportunity").order_by("pk")
    assert [(act.verb, act.why, act.by) for act in acts] == [
        ("published", "Approved by the board", manager),
        ("withdrawn", "An error", manager),
    ]


def test_restored_texts_are_in_the_working_copy_and_not_public(record):
    (first,) = publish([record], ["en"], by=None)
    retitle(record, "Second title")
    publish([record], ["en"], by=None)
    restored = restore(first, by=None)
    assert restored.title_en == "River barrage"
    assert restored.version == record.version + 1
    assert title_read(record) == "Second title"


def test_a_restored_translation_remembers_its_source(record):
    note_provenance(record, "title", "ko", "River barrage")
    publish([record], ["en"], by=None)
    (korean,) = publish([record], ["ko"], by=None)
    retitle(record, "Second title")
    restore(korean, by=None)
    (again,) = publish([record], ["ko"], by=None)
    assert again.made_from["title"] == "River barrage"


def test_publishing_remembers_the_address_for_ever(record):
    publish([record], ["en"], by=None)
    type(record).objects.filter(pk=record.pk).update(slug="renamed")
    assert Redirect.objects.get(slug="river-barrage", record_type__model="opportunity").record_id == record.pk
