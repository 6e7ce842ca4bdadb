"""How a translation stands, reckoned in Python for the records at hand and in SQL for lists."""

from hashlib import md5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.models import CaseStudy
from publishing.models import Provenance
from publishing.publication import note_provenance
from publishing.translations.state import Made, made_in_save, state_of, states_of, with_translation_counts
from tests import factories


def checksum(text):
    return md5(text.encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    ("source", "text", "noted", "state"),
    [
        ("A dock.", "부두입니다.", (checksum("A dock."), "final"), "current"),
        ("A dock.", "부두입니다.", (checksum("A dock."), "unreviewed"), "unreviewed"),
        ("A dock.", "부두입니다.", (checksum("A pier."), "final"), "stale"),
        ("A dock.", "부두입니다.", (checksum("A pier."), "unreviewed"), "stale"),
        ("A dock.", "부두입니다.", None, "unreviewed"),
        ("A dock.", "", None, "missing"),
        ("A dock.", "", (checksum("A dock."), "final"), "missing"),
        ("", "부두입니다.", (checksum("A dock."), "final"), "stale"),
        ("", "", None, ""),
    ],
)
def test_the_state_of_a_translation(source, text, noted, state):
    assert state_of(source, text, noted) == state


def texts(english, korean):
    return {"en": {"summary": english}, "ko": {"summary": korean}}


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        (texts("A", "가"), texts("A", "나"), [Made("summary", "ko", "A")]),
        (texts("A", "가"), texts("B", "나"), [Made("summary", "ko", "B")]),
        (texts("A", "가"), texts("B", "가"), []),
        (texts("A", "가"), texts("A", "가"), []),
        (texts("A", "가"), texts("B", ""), [Made("summary", "ko", None)]),
        ({}, texts("A", "가"), [Made("summary", "ko", "A")]),
        ({}, texts("A", ""), []),
    ],
)
def test_what_a_save_made(before, after, made):
    assert made_in_save(before, after) == made


short = st.sampled_from(["", "A", "B"])
notes = st.sampled_from([None, "", "A", "B"])


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(short, short, notes), min_size=3, max_size=3))
def test_sql_counts_what_python_counts(cases):
    record = factories.case_study()
    try:
        for name, (english, korean, made_from) in zip(["summary", "body", "lesson"], cases, strict=True):
            CaseStudy.objects.filter(pk=record.pk).update(**{f"{name}_en": english, f"{name}_ko": korean})
            if made_from is not None:
                note_provenance(record, name, "ko", made_from)
        counted = with_translation_counts(CaseStudy.objects.filter(pk=record.pk), "ko").get()
        states = list(states_of([CaseStudy.objects.get(pk=record.pk)])[record.pk]["ko"].values())
        assert (counted.missing_texts, counted.stale_texts) == (
            states.count("missing"),
            states.count("stale"),
        )
    finally:
        Provenance.objects.filter(record_id=record.pk, record_type__model="casestudy").delete()
        record.delete()
