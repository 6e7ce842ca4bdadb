"""The words that this prospectus uses for the terms of its field, for the translator's desk to suggest.

glossary.csv: a column a language, the source language first, " / " between equal forms, and a note. What
stands in brackets is an abbreviation or another form of the same term. A language without a column has no suggestions.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publishing import languages

PLACE = Path(__file__).with_name("glossary.csv")
IN_BRACKETS = re.compile(r"^(.*?)\s*\(([^)]+)\)$")


@dataclass(frozen=True)
class Hint:
    """A term of the glossary that the source uses: what to call it, and whether the translation does."""

    term: str
    suggestion: str
    note: str
    used: bool


@cache
def entries(code):
    """(term, what to look for in the source, suggestion, its forms, note) of a language, the longest term first."""
    with PLACE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get(code)]
    found = [
        (
            row[languages.SOURCE],
            _pattern(row[languages.SOURCE]),
            row[code],
            tuple(form for choice in row[code].split(" / ") for form in _forms(choice)),
            row.get("note") or "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda entry: -len(entry[0]))


def hints(source, translation, code):
    """Terms in the source text, in its order. A term within a longer one that was found is not said again."""
    plain = _closed_up(translation)
    found, rest = [], source
    for term, pattern, suggestion, forms, note in entries(code):
        place = pattern.search(rest)
        if place:
            rest = pattern.sub(lambda match: "\0" * len(match[0]), rest)
            used = any(_closed_up(form) in plain for form in forms)
            found.append((place.start(), Hint(term, suggestion, note, used)))
    return [hint for _, hint in sorted(found, key=lambda one: one[0])]


def _pattern(term):
    """The term or its abbreviation as whole words, in the plural too."""
    words = [re.escape(form) + ("" if form.isupper() else "(?:s|es)?") for form in _forms(term)]
    loose = "|".join(word.replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]") for word in words)
    return re.compile(rf"(?<![\w-])(?:{loose})(?![\w-])", re.IGNORECASE)


def _forms(term):
    found = IN_BRACKETS.match(term)
    return [found[1], found[2]] if found else [term]


def _closed_up(text):
    return re.sub(r"\s+", "", text).lower()
