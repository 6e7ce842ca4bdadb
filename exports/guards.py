r"""Rows of CSV, guarded by the rules of `cells.py` as the database sends them.

Nearly every row needs no guard, and one pattern of its bytes tells so: each cell of text is empty or begins with a
letter or digit, and so does what follows each sign after which another cell could begin. Any other row is taken apart
and guarded cell by cell.
"""

import re

from exports import cells

# Of UTF-8: Latin with its accents, Chinese characters, Hangul. None of them is invisible or begins a formula.
LETTER = (
    rb"(?:[A-Za-z0-9]|\xc3[\x80-\xbf]|[\xe4-\xe9][\x80-\xbf]{2}"
    rb"|\xea[\xb0-\xbf][\x80-\xbf]|[\xeb\xec][\x80-\xbf]{2}|\xed[\x80-\x9d][\x80-\xbf])"
)
# No control character (those of Latin-1 begin with C2), no semicolon; a quotation mark stands twice.
GOES_ON = rb'[^;"\x00-\x1f\x7f\xc2]*+(?:(?:""|\xc2[\xa0-\xbf])[^;"\x00-\x1f\x7f\xc2]*+)*+'
HARMLESS = rb"(?:%(l)s%(g)s(?:[;\n][;\n ]*+%(l)s%(g)s)*+)?+" % {b"l": LETTER, b"g": GOES_ON}
ANY = rb'[^"]*+(?:""[^"]*+)*+'
UNGUARDED = {
    None: ANY,
    cells.text: HARMLESS,
    cells.telephone: rb"(?:%s(?=\")|%s)" % (cells.TELEPHONE.pattern.encode(), HARMLESS),
}
CELL = re.compile(rb'"(%s)"(?:,|$)' % ANY)


def of_columns(columns):
    """The function that guards a row of these columns: bytes without a line end, every cell quoted."""
    needs_none = re.compile(b",".join(b'"%s"' % UNGUARDED[column.guard] for column in columns)).fullmatch
    guards = [column.guard for column in columns]

    def guarded(row):
        return row if needs_none(row) else _cell_by_cell(row, guards)

    return guarded


def _cell_by_cell(row, guards):
    texts = [cell.replace(b'""', b'"').decode() for cell in CELL.findall(row)]
    pairs = zip(texts, guards, strict=True)
    return line(guard(text) if guard else text for text, guard in pairs).encode()


def line(texts):
    """A line of a CSV file without its end, every cell quoted. Who calls has guarded what somebody typed."""
    return ",".join(f'"{text.replace(chr(34), 2 * chr(34))}"' for text in texts)
