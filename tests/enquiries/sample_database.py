"""Sample enquiries for the tests of a module: made once, in a transaction that is rolled back at its end."""

from contextlib import contextmanager

from django.db import transaction

from enquiries.sample.making import Making

NOW = 1_795_435_200  # 23 November 2026, noon in London


@contextmanager
def sample_enquiries(number, blocker):
    with blocker.unblock(), transaction.atomic():
        Making(seed=7, years=3, now=NOW).make(number)
        yield
        transaction.set_rollback(True)
