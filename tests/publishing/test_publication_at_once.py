"""Two people at one instant: real transactions in threads of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from publishing.models import Edition
from publishing.publication import publish
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
