"""No sequence of edits, publications, schedules, withdrawals and restores shows a reader an unpublished word, or keeps
a published one from a reader: in pages, lists, search, sitemap, feeds and whatever else is public."""

import pytest
from django.apps import apps
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from publishing import languages
from publishing.models.publishable import publishable_models, translated_fields
from tests.publishing.a_reader import START
from tests.publishing.clock import standing_at
from tests.publishing.editors_and_readers import EditorsAndReaders
from tests.publishing.readers import BY_LINK, DRAWINGS, LISTS, NO_TEXT, PAGES, SHOWN_AT, kind_of
from tests.publishing.scene import RECORDS, clear_the_stage
from tests.site.addresses import STAFF_DOORS
from tests.site.urlwalk import patterns

pytestmark = pytest.mark.django_db

THOROUGHLY = settings(
    max_examples=30,
    stateful_step_count=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def seen():
    """What the reader has seen: {(name of the address, status, whether it should have shown a word)}."""
    clear_the_stage()
    EditorsAndReaders.seen.clear()
    with standing_at(START):
        yield EditorsAndReaders.seen


def test_readers_see_what_is_published_and_nothing_else(seen):
    run_state_machine_as_test(EditorsAndReaders, settings=THOROUGHLY)
    assert {status for _name, status, _words in seen} >= {200, 301, 404, 410}


def test_every_address_shows_all_texts_then_the_source_alone_then_none(seen):
    stand = EditorsAndReaders()
    try:
        stand.launch([(name, code) for name in RECORDS for code in languages.codes()], None, None)
        look_everywhere(stand)
        with_words = {name for name, _status, words in seen if words}
        assert with_words == set(SHOWN_AT) - {*NO_TEXT, *DRAWINGS, *BY_LINK}
        edit_everything(stand)
        look_everywhere(stand)
        stand.withdraw(list(RECORDS), languages.translations())
        look_everywhere(stand)
        stand.withdraw(list(RECORDS), [languages.SOURCE])
        seen.clear()
        look_everywhere(stand)
        assert not any(words for _name, _status, words in seen)
    finally:
        stand.teardown()


def edit_everything(stand):
    for (name, code), text in stand.texts.items():
        for place in range(len(text.working)):
            stand.edit((name, code), place, emptied=1, by_save=False)


def look_everywhere(stand):
    for address in stand.addresses:
        stand.look_at(address)


def test_every_public_address_says_what_it_shows():
    public = {pattern.name or pattern.path for pattern in patterns() if pattern.is_open} - STAFF_DOORS
    unknown = sorted(public - set(SHOWN_AT))
    assert not unknown, f"say in tests/publishing/readers.py what readers see there: {unknown}"
    assert set(SHOWN_AT) == public


def test_every_kind_that_is_published_is_in_the_scene():
    assert {model._meta.label for model in publishable_models()} == set(RECORDS.values())


def test_every_text_that_is_published_is_looked_for_somewhere():
    looked_for = {
        (one.kind, field)
        for shown in [*LISTS.values(), *PAGES.values()]
        for one in shown
        for field in one.fields.split()
    }
    for name, label in RECORDS.items():
        for field in translated_fields(apps.get_model(label)):
            assert (kind_of(name), field) in looked_for
