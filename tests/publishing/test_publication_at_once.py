"""Two people at one instant: real transactions in threads of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from publishing.models import Edition
from publishing.publication import NothingToWithdraw, expire, publish, take_down
from publishing.workflow import NotNow, approve
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def at_once(task):
    """Runs the task in several threads that start together; each gives back what it returned."""
    barrier = Barrier(PEOPLE)

    def one(number):
        try:
            barrier.wait(timeout=10)
            return task(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def test_publishers_at_one_instant_wait_for_each_other():
    first, second = factories.opportunity(), factories.opportunity("second-barrage")

    def publish_both(number):
        records = [first, second] if number % 2 else [second, first]
        return publish(records, ["en", "ko"], by=None)

    at_once(publish_both)
    for record in (first, second):
        for language in ("en", "ko"):
            editions = Edition.objects.of(record).filter(language=language)
            assert sorted(editions.values_list("number", flat=True)) == [1, 2, 3, 4]
            assert editions.live().count() == 1


def test_a_text_is_taken_down_once_however_many_press_the_button():
    record = factories.opportunity()
    publish([record], ["en", "ko"], by=None)

    def press(number):
        try:
            return len(take_down(record, by=None))
        except NothingToWithdraw:
            return 0

    assert sorted(at_once(press)) == [0, 0, 0, 2]
    assert not Edition.objects.of(record).live().exists()


def test_a_text_is_approved_once():
    record = factories.opportunity()

    def press(number):
        try:
            return len(approve([(record, "en")], by=None))
        except NotNow:
            return 0

    assert sorted(at_once(press)) == [0, 0, 0, 1]


def test_ends_and_publications_at_one_instant_leave_one_live_text():
    record = factories.opportunity()
    publish([record], ["en"], by=None)
    end = timezone.now() + timedelta(days=2)

    def change(number):
        if number % 2:
            publish([record], ["en"], by=None)
        else:
            expire([(record, "en")], end, by=None)

    at_once(change)
    live = Edition.objects.of(record).live().get()
    assert live.live.upper in (None, end) and live.live.upper == live.expires_at
