"""The hour and the holidays where the investor is: shown beside the clock, never counted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from enquiries.beside import beside, public_holidays
from enquiries.working_time import LONDON, USUAL_HOURS, Calendar

OFFICE = Calendar(USUAL_HOURS)


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-11-24 07:12", "Seoul 16:12, Tuesday"),
        ("2026-11-24 10:12", "Seoul 19:12, Tuesday (outside office hours there)"),
        ("2026-11-23 23:30", "Seoul 08:30, Tuesday (outside office hours there)"),
        ("2026-11-24 00:00", "Seoul 09:00, Tuesday"),
        ("2026-11-24 09:00", "Seoul 18:00, Tuesday (outside office hours there)"),
        ("2026-11-28 03:00", "Seoul 12:00, Saturday (weekend there)"),
        ("2026-09-25 02:00", "Seoul 10:00, Friday (Chuseok in Korea)"),
        ("2026-09-24 16:00", "Seoul 00:00, Friday (Chuseok in Korea)"),
        ("2026-02-17 09:00", "Seoul 18:00, Tuesday (Korean New Year in Korea)"),
        ("2026-07-01 01:00", "Seoul 09:00, Wednesday"),  # Seoul keeps one time all the year
    ],
)
def test_seouls_hour_and_holidays_are_shown_beside_the_clock(now, text):
    assert beside("KR", datetime.fromisoformat(now).replace(tzinfo=LONDON)).text == text


def test_another_country_of_one_hour_has_its_own_and_one_of_many_has_none():
    noon = datetime(2026, 4, 30, 12, tzinfo=UTC)
    assert beside("DE", noon).text == "Berlin 14:00, Thursday"
    assert beside("DE", noon + timedelta(days=1)).note == "Labor Day in Germany"
    assert beside("US", noon) is None and beside("", noon) is None


def test_chuseok_and_seollal_are_named_and_not_counted():
    names = public_holidays("KR", 2026)
    assert names[date(2026, 9, 25)] == "Chuseok" and names[date(2026, 2, 17)] == "Korean New Year"
    assert all(OFFICE.is_working_day(date(2026, 9, day)) for day in (24, 25))
    assert all(OFFICE.is_working_day(date(2026, 2, day)) for day in (16, 17, 18))
