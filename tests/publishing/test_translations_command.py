"""manage.py translations"""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from opportunities.models import Opportunity
from publishing.models.publishable import publishable_models
from publishing.publication import note_provenance
from publishing.translations.state import states_of
from tests import factories

pytestmark = pytest.mark.django_db


def lines(*options):
    out = io.StringIO()
    call_command("translations", *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def record():
    record = factories.opportunity(sought_en="Partners.")
    note_provenance(record, "title", "ko", "Another title")
    note_provenance(record, "summary", "ko", record.summary_en)
    return record


def test_each_text_is_a_line_with_its_state(record):
    assert [line.split("\t") for line in lines() if "\triver-barrage\t" in line] == [
        ["opportunities.opportunity", "river-barrage", "ko", "title", "stale"],
        ["opportunities.opportunity", "river-barrage", "ko", "summary", "current"],
        ["opportunities.opportunity", "river-barrage", "ko", "sought", "missing"],
    ]


def test_a_text_whose_source_nobody_noted_is_unreviewed():
    factories.site()
    assert lines("--state", "unreviewed") == ["opportunities.site\tnorth-shore\tko\ttitle\tunreviewed"]


def test_the_lines_are_what_the_desk_shows(record):
    expected = sum(
        bool(state)
        for model in publishable_models()
        for by_code in states_of(model._default_manager.all()).values()
        for by_field in by_code.values()
        for state in by_field.values()
    )
    assert len(lines()) == expected


@pytest.mark.parametrize(("state", "field"), [("stale", "title"), ("missing", "sought")])
def test_one_state_alone(record, state, field):
    assert lines("--state", state, "--language", "ko") == [
        f"opportunities.opportunity\triver-barrage\tko\t{field}\t{state}"
    ]


def test_one_model_alone(record):
    found = {line.split("\t")[0] for line in lines("--model", "opportunities.Theme")}
    assert found == {"opportunities.theme"}


def test_json_is_an_object_a_line(record):
    assert [json.loads(line) for line in lines("--json", "--state", "stale")] == [
        {
            "model": "opportunities.opportunity",
            "slug": "river-barrage",
            "language": "ko",
            "field": "title",
            "state": "stale",
        }
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--language", "xx"], "There is no language “xx”. Choose one of: ko."),
        (["--language", "en"], "English is the source language"),
        (["--state", "old"], "There is no state “old”. Choose one of: missing, stale, unreviewed, current."),
        (["--model", "accounts.user"], "There is no model “accounts.user”."),
    ],
)
def test_what_does_not_exist_is_refused(options, sentence):
    with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
        lines(*options)


def test_memory_and_queries_grow_by_pages_of_records_and_not_with_each(django_assert_max_num_queries):
    Opportunity.objects.bulk_create(
        Opportunity(
            slug=f"many-{n}", title_en=f"Many {n}", summary_en="M.", stage="feasibility", district="wirral"
        )
        for n in range(350)
    )
    with django_assert_max_num_queries(30):
        assert len(lines("--state", "missing")) == 700
