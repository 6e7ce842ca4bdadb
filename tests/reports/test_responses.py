"""Response times equal those that plain Python reckons with the office's calendar, and lead to their rows."""

import pytest
from django.utils import timezone
from pytest import approx

from tests import factories
from tests.reports import made_up_year
from tests.reports.made_up_year import YEAR
from tests.reports.reckoning import (
    cells,
    enquiries,
    percentile,
    started,
    taken,
    working_hours,
    wrong_links,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    made_up_year.make()
    user = factories.superuser()
    client.force_login(user)
    return user


def replied(row):
    """(hours, met, breached)."""
    hours = row.first_reply_at and working_hours(started(row), row.first_reply_at)
    if row.first_reply_at:
        return hours, row.first_reply_at <= row.reply_due_at, row.first_reply_at > row.reply_due_at
    return None, False, row.reply_due_at <= timezone.now()


def qualified(row):
    due = row.qualification_due_at
    if row.qualified_at:
        pauses = [(wait.since, wait.until or row.qualified_at) for wait in row.waits.all()]
        hours = working_hours(started(row), row.qualified_at, pauses)
        in_time = due is None or row.qualified_at <= due
        return hours, in_time, not in_time
    until = min(filter(None, (row.closed_at, timezone.now())))
    missed = due is not None and due <= timezone.now() and (row.closed_at is None or until > due)
    return None, False, missed


def reckoned(rows, measure):
    found = [measure(row) for row in rows]
    hours = [took for took, _, _ in found if took is not None]
    met, breached = (sum(one[place] for one in found) for place in (1, 2))
    return {
        "enquiries": len(rows),
        "done": len(hours),
        "median": percentile(hours, 0.5),
        "p90": percentile(hours, 0.9),
        "met": met,
        "breached": breached,
        "neither": len(rows) - met - breached,
        "share": met / (met + breached) if met + breached else None,
    }


@pytest.mark.parametrize(("obligation", "measure"), [("reply", replied), ("qualification", qualified)])
@pytest.mark.parametrize("by", ["country", "officer", "theme", "quarter"])
def test_times_are_those_that_python_reckons_and_lead_to_their_rows(client, manager, obligation, measure, by):
    table = taken("response-times", manager, by=by, obligation=obligation, **YEAR)

    rows, found = enquiries(), cells(table)
    expected = reckoned(rows, measure)
    assert expected["met"] and expected["breached"] and expected["neither"]
    assert {key: found["All"][key] for key in expected} == approx(expected)
    if by == "country":
        for code, name in (("KR", "South Korea"), ("", "Not known")):
            expected = reckoned([row for row in rows if row.country == code], measure)
            assert {key: found[name][key] for key in expected} == approx(expected)
    if by == "theme":
        of_one = [row for row in rows if {"year-a", "year-b"} & {one.slug for one in row.opportunities.all()}]
        expected = reckoned(of_one, measure)
        assert {key: found["Theme one"][key] for key in expected} == approx(expected)
    assert wrong_links(client, table) == []


def test_the_clock_of_an_enquiry_runs_from_the_earliest_of_what_was_merged_into_it(manager):
    rows = {row.reference: row for row in enquiries()}
    into, duplicate = rows["ENQ-2024-9049"], made_up_year.Enquiry.objects.get(reference="ENQ-2024-9051")
    made_up_year.Enquiry.objects.filter(pk=duplicate.pk).update(
        received_at=into.received_at - made_up_year.DAY * 30
    )

    found = cells(taken("response-times", manager, **YEAR))["All"]

    assert started(into) < into.received_at
    assert found["p90"] == approx(reckoned(enquiries(), replied)["p90"])


def test_a_report_of_no_enquiries_knows_no_time(manager):
    found = cells(taken("response-times", manager, period="days", first="1999-01-01", last="1999-01-31"))

    assert found["All"]["enquiries"] == 0
    assert found["All"]["median"] is None
    assert found["All"]["share"] is None
