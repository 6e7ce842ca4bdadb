"""Names of countries and territories by ISO 3166-1 code, in every language that has a column in `countries.csv`."""

import csv
import unicodedata
from functools import cache
from pathlib import Path

from publishing import languages

TABLE = Path(__file__).with_name("countries.csv")


@cache
def _table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def name(code, language=languages.SOURCE):
    """The country's name, in the source language where the language has none; a code we do not know is itself."""
    row = _table().get(code, {})
    return row.get(language) or row.get(languages.SOURCE) or code


@cache
def choices(language):
    """(code, name) in the order of that language's alphabet, accents aside."""
    return sorted(((code, name(code, language)) for code in _table()), key=lambda pair: _plain(pair[1]))


def in_english():
    return choices(languages.SOURCE)


def _plain(text):
    """Latin letters without their accents; Hangul syllables stay whole."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(c for c in decomposed if not unicodedata.combining(c))
    ).casefold()
