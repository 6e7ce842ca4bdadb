"""No sequence of edits, publications, schedules, withdrawals and restores shows a reader an unpublished word, or keeps
a published one from a reader: in pages, lists, search, sitemap, feeds and whatever else is public."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from publishing.models.publishable import publishable_models
from tests.publishing.a_reader import START
from tests.publishing.clock import standing_at
from tests.publishing.editors_and_readers import EditorsAndReaders
from tests.publishing.readers import NO_TEXT, SHOWN_AT
from tests.publishing.scene import RECORDS, clear_the_stage
from tests.site.addresses import STAFF_DOORS
from tests.site.urlwalk import patterns

pytestmark = pytest.mark.django_db

THOROUGHLY = settings(
    max_examples=40,
    stateful_step_count=20,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_readers_see_what_is_published_and_nothing_else():
    EditorsAndReaders.seen.clear()
    clear_the_stage()
    with standing_at(START):
        run_state_machine_as_test(EditorsAndReaders, settings=THOROUGHLY)
    looked_at = {name for name, _status, _words in EditorsAndReaders.seen}
    assert looked_at == set(SHOWN_AT) - {"enquiries:thanks"}
    with_words = {name for name, status, words in EditorsAndReaders.seen if status == 200 and words}
    assert with_words >= looked_at - set(NO_TEXT) - {"prospectus:home_cover", "prospectus:opportunity_cover"}


def test_every_public_address_says_what_it_shows():
    public = {pattern.name or pattern.path for pattern in patterns() if pattern.is_open} - STAFF_DOORS
    unknown = sorted(public - set(SHOWN_AT))
    assert not unknown, f"say in tests/publishing/readers.py what readers see there: {unknown}"
    assert set(SHOWN_AT) == public


def test_every_kind_that_is_published_is_in_the_scene():
    assert {model._meta.label for model in publishable_models()} == set(RECORDS.values())
