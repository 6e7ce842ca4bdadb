"""The rules of `cells.py` as SQL, so that rows go from the table to the file without passing through Python.

Which signs begin a formula and which are invisible is asked of Python, sign by sign, so that both sides agree.
"""

import sys
import unicodedata
from functools import cache

from django.db.models import Func, TextField, Value

from exports import cells

TELEPHONE = "^" + cells.TELEPHONE.pattern + "$"
CONTROLS = r"\u0001-\u0009\u000b-\u001f\u007f-\u009f"
# What most cells are, told by a short pattern: they begin with a letter or digit, and so does what follows each sign
# that may begin another cell. Everything else is looked at closely.
BEGINS, GOES_ON = r"[A-Za-z0-9\uac00-\ud7a3]", r"[^;\u0001-\u001f\u007f-\u009f]*"
HARMLESS = rf"^(?:{BEGINS}{GOES_ON}(?:[;\n][;\n ]*{BEGINS}{GOES_ON})*)?$"
GUARD = """CASE WHEN %(value)s ~ {harmless} THEN %(value)s WHEN %(value)s ~ {suspect} THEN
regexp_replace(regexp_replace(translate(regexp_replace(%(value)s, {lines}, {line}, 'g'), {tab}, ' '),
{controls}, '', 'g'), {beginning}, {guarded}, 'g') ELSE %(value)s END"""


class Guarded(Func):
    """`cells.text` of an expression of text."""

    output_field = TextField()

    def as_sql(self, compiler, connection, **extra):
        value, given = compiler.compile(self.source_expressions[0])
        patterns = {
            "harmless": HARMLESS,
            "suspect": _suspect(),
            "lines": "\r\n?",
            "line": "\n",
            "tab": "\t",
            "controls": f"[{CONTROLS}]",
            "beginning": _beginning(),
            "guarded": r"\1'\2",
        }
        sql = GUARD.format_map(dict.fromkeys(patterns, "%%s")) % {"value": value}
        harmless, suspect, *change = patterns.values()
        return sql, [*given, harmless, *given, *given, suspect, *given, *change, *given]


class GuardedTelephone(Guarded):
    """`cells.telephone` of an expression of text."""

    def as_sql(self, compiler, connection, **extra):
        value, given = compiler.compile(self.source_expressions[0])
        guarded, asked = super().as_sql(compiler, connection, **extra)
        return f"CASE WHEN {value} ~ %s THEN {value} ELSE {guarded} END", [*given, TELEPHONE, *given, *asked]


def guarded_text(text):
    """For tests: one text as the database guards it."""
    return Guarded(Value(text, output_field=TextField()))


@cache
def _beginning():
    """Where a spreadsheet could see a formula: at the start, after a line break or semicolon, behind the invisible."""
    return f"(^|[\n;])([{_signs(cells.is_invisible)}]*[{_signs(cells.starts_a_formula)}])"


@cache
def _suspect():
    return f"[{CONTROLS}]|{_beginning()}"


def _signs(chosen):
    """The inside of a bracket expression: every sign for which `chosen` holds, as ranges. The line break is none of
    them: it parts cells."""
    ranges = []
    for number in range(1, sys.maxunicode + 1):
        sign = chr(number)
        if sign == "\n" or unicodedata.category(sign) in {"Cc", "Cs"} or not chosen(sign):
            continue
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
