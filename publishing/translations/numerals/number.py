"""What a number in a sentence is, and what no language counts as one."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

# Addresses, tokens and telephone numbers: their digits state nothing.
NO_NUMBER = re.compile(
    r"\{\{[^{}]*\}\}|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\+\d[\d ()-]{6,}\d|\b0\d{2,5}[ -]\d{3,}(?:[ -]\d{3,})?"
    r"|\d+(?:\.\d+){2,}"
)


@dataclass(frozen=True)
class Number:
    """`values`: what it may mean; several where the sentence does not tell (30m: metres or millions). `unit`: GBP, EUR,
    KRW, USD, JPY, percent, year, time, or nothing. `written`: the number before its magnitude (4 of 4bn). `stated`: by
    itself, not as a part of a name (COP26) or of a fraction."""

    text: str
    values: frozenset
    unit: str = ""
    written: Decimal = Decimal(0)
    stated: bool = True

    @property
    def is_year(self):
        return self.unit == "year" or (
            not self.unit and len(self.text) == 4 and self.text.isdecimal() and "1000" <= self.text < "2200"
        )


def without_addresses(text):
    """The text with blanks in place of what only looks like a number, digits of every script as 0 to 9."""
    plain = "".join(
        str(unicodedata.digit(one)) if one.isdecimal() and not one.isascii() else one for one in text
    )
    return NO_NUMBER.sub(lambda found: " " * len(found[0]), plain.replace("\xa0", " "))


def decimal(digits):
    """12,000.5 with commas between thousands."""
    return Decimal(digits.replace(",", ""))
