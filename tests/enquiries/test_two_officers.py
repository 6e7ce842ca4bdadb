"""Two officers at one instant: real transactions in threads of their own."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from enquiries import incoming, merging, triage
from enquiries.models import Enquiry, IncomingMail
from enquiries.models.stage import Stage
from tests import factories
from tests.enquiries.mails import mail

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks):
    """Runs the tasks together; the outcome of each: what it returned, or the refusal."""
    barrier = Barrier(len(tasks))

    def one(task):
        try:
            barrier.wait(timeout=10)
            return task()
        except triage.NotPossible as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(one, tasks))


def test_of_two_at_one_instant_one_acts_and_the_other_is_told():
    """One test for the four verbs: every test that commits costs a copy of the content."""
    officers = [factories.staff("amy"), factories.staff("ben")]
    _take(factories.enquiry(), officers)
    _move(factories.enquiry(), officers)
    _merge(factories.enquiry(), factories.enquiry(), officers)
    _upload(officers)


def _take(enquiry, officers):
    outcomes = at_once(*(lambda by=by: triage.take(enquiry, by=by) for by in officers))
    refusals = [outcome for outcome in outcomes if isinstance(outcome, triage.NotPossible)]
    enquiry.refresh_from_db()
    assert len(refusals) == 1 and enquiry.owner in officers
    assert re.fullmatch(
        rf"{enquiry.owner} has {enquiry.reference} since \d\d:\d\d on \d+ \w+\.", refusals[0].messages[0]
    )
    assert enquiry.assignments.count() == 1


def _move(enquiry, officers):
    stages = [Stage.NON_FDI, Stage.NON_APPLICABLE]
    outcomes = at_once(
        *(
            lambda by=by, to=to: triage.move(enquiry, to, shown=Stage.NEW, why="Not for us", by=by)
            for by, to in zip(officers, stages, strict=True)
        )
    )
    refusals = [outcome for outcome in outcomes if isinstance(outcome, triage.NotPossible)]
    enquiry.refresh_from_db()
    assert len(refusals) == 1 and enquiry.get_stage_display() in refusals[0].messages[0]
    assert enquiry.stage_changes.count() == 1


def _merge(one, other, officers):
    """Each into the other: one way is done, and nobody waits for the other for ever."""
    ways = [(one, other), (other, one)]
    outcomes = at_once(
        *(
            lambda by=by, way=way: merging.merge(way[0], into=way[1], by=by)
            for by, way in zip(officers, ways, strict=True)
        )
    )
    assert sum(isinstance(outcome, triage.NotPossible) for outcome in outcomes) == 1
    assert Enquiry.objects.filter(pk__in=[one.pk, other.pk], merged_into__isnull=False).count() == 1


def _upload(officers):
    """The same mail from both desks, saved by the same program and by another: one enquiry, and both see which."""
    before = Enquiry.objects.count()
    raws = [mail(), mail(), mail("As another program saves it.")]
    outcomes = at_once(
        *(
            lambda raw=raw, by=by: incoming.take_in(raw, by=by)
            for raw, by in zip(raws, [*officers, officers[0]], strict=True)
        )
    )
    row = IncomingMail.objects.get()
    assert Enquiry.objects.count() == before + 1
    assert {taken.row.enquiry for taken in outcomes} == {row.enquiry}
    assert sorted(taken.is_new for taken in outcomes) == [False, False, True]
