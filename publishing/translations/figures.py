"""Compares the figures of a translation with those of its source, and both with the record's facts.

Understood, in English and Korean: amounts with a currency (£4bn, 40억 파운드, US$125bn), magnitudes (m, bn, million,
만, 억, 조, 천), ranges that share one (£4–15bn, 40~150억), percentages, counts however they are grouped (12,000,
1만 2천), years, days and months of dates, hours (3pm, 15시), and whole numbers in words (twelve, 열두, a decade).
Into another language a figure counts as kept when its digits stand there, before or after its magnitude is reckoned.

Rather silent than wrong. Only figures written in digits are asked for, and not those of a name (COP26, 5G, Liverpool2),
an address, a telephone number or a fraction. Two figures are the same when they have the same value and neither names
another unit. Rich text is compared by its words.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from publishing import languages
from publishing.partial_dates import PartialDateField
from publishing.text.diffs import readable_lines
from publishing.text.tokens import tokens_of
from publishing.translations.numerals import Number, knows_magnitudes, numbers_in, spells

SMALL = 32  # days, months, ordinals and small counts are not held against the facts
NO_FACT = {"id", "pk", "version", "position"}
MOST_ROWS = 500


@dataclass(frozen=True)
class Facts:
    """The numbers and dates of a record: its own columns and those of the rows that belong to it."""

    values: frozenset

    def bear_out(self, number):
        return bool(self.values & number.values)


def lacking(source, translation, code, rich=False):
    """Figures of the source, as written there, that the translation does not have. Nothing while there is none."""
    if not translation.strip():
        return []
    source, translation = _words(source, rich), _words(translation, rich)
    there = numbers_in(translation, code)
    missing = [
        number.text
        for number in numbers_in(source, languages.SOURCE)
        if number.stated and not _has(there, translation, number, code)
    ]
    tokens = [token for token in _tokens(source) if token not in _tokens(translation)]
    return list(dict.fromkeys([*missing, *tokens]))


def not_borne_out(text, code, facts, source="", rich=False):
    """Figures of a text, as written, that no fact of the record says, nor the source text where it is a translation.

    Amounts, percentages, and counts of 32 and more; years are not looked at.
    """
    text, source = _words(text, rich), _words(source, rich)
    said = numbers_in(source, languages.SOURCE)
    return list(
        dict.fromkeys(
            number.text
            for number in numbers_in(text, code)
            if _weighs(number)
            and not facts.bear_out(number)
            and not _has(said, source, number, languages.SOURCE)
        )
    )


def facts_of(record):
    """Every number and date in the record's own columns and in the rows that point to it alone: one query a kind."""
    values = set(_numbers_of(record))
    for relation in record._meta.related_objects:
        if relation.one_to_many and relation.related_name != "+" and _fact_fields(relation.related_model):
            rows = relation.related_model._default_manager.filter(**{relation.field.name: record})
            for row in rows[:MOST_ROWS]:
                values.update(_numbers_of(row))
    return Facts(frozenset(values))


def _words(text, rich):
    return readable_lines(text) if rich else text


def _tokens(text):
    return [str(token) for token in tokens_of(text)]


def _has(numbers, text, wanted, code):
    values = wanted.values if knows_magnitudes(code) else wanted.values | {wanted.written}
    if any(values & number.values and _same_unit(number, wanted) for number in numbers):
        return True
    whole = [int(value) for value in values if value == value.to_integral_value() and 0 <= value < 10**15]
    return any(spells(text, value, code) for value in whole)


def _same_unit(one, other):
    return not one.unit or not other.unit or one.unit == other.unit


def _weighs(number: Number):
    if not number.stated or number.is_year:
        return False
    return number.unit not in ("", "time") or min(number.values) >= SMALL


def _fact_fields(model):
    kinds = models.DecimalField, models.IntegerField, models.DateField, PartialDateField
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and field.name not in NO_FACT and not field.primary_key
    ]


def _numbers_of(row):
    for field in _fact_fields(type(row)):
        value = getattr(row, field.attname)
        if isinstance(value, int | Decimal):
            yield Decimal(value)
        elif isinstance(field, PartialDateField) and value:
            yield from (Decimal(part) for part in (*value.start, *value.end) if part is not None)
        elif value:
            yield from (Decimal(value.year), Decimal(value.month), Decimal(value.day))
