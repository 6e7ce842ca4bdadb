"""Reads the numbers that a sentence states, in figures and in words: £4bn, 40억 파운드, 12,000, 1만 2천, 30 per cent.

English and Korean are understood, magnitudes and currencies included. Of any other language only the digits are read
(in whichever script), with a point or a comma for the decimals; what a magnitude word makes of them is not known there.
"""

from publishing.translations.numerals import en, ko, other
from publishing.translations.numerals.number import Number

READERS = {"en": en, "ko": ko}


def numbers_in(text, code):
    """Every number of a plain text, in the order of the text."""
    return READERS.get(code, other).read(text)


def spells(text, value, code):
    """Whether the text has that whole number in words: twelve, 열두, a century."""
    return READERS.get(code, other).spells(text, value)


def knows_magnitudes(code):
    return code in READERS


__all__ = ["Number", "knows_magnitudes", "numbers_in", "spells"]
