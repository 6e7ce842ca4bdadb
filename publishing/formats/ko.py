"""How figures and dates read in Korean: 40억~150억 파운드, 850명 이상, 2023년 7월 24~29일.

Numbers are grouped by ten thousands (조, 억, 만), commas stand inside a group, and what is counted has
its counter. In a sentence an amount or a date never breaks over two lines: no-break spaces join its pieces.
A large figure keeps ordinary spaces, because at that size it has to be able to break.
"""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from publishing.formats.numbers import (
    ABOUT,
    AT_LEAST,
    MINUS,
    NUMBER,
    QUALIFIER,
    TO,
    UNIT,
    UP_TO,
    grouped,
    ungrouped,
)

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WEEKDAYS = "월화수목금토일"
CLOCKS = {"Europe/London": "런던 시각", "Asia/Seoul": "서울 시각", "UTC": "협정 세계시"}

CURRENCY_NAMES = {"GBP": "파운드", "EUR": "유로", "KRW": "원"}
GROUPS = ("", "만", "억", "조", "경")
MONEY_GROUPED_FROM, QUANTITY_GROUPED_FROM = 10_000, 100_000
BEFORE = {ABOUT: "약 ", UP_TO: "최대 "}


class Counter(NamedTuple):
    """The counter of a unit, the noun it counts, which a label can replace, and a word that leads (연간)."""

    name: str
    noun: str = ""
    lead: str = ""


COUNTERS = {
    "jobs": Counter("개", noun="일자리"),
    "people": Counter("명"),
    "percent": Counter("%"),
    "rank": Counter("위"),
    "year": Counter("년"),
    "years": Counter("년"),
    "tonnes_per_year": Counter("톤", lead="연간"),
    "tonnes_per_day": Counter("톤", lead="하루"),
    "acres": Counter("에이커"),
    "sq_ft": Counter("제곱피트"),
    "m2": Counter("제곱미터"),
    "km": Counter("km"),
    "count": Counter("곳"),  # what has no unit of its own is places: districts, assets on the map
    "homes": Counter("가구"),
    "cars": Counter("대", noun="자동차"),
    "companies": Counter("곳", noun="기업"),
    "projects": Counter("건", noun="사업"),
    "patents": Counter("건", noun="특허"),
    "papers": Counter("편", noun="논문"),
    "products": Counter("종", noun="제품"),
    "links": Counter("개", noun="연결"),
    "platforms": Counter("개", noun="플랫폼"),
    "institutions": Counter("곳", noun="기관"),
    "places": Counter("곳"),
}


def joined(parts):
    return "".join(text for _, text in parts).replace(" ", NO_BREAK_SPACE)


def money_parts(values, currency, phrase):
    """2억 5,000만 파운드; a range names its currency once: 40억~150억 파운드."""
    parts = _range([_number(value, MONEY_GROUPED_FROM) for value in values])
    return _phrased(_counted(parts, CURRENCY_NAMES[currency]), phrase)


def quantity_parts(values, unit, phrase, labelled, display):
    """일자리 14,000개 in a sentence; 14,000개 일자리 as a large figure, where the number leads."""
    counter = COUNTERS[unit]
    if unit == "year":
        parts = _range([[(NUMBER, ungrouped(value))] for value in values])
    else:
        parts = _range([_number(value, QUANTITY_GROUPED_FROM) for value in values])
    parts = _phrased(_counted(parts, counter.name), phrase)
    if counter.lead:
        return [(UNIT, f"{counter.lead} "), *parts]
    if labelled or not counter.noun:
        return parts
    # Only a noun counted by the general 개 may follow it; 자동차, 논문 and the like always lead.
    if display and counter.name == "개" and phrase != AT_LEAST:
        return [*parts[:-1], (UNIT, f"{parts[-1][1]} {counter.noun}")]
    return [(UNIT, f"{counter.noun} "), *parts]


def _number(value, grouped_from):
    """2억 5,000만: groups of four digits, empty ones left out."""
    size = abs(value)
    if size < grouped_from:
        return [(NUMBER, grouped(value))]
    whole = int(size)
    groups = []
    for name in GROUPS[:-1]:
        whole, group = divmod(whole, 10_000)
        groups.append((group, name))
    groups.append((whole, GROUPS[-1]))
    groups[0] = (groups[0][0] + size % 1, "")
    parts = []
    for group, name in reversed(groups):
        if group:
            lead = " " if parts else MINUS if value < 0 else ""
            parts.append((NUMBER, lead + grouped(group)))
            parts += [(UNIT, name)] if name else []
    return parts


def _range(ends):
    if len(ends) == 1:
        return ends[0]
    return [*ends[0], (TO, "~"), *ends[1]]


def _counted(parts, name):
    """A counter stands against a digit and apart from a word: 9,500명, 160만 명."""
    apart = " " if parts[-1][0] == UNIT else ""
    return [*parts, (UNIT, apart + name)]


def _phrased(parts, phrase):
    if phrase == AT_LEAST:
        return [*parts, (QUALIFIER, " 이상")]
    if phrase in BEFORE:
        return [(QUALIFIER, BEFORE[phrase]), *parts]
    return parts


def date(value, weekday=False, year=True):
    text = _spaced(value.year if year else None, value.month, value.day)
    return f"{text}({WEEKDAYS[value.weekday()]})" if weekday else text


def partial_date(start, end):
    """A range says once what both ends share: 2022년 3~5월, 2023년 6월 30일~7월 2일."""
    if start == end:
        return _spaced(*start)
    if start.month is None:
        return f"{start.year}~{end.year}년"
    if start.year != end.year:
        return f"{_spaced(*start)}~{_spaced(*end)}"
    if start.day is None:
        return f"{_spaced(start.year)}{NO_BREAK_SPACE}{start.month}~{end.month}월"
    if start.month != end.month:
        return f"{_spaced(*start)}~{_spaced(None, end.month, end.day)}"
    return f"{_spaced(start.year, start.month)}{NO_BREAK_SPACE}{start.day}~{end.day}일"


def _spaced(year=None, month=None, day=None):
    pieces = [(year, "년"), (month, "월"), (day, "일")]
    return NO_BREAK_SPACE.join(f"{number}{name}" for number, name in pieces if number is not None)


def clock(zone):
    """런던 시각; another zone by the name it has in the time zone database."""
    return CLOCKS.get(zone) or f"{zone} 시각"


def moment(value, zones):
    """런던 시각 2026년 11월 25일(수) 17:00, 서울 시각 11월 26일(목) 02:00."""
    clocks = [(value.astimezone(ZoneInfo(zone)), clock(zone)) for zone in zones]
    year = clocks[0][0].year
    return ", ".join(
        f"{name} {date(local, weekday=True, year=position == 0 or local.year != year)} {local:%H:%M}"
        for position, (local, name) in enumerate(clocks)
    )


def deadline(value, zones):
    return f"{moment(value, zones)}까지"


def time_span(start, end, zone):
    """2023년 6월 14일 15:00~18:00(런던 시각)."""
    start = start.astimezone(ZoneInfo(zone))
    end = end.astimezone(ZoneInfo(zone)) if end else start
    span = f"{date(start)} {start:%H:%M}"
    if end.date() != start.date():
        span += f"~{date(end, year=end.year != start.year)} {end:%H:%M}"
    elif end != start:
        span += f"~{end:%H:%M}"
    return f"{span}({clock(zone)})"
