"""Sixty edits in random order, every row of the table by every route: every text stands as reckoned from the log."""

import json
import random
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from publishing import languages
from publishing.models.publishable import translated_fields
from publishing.translations.state import states_of, with_translation_counts
from tests.factories import superuser
from tests.publishing.story import EDITS, Story

pytestmark = pytest.mark.django_db

LENGTH = 60
SEEDS = [1, 2]


def differing(story):
    """What the project says of a text that the ledger says otherwise."""
    for name, record in story.records.items():
        found = type(record).objects.get(pk=record.pk)
        states = states_of([found])[record.pk]
        for (_name, field, code), text in story.ledger.of(name).items():
            if states[code][field] != text.state:
                yield f"{name} {field} {code} is {states[code][field]} and not {text.state}: {text}"
        for code in story.codes:
            counted = with_translation_counts(type(record).objects.filter(pk=record.pk), code).get()
            reckoned = Counter(text.state for key, text in story.ledger.of(name).items() if key[2] == code)
            if (counted.missing_texts, counted.stale_texts) != (reckoned["missing"], reckoned["stale"]):
                counts = f"{counted.missing_texts} missing, {counted.stale_texts} stale"
                yield f"{name} {code}: SQL counts {counts} and not {reckoned}"


@pytest.mark.parametrize("seed", SEEDS)
def test_sixty_edits_leave_every_text_in_the_state_that_the_log_says(client, seed, tmp_path):
    client.force_login(superuser())
    story = Story(seed, client, languages.translations(), tmp_path)
    order = random.Random(seed)
    edits = EDITS + order.choices(EDITS, k=LENGTH - len(EDITS))
    order.shuffle(edits)
    assert len(edits) == LENGTH
    assert not list(differing(story))
    told = []
    for row, route, edit, arguments in edits:
        told.append(f"{row}: {route}")
        edit(story, *arguments)
        faults = list(differing(story))
        assert not faults, "\n".join(
            ["After " + " · ".join(told[-6:]), *faults, *map(str, story.ledger.log[-6:])]
        )
    assert states_by_command(story) == {key: text.state for key, text in story.ledger.texts.items()}


def states_by_command(story):
    """What `manage.py translations --json` says of the records of the story."""
    out = StringIO()
    call_command("translations", "--json", stdout=out)
    names = {(record._meta.label_lower, record.slug): name for name, record in story.records.items()}
    found = {
        (name, field, code): ""
        for name, record in story.records.items()
        for field in translated_fields(type(record))
        for code in story.codes
    }
    for line in out.getvalue().splitlines():
        one = json.loads(line)
        name = names.get((one["model"], one["slug"]))
        if name:
            found[name, one["field"], one["language"]] = one["state"]
    return found
