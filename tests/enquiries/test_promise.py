from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from enquiries.working_time import USUAL_HOURS, Calendar
from publishing.formats import format_deadline

promised_by = Calendar(USUAL_HOURS).promised_by
LONDON, SEOUL = ZoneInfo("Europe/London"), ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        ("2026-11-23 10:00", "2026-11-25 17:00"),  # Monday: Wednesday
        ("2026-11-23 16:59", "2026-11-25 17:00"),
        ("2026-11-23 23:30", "2026-11-25 17:00"),
        ("2026-11-27 16:59", "2026-12-01 17:00"),  # Friday: Tuesday
        ("2026-11-28 12:00", "2026-12-01 17:00"),  # Saturday
        ("2026-11-29 12:00", "2026-12-01 17:00"),  # Sunday
        (
            "2026-12-23 12:00",
            "2026-12-29 17:00",
        ),  # Christmas; Boxing Day is a Saturday, so Monday 28th is free
        ("2026-12-24 12:00", "2026-12-30 17:00"),
        ("2027-03-25 12:00", "2027-03-31 17:00"),  # Maundy Thursday: Good Friday and Easter Monday are free
        ("2026-09-23 12:00", "2026-09-25 17:00"),  # Chuseok in Korea is a working day here
        ("2026-03-27 12:00", "2026-03-31 17:00"),  # summer time begins on the Sunday between
        ("2026-10-23 12:00", "2026-10-27 17:00"),  # and ends
    ],
)
def test_an_answer_is_promised_by_the_end_of_the_second_working_day(received, promised):
    received = datetime.fromisoformat(received).replace(tzinfo=LONDON)
    assert promised_by(received) == datetime.fromisoformat(promised).replace(tzinfo=LONDON)


def test_the_day_of_receipt_is_londons_whatever_the_day_in_seoul():
    received = datetime(2026, 11, 24, 8, 30, tzinfo=SEOUL)  # still Monday in London
    assert promised_by(received) == datetime(2026, 11, 25, 17, tzinfo=LONDON)


def test_the_promise_is_said_on_both_clocks():
    promise = promised_by(datetime(2026, 11, 23, 10, tzinfo=UTC))
    assert "17:00" in format_deadline(promise, "en") and "Seoul time" in format_deadline(promise, "en")
    assert "서울 시각" in format_deadline(promise, "ko")
