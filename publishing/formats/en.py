"""How figures and dates read in English: £4bn–£15bn, at least 850 people, 24 to 29 July 2023."""

from zoneinfo import ZoneInfo

from publishing.formats.numbers import (
    ABOUT,
    AT_LEAST,
    EXACT,
    MINUS,
    NUMBER,
    QUALIFIER,
    SIGN,
    TO,
    UNIT,
    UP_TO,
    decimals,
    grouped,
    ungrouped,
)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCKS = {"Europe/London": "London time", "Asia/Seoul": "Seoul time"}

SIGNS = {"GBP": "£", "EUR": "€", "KRW": "₩"}
SCALES = ((12, "tn"), (9, "bn"), (6, "m"))
PHRASES = {EXACT: "", AT_LEAST: "at least ", ABOUT: "about ", UP_TO: "up to "}

# What is counted: one, several. A label beside the figure can take the noun's place.
NOUNS = {
    "jobs": ("job", "jobs"),
    "people": ("person", "people"),
    "homes": ("home", "homes"),
    "cars": ("car", "cars"),
    "companies": ("company", "companies"),
    "projects": ("project", "projects"),
    "patents": ("patent", "patents"),
    "papers": ("paper", "papers"),
    "products": ("product", "products"),
    "links": ("link", "links"),
    "platforms": ("platform", "platforms"),
    "institutions": ("institution", "institutions"),
    "places": ("place", "places"),
}
# What is measured: the number means nothing without it.
MEASURES = {
    "years": ("year", "years"),
    "tonnes_per_year": ("tonne a year", "tonnes a year"),
    "tonnes_per_day": ("tonne a day", "tonnes a day"),
    "acres": ("acre", "acres"),
    "sq_ft": ("sq ft", "sq ft"),
    "m2": ("m²", "m²"),
    "km": ("km", "km"),
}


def joined(parts):
    return "".join(text for _, text in parts)


def money_parts(values, currency, phrase):
    """£41.7bn, £1.625bn; where more than three decimals would be needed, every digit: £1,234,567."""
    ends = [_amount(value, SIGNS[currency]) for value in values]
    return _phrase(phrase) + _range(ends)


def quantity_parts(values, unit, phrase, labelled, display):
    if unit == "rank":
        written = [_ordinal(value) for value in values]
    elif unit == "year":
        written = [ungrouped(value) for value in values]
    else:
        written = [grouped(value) for value in values]
    parts = _phrase(phrase) + _range([[(NUMBER, text)] for text in written])
    if unit == "percent":
        return [*parts, (UNIT, "%")]
    names = MEASURES.get(unit) or (None if labelled else NOUNS.get(unit))
    if not names:
        return parts
    one, several = names
    return [*parts, (UNIT, f" {one if values == (1,) else several}")]


def _phrase(phrase):
    return [(QUALIFIER, PHRASES[phrase])] if PHRASES[phrase] else []


def _range(ends):
    if len(ends) == 1:
        return ends[0]
    return [*ends[0], (TO, "–"), *ends[1]]


def _amount(value, sign):
    size = abs(value)
    lead = [(SIGN, (MINUS if value < 0 else "") + sign)]
    for power, letter in SCALES:
        if size >= 10**power:
            if decimals(size.scaleb(-power)) <= 3:
                return [*lead, (NUMBER, grouped(size.scaleb(-power))), (UNIT, letter)]
            break
    return [*lead, (NUMBER, grouped(size))]


def _ordinal(value):
    text = grouped(value)
    if text.endswith(("11", "12", "13")):
        return f"{text}th"
    return text + {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")


def date(value, weekday=False, year=True):
    text = f"{value.day} {MONTHS[value.month - 1]}"
    text = f"{WEEKDAYS[value.weekday()]} {text}" if weekday else text
    return f"{text} {value.year}" if year else text


def partial_date(start, end):
    """A range says once what both ends share: 24 to 29 July 2023, 30 June to 2 July 2023."""
    if start == end:
        return _known(start)
    if start.year != end.year or start.month is None:
        return f"{_known(start)} to {_known(end)}"
    if start.day is None:
        return f"{MONTHS[start.month - 1]} to {_known(end)}"
    if start.month == end.month:
        return f"{start.day} to {_known(end)}"
    return f"{start.day} {MONTHS[start.month - 1]} to {_known(end)}"


def _known(point):
    words = [point.day, point.month and MONTHS[point.month - 1], point.year]
    return " ".join(str(word) for word in words if word is not None)


def clock(zone):
    """London time; another zone by the city in its name."""
    return CLOCKS.get(zone) or f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def moment(value, zones):
    """17:00 on Wednesday 25 November 2026, London time (02:00 on Thursday 26 November, Seoul time)."""
    first, *others = [(value.astimezone(ZoneInfo(zone)), clock(zone)) for zone in zones]
    text = f"{first[0]:%H:%M} on {date(first[0], weekday=True)}, {first[1]}"
    there = "; ".join(
        f"{local:%H:%M} on {date(local, weekday=True, year=local.year != first[0].year)}, {name}"
        for local, name in others
    )
    return f"{text} ({there})" if there else text


def deadline(value, zones):
    return f"by {moment(value, zones)}"


def time_span(start, end, zone):
    """15:00 to 18:00, 14 June 2023 (London time)."""
    start = start.astimezone(ZoneInfo(zone))
    end = end.astimezone(ZoneInfo(zone)) if end else start
    if end == start:
        span = f"{start:%H:%M}, {date(start)}"
    elif end.date() == start.date():
        span = f"{start:%H:%M} to {end:%H:%M}, {date(start)}"
    else:
        opening = date(start, year=start.year != end.year)
        span = f"{start:%H:%M} on {opening} to {end:%H:%M} on {date(end)}"
    return f"{span} ({clock(zone)})"
