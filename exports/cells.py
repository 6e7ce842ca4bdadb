"""Cells that a spreadsheet can never execute, whoever typed what stands in them.

The kind of the column decides, not the look of the value: in a column of text anything that a spreadsheet could take
for a formula is led by an apostrophe; only in a column of telephones may a value begin with +.
"""

import re
import unicodedata
from decimal import Decimal

STARTERS = frozenset("=+-@\N{MINUS SIGN}")
TELEPHONE = re.compile(r"\+[0-9]{1,3}( [0-9]+)+( ext\. [0-9]+)?")
# A spreadsheet that parts columns at semicolons or tabs, or that misreads a line break, starts a new cell there.
CELL = re.compile("([^\n;]*)([\n;]?)")


def text(value):
    """Text as it was written, without control characters, led by an apostrophe where a formula could begin."""
    return CELL.sub(lambda part: _guarded(part[1]) + part[2], _printable(str(value)))


def telephone(value):
    """+44 151 233 2000. What is not a telephone number in international form is treated as text."""
    return value if TELEPHONE.fullmatch(value) else text(value)


def number(value):
    """A number is written as one, whatever its sign; anything else is treated as text."""
    plain = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return str(value) if plain else text(value)


def _printable(value):
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in value if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def _guarded(part):
    """Blanks and invisible characters do not hide what a spreadsheet sees first."""
    first = next((c for c in part if not is_invisible(c)), "")
    return f"'{part}" if starts_a_formula(first) else part


def starts_a_formula(character):
    """The full-width and small forms among them."""
    return unicodedata.normalize("NFKC", character)[:1] in STARTERS


def is_invisible(character):
    return character.isspace() or unicodedata.category(character) in {"Cf", "Mn", "Zs"}
