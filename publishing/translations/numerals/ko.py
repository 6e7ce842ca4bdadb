"""Numbers in Korean: 40억 파운드, 40~150억, 2억 5,000만, 1만 2천, 30%, 30퍼센트, 6월 14일, 열두, 십 년."""

import re
from decimal import Decimal

from publishing.translations.numerals.number import Number, decimal, without_addresses

SMALL = {"십": 10, "백": 100, "천": 1000}
LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
UNITS = {
    "파운드": "GBP",
    "유로": "EUR",
    "달러": "USD",
    "엔": "JPY",
    "원": "KRW",
    "%": "percent",
    "퍼센트": "percent",
    "년": "year",
}
SIGNS = {"£": "GBP", "€": "EUR", "₩": "KRW", "US$": "USD", "$": "USD", "¥": "JPY"}
PIECE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:여)?(?:[십백천](?![가-힣])|[십백천]?[만억조경]|[십백천](?=[ 가-힣]))?"
NUMBER = re.compile(
    rf"(?P<sign>US\$|[£€₩$¥])?(?P<name>[A-Za-z][A-Za-z]*-?)?(?P<ordinal>제)?"
    rf"(?P<pieces>{PIECE}(?: ?{PIECE})*)(?P<letter>[A-Z](?![A-Za-z]))?"
    r"(?: ?여)?(?: ?(?P<unit>파운드|유로|달러|엔|%|퍼센트|원(?![칙자소격형리]))|(?P<year>년))?"
)
ONE_PIECE = re.compile(r"([\d,.]+)여?([십백천]?)([만억조경]?)")
TO = re.compile(r" ?(?:~|–|-|∼|에서|부터|내지) ?")
DIGITS = "_ 일 이 삼 사 오 육 칠 팔 구".split()
NATIVE = ["", "한|하나", "두|둘", "세|셋|석", "네|넷|넉", "다섯", "여섯", "일곱", "여덟", "아홉"]
NATIVE_TENS = ["", "열", "스물|스무", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
OTHER_WORDS = {2: "절반", 100: "세기"}


def read(text):
    text = without_addresses(text)
    found = []
    for match in NUMBER.finditer(text):
        parts = _numbers(match)
        before = text[found[-1][1] : match.start()] if found else ""
        if found and TO.fullmatch(before):
            found[-1] = (_sharing(found[-1][0], parts[0], match), found[-1][1])
        found += [(number, match.end()) for number in parts]
    return [number for number, _ in found]


def spells(text, value):
    words = [re.escape(_sino(value))] if value else []
    words += [OTHER_WORDS[value]] if value in OTHER_WORDS else []
    if 0 < value < 100:
        tens, ones = divmod(value, 10)
        words.append(f"(?:{NATIVE_TENS[tens]})(?:{NATIVE[ones]})")
    return bool(words) and bool(re.search(rf"(?<![가-힣])(?:{'|'.join(words)})", text))


def _numbers(match):
    """One number, or several that stand side by side: 1만 2천 is one, 40억 150억 are two."""
    unit = SIGNS.get(match["sign"]) or UNITS.get(match["unit"] or "", "") or ("year" if match["year"] else "")
    stated = not match["name"] and not match["letter"]
    sums, last = [], None
    for digits, small, large in ONE_PIECE.findall(match["pieces"]):
        if not digits.strip(",."):
            continue
        written = decimal(digits.strip(",."))
        size = SMALL.get(small, 1) * LARGE.get(large, 1)
        value = written * size
        if sums and size < last and value < last:
            sums[-1] = (sums[-1][0] + value, sums[-1][1])
        else:
            sums.append((value, written))
        last = size
    text = match[0].strip()
    alone = {match["pieces"]: {sums[0][1]}} if match["ordinal"] and len(sums) == 1 else {}
    return [
        Number(text, frozenset({value} | alone.get(match["pieces"], set())), unit, written, stated)
        for value, written in sums
    ]


def _sharing(first, last, match):
    """The first end of a range, which leaves to the last its magnitude and unit: 40~150억 파운드."""
    values = set(first.values)
    size = max(last.values) / last.written if last.written else Decimal(1)
    if size > 1 and first.values == {first.written}:
        values.add(first.written * size)
    unit = first.unit or (last.unit if last.unit != "year" else "")
    return Number(first.text, frozenset(values), unit, first.written, first.stated)


def _sino(value):
    """이십오, 백, 삼천, 만 이천 without its blank: the spelling of a whole number by signs of Chinese origin."""
    written = ""
    for name, size in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        group, value = divmod(value, size)
        if group:
            written += ("" if group == 1 and name == "만" else _four(group)) + name
    return written


def _four(group):
    written = ""
    for name, size in (("천", 1000), ("백", 100), ("십", 10), ("", 1)):
        digit, group = divmod(group, size)
        if digit:
            written += ("" if digit == 1 and name else DIGITS[digit]) + name
    return written
