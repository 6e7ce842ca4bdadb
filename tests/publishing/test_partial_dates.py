"""Dates known in part: the value, how it reads, and the model field."""

from copy import deepcopy
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from publishing.formats import format_partial_date
from publishing.partial_dates import PartialDate, PartialDateField, PartialDateFormField

READINGS = [
    ("2022-03-14", "day", "14 March 2022", "2022년 3월 14일"),
    ("2022-03", "month", "March 2022", "2022년 3월"),
    ("2022", "year", "2022", "2022년"),
    ("2022/2024", "range", "2022 to 2024", "2022~2024년"),
    ("2022-03/2022-05", "range", "March to May 2022", "2022년 3~5월"),
    ("2022-11/2023-03", "range", "November 2022 to March 2023", "2022년 11월~2023년 3월"),
    ("2023-07-24/2023-07-29", "range", "24 to 29 July 2023", "2023년 7월 24~29일"),
    ("2023-06-30/2023-07-02", "range", "30 June to 2 July 2023", "2023년 6월 30일~7월 2일"),
    (
        "2022-12-30/2023-01-02",
        "range",
        "30 December 2022 to 2 January 2023",
        "2022년 12월 30일~2023년 1월 2일",
    ),
]


@pytest.mark.parametrize(("text", "precision", "english", "korean"), READINGS)
def test_a_partial_date_says_no_more_than_is_known(text, precision, english, korean):
    value = PartialDate(text)
    assert value.iso == text
    assert value.precision == precision
    assert format_partial_date(value, "en") == english
    assert format_partial_date(value, "ko") == korean.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-03-14", date(2022, 3, 14), date(2022, 3, 14)),
        ("2022-03/2022-05", date(2022, 3, 1), date(2022, 5, 31)),
    ],
)
def test_it_knows_its_first_and_last_day(text, first, last):
    assert (PartialDate(text).first_day, PartialDate(text).last_day) == (first, last)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 2022-3-4 ", "2022-03-04"),
        ("2022-03 / 2022-05", "2022-03/2022-05"),
        ("2022/2022", "2022"),
        ("2022-03-14/2022-03-14", "2022-03-14"),
    ],
)
def test_the_same_date_has_one_stored_form(typed, stored):
    assert PartialDate(typed).iso == stored
    assert PartialDate(typed) == PartialDate(stored)
    assert hash(PartialDate(typed)) == hash(PartialDate(stored))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2022-13", "the month 13; months run from 01 to 12"),
        ("2022-02-30", "not in the calendar"),
        ("0000", "not in the calendar"),
        ("soon", "Write 2022, 2022-03, 2022-03-14"),
        ("", "is not a date"),
        ("٢٠٢٢", "is not a date"),
        ("2022-05/2022-03", "ends before it begins"),
        ("2022/2023-05", "mixes a year with a month"),
        ("2022/2023/2024", "more than two ends"),
    ],
)
def test_nonsense_is_refused_with_a_sentence_that_helps(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        PartialDate(text)


days = st.dates(min_value=date(1000, 1, 1))
lengths = st.sampled_from([4, 7, 10])
points = st.builds(lambda day, length: day.isoformat()[:length], days, lengths)
ranges = st.builds(
    lambda one, other, length: "/".join(day.isoformat()[:length] for day in sorted([one, other])),
    days,
    days,
    lengths,
)
partial_dates = st.builds(PartialDate, points | ranges)


@given(partial_dates, partial_dates)
def test_order_is_that_of_the_first_day(one, other):
    if one.first_day < other.first_day:
        assert one < other
    if one <= other:
        assert one.first_day <= other.first_day


@given(st.lists(st.builds(PartialDate, st.builds(lambda day: day.isoformat()[:7], days))))
def test_among_dates_of_one_shape_the_order_of_the_text_is_the_order_of_time(dates):
    assert sorted(dates) == sorted(dates, key=lambda value: value.iso)


@given(partial_dates)
def test_the_stored_form_reads_back_and_fits_its_column(value):
    assert PartialDate(value.iso) == value
    assert len(value.iso) <= 21
    assert value.first_day <= value.last_day


def test_it_cannot_be_changed():
    with pytest.raises(AttributeError):
        PartialDate("2022").start = None


def test_a_copy_is_the_same_date():
    assert deepcopy(PartialDate("2022-03")) == PartialDate("2022-03")


def test_a_day_of_the_calendar_becomes_one():
    assert PartialDate.from_day(date(2022, 3, 14)) == PartialDate("2022-03-14")


def test_a_template_prints_it_in_the_language_of_the_page():
    template, context = Template("{{ value }}"), Context({"value": PartialDate("2022-03")})
    with translation.override("ko"):
        assert template.render(context) == "2022년\u00a03월"
    with translation.override("en"):
        assert template.render(context) == "March 2022"


def test_the_field_reads_and_writes_the_stored_form():
    field = PartialDateField(blank=True)
    assert field.get_prep_value("2022-3") == "2022-03"
    assert field.get_prep_value(PartialDate("2022-03")) == "2022-03"
    assert field.from_db_value("2022-03", None, None) == PartialDate("2022-03")
    assert field.get_prep_value("") == ""
    assert PartialDateField(null=True).get_prep_value("") is None


def test_what_is_stored_does_not_follow_the_active_language():
    with translation.override("ko"):
        assert PartialDateField().get_prep_value(PartialDate("2022-03")) == "2022-03"


def test_the_field_refuses_nonsense_with_the_same_sentence():
    with pytest.raises(ValidationError, match="months run from 01 to 12"):
        PartialDateField().clean("2022-13", None)


def test_a_migration_names_the_field_and_only_what_was_chosen():
    _, path, args, kwargs = PartialDateField("as at", blank=True).deconstruct()
    assert (path, args) == ("publishing.partial_dates.PartialDateField", [])
    assert kwargs == {"verbose_name": "as at", "blank": True}


class DateForm(forms.Form):
    when = PartialDateField(blank=True, null=True).formfield()


def test_the_form_shows_the_stored_form_whatever_the_language():
    with translation.override("ko"):
        form = DateForm(initial={"when": PartialDate("2022-03/2022-05")})
        assert form["when"].value() == "2022-03/2022-05"


def test_the_form_explains_what_can_be_typed():
    assert isinstance(DateForm.base_fields["when"], PartialDateFormField)
    assert "2022-03/2022-05" in DateForm.base_fields["when"].help_text


@pytest.mark.parametrize(("typed", "changed"), [("2022-3", False), ("2022-04", True), ("nonsense", True)])
def test_the_form_knows_when_nothing_was_changed(typed, changed):
    form = DateForm({"when": typed}, initial={"when": PartialDate("2022-03")})
    assert form.has_changed() is changed


def test_the_form_cleans_to_a_partial_date_or_to_nothing():
    filled, empty = DateForm({"when": " 2022-03 / 2022-05 "}), DateForm({"when": ""})
    assert filled.is_valid() and filled.cleaned_data["when"] == PartialDate("2022-03/2022-05")
    assert empty.is_valid() and empty.cleaned_data["when"] is None


def test_the_form_says_what_is_wrong():
    form = DateForm({"when": "2022-13"})
    assert form.errors["when"] == ["“2022-13” has the month 13; months run from 01 to 12."]
