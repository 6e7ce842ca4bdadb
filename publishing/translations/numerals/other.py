"""Numbers in a language that nobody taught us: digits, with a point or a comma for thousands or decimals."""

import re
from decimal import Decimal

from publishing.translations.numerals.number import Number, without_addresses

NUMBER = re.compile(r"(?P<name>[A-Za-z]-?)?(?P<digits>\d+(?:[.,٫٬’' ]\d+)*)")
SEPARATORS = re.compile(r"[.,٫٬’' ]")


def read(text):
    return [_number(match) for match in NUMBER.finditer(without_addresses(text))]


def spells(text, value):
    return False


def _number(match):
    digits = match["digits"]
    values = {Decimal(SEPARATORS.sub("", digits))}
    *groups, last = SEPARATORS.split(digits)
    if groups:
        values.add(Decimal(f"{''.join(groups)}.{last}"))
        values |= {Decimal(part) for part in [*groups, last]}
    return Number(digits, frozenset(values), "", max(values), stated=not match["name"])
