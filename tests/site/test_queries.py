"""Every address asks the database little. That it asks no more when there is more to show is tested with each page."""

import pytest

pytestmark = pytest.mark.django_db

MOST = 12
NEED_NO_DATABASE = {"root", "healthz", "robots", "400", "403"}


def test_every_address_answers_with_twelve_queries_at_most(answers, no_faults):
    no_faults(f"{answer}: {len(answer.queries)}" for answer in answers if len(answer.queries) > MOST)


def test_no_address_asks_the_same_thing_three_times(answers, no_faults):
    no_faults(
        f"{answer}: {times} times {sql[:100]}"
        for answer in answers
        for sql in set(answer.queries)
        if (times := answer.queries.count(sql)) > 2
    )


def test_what_must_stand_without_a_database_asks_it_nothing(answers, no_faults):
    no_faults(str(answer) for answer in answers if answer.address.name in NEED_NO_DATABASE and answer.queries)
