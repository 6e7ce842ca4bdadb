"""Numbers in English: £4bn, £4–15bn, 1.6 million, 12,000, 30%, 30 per cent, 3pm, 14 June 2023, twelve, a century."""

import re
from decimal import Decimal

from publishing.translations.numerals.number import Number, decimal, without_addresses

MAGNITUDES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trillion": 10**12,
}
SIGNS = {"£": "GBP", "€": "EUR", "₩": "KRW", "US$": "USD", "$": "USD", "¥": "JPY"}
CODES = ("GBP", "EUR", "KRW", "USD", "JPY")
WORDS_OF_UNITS = {
    "pounds": "GBP",
    "euros": "EUR",
    "won": "KRW",
    "dollars": "USD",
    "per cent": "percent",
    "percent": "percent",
    "%": "percent",
}
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?P<fraction>(?<![\w/.])\d+/\d+(?![\w/]))"
    rf"|(?P<sign>US\$|[£€₩$¥]|\b(?:{'|'.join(CODES)})\b ?)?"
    rf"(?P<name>(?<![£€₩$¥])\b[A-Za-z][A-Za-z]*-?)?"
    rf"(?P<digits>{DIGITS})"
    r"(?:(?P<time>(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|:\d\d\b)"
    r"|\s?(?P<magnitude>(?:thousand|million|billion|trillion|bn|tn|mn|[kKmb])(?![A-Za-z²³]))"
    r"|(?P<letter>[A-Z](?![A-Za-z])))?"
    r"(?:[ -]?(?P<unit>%|per cent\b|percent\b|pounds\b|euros\b|won\b|dollars\b))?"
)
TO = re.compile(r"\s?(?:–|-|~|to|and)\s?(?:US\$|[£€₩$¥])?")
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
OTHER_WORDS = {
    2: "second|twice|double|both|pair|half",
    3: "third|triple",
    10: "decade|decades",
    12: "dozen",
    100: "century|centuries|centenary|hundred",
    1000: "thousand",
    10**6: "million",
    10**9: "billion",
}
MONTHS = "January February March April May June July August September October November December".split()


def read(text):
    text, found = without_addresses(text), []
    for match in NUMBER.finditer(text):
        number = _number(match)
        before = text[found[-1][1] : match.start()] if found else ""
        if found and match["digits"] and TO.fullmatch(before):
            found[-1] = (_sharing(found[-1][0], number, match), found[-1][1])
        found.append((number, match.end()))
    return [number for number, _ in found]


def spells(text, value):
    words = [re.escape(spelling) for spelling in _spellings(value)]
    words += [OTHER_WORDS[value]] if value in OTHER_WORDS else []
    words += [MONTHS[value - 1]] if 1 <= value <= 12 else []
    return bool(words) and bool(re.search(rf"\b(?:{'|'.join(words)})", text, re.IGNORECASE))


def _number(match):
    text = match[0].strip()
    if match["fraction"]:
        return Number(text, frozenset(map(Decimal, match["fraction"].split("/"))), stated=False)
    written = decimal(match["digits"])
    return Number(
        text,
        frozenset(_values(match, written)),
        _unit(match),
        written,
        stated=not match["name"] and not match["letter"],
    )


def _values(match, written):
    magnitude = (match["magnitude"] or "").lower()
    if match["time"]:
        hour = Decimal(int(written))
        yield from {hour, hour + 12, hour - 12}
    elif magnitude:
        yield written * MAGNITUDES[magnitude]
        if magnitude in ("m", "b") and not match["sign"]:
            yield written  # metres, say
    else:
        yield written


def _unit(match):
    sign = (match["sign"] or "").strip()
    unit = SIGNS.get(sign) or sign or WORDS_OF_UNITS.get(match["unit"] or "", "")
    return unit or ("time" if match["time"] else "")


def _sharing(first, last, match):
    """The first end of a range, which leaves to the last its magnitude and unit: £4–15bn, 30 to 40 per cent."""
    values = set(first.values)
    magnitude = (match["magnitude"] or "").lower()
    if magnitude and first.values == {first.written}:
        values = {first.written * MAGNITUDES[magnitude], first.written}
    return Number(first.text, frozenset(values), first.unit or last.unit, first.written, first.stated)


def _spellings(value):
    """How a whole number is spelt: 12, 25, 300, 1,600,000 only as far as people write them in words."""
    if value < 20:
        return [ONES[value]]
    if value < 100:
        tens, ones = divmod(value, 10)
        return [f"{TENS[tens]}-{ONES[ones]}", f"{TENS[tens]} {ONES[ones]}"] if ones else [TENS[tens]]
    for word, size in (("billion", 10**9), ("million", 10**6), ("thousand", 1000), ("hundred", 100)):
        if value % size == 0 and value // size < 100:
            return [f"{many} {word}" for many in _spellings(value // size)]
    return []
