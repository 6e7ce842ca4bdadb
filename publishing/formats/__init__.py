"""How money, quantities, dates and times read in each language.

One module a language, named by its code, holds everything that differs: signs, counters, grouping, order of
words. To add a language write its module, with the functions of `en`, and name it in FORMATTERS; until then
its pages read figures the English way, held together where the page runs from right to left. Nothing is ever
rounded and no currency is converted.

`*_parts` functions return a list of (kind, text), kind being "c" currency sign, "n" number, "u" unit or word,
"to" the dash of a range, "q" a word such as "at least": the anatomy of a large figure. `format_*` functions return
text for a sentence.
`language` is a code; left out, it is the active language.
"""

from django.utils.translation import get_language

from publishing.formats import en, ko
from publishing.formats.numbers import (
    AT_LEAST,
    CURRENCIES,
    EXACT,
    NUMBER,
    QUALIFIERS,
    UNITS,
    UP_TO,
    bounds,
    is_missing,
    qualifier_of,
)
from publishing.formats.particles import josa
from publishing.languages import LEFT_TO_RIGHT, RIGHT_TO_LEFT, SOURCE, direction

__all__ = [
    "CURRENCIES",
    "NUMBER",
    "QUALIFIERS",
    "UNITS",
    "figure_parts",
    "format_date",
    "format_datetime",
    "format_deadline",
    "format_money",
    "format_partial_date",
    "format_quantity",
    "format_time_span",
    "josa",
    "language_of_figures",
    "money_parts",
]

FORMATTERS = {"en": en, "ko": ko}
FALLBACK = "en"
LONDON, SEOUL = "Europe/London", "Asia/Seoul"


def language_of_figures(language=None):
    """In which language figures are written: ko-KR is read as ko, a language without a module as English."""
    code = (language or get_language() or SOURCE).lower()
    return next((known for known in (code, code.partition("-")[0]) if known in FORMATTERS), FALLBACK)


def formatter(language=None):
    return FORMATTERS[language_of_figures(language)]


def _held_together(text, language):
    """English figures in a page that runs from right to left would be torn apart: "14 March" would read March 14."""
    page = direction(language or get_language() or SOURCE)
    if not text or page != RIGHT_TO_LEFT or direction(language_of_figures(language)) != LEFT_TO_RIGHT:
        return text
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def money_parts(low, high, language=None, currency="GBP", qualifier=EXACT):
    """The pieces of an amount or a range of amounts; no pieces when nothing is known.

    Only `low` reads "at least", only `high` reads "up to", equal ends are one amount.
    """
    if currency not in CURRENCIES:
        raise ValueError(f"{currency!r} is not a currency we print: use one of {', '.join(CURRENCIES)}.")
    values = bounds(low, high)
    if not values:
        return []
    phrase = qualifier_of(qualifier)
    if is_missing(high):
        phrase = AT_LEAST
    elif is_missing(low):
        phrase = UP_TO
    return formatter(language).money_parts(values, currency, phrase)


def figure_parts(value, unit, language=None, qualifier=EXACT, value_max=None, labelled=False, display=True):
    """The pieces of a figure of any unit, money included.

    `labelled` says that a label beside the figure names what is counted: 14,000 without "jobs".
    `display` asks for the order of words in a large figure, where a language has one of its own.
    """
    if unit not in UNITS:
        raise ValueError(f"{unit!r} is not a unit we print: use one of {', '.join(UNITS)}.")
    values = bounds(value, value_max)
    if not values:
        return []
    phrase = UP_TO if is_missing(value) else qualifier_of(qualifier)
    if unit in CURRENCIES:
        return formatter(language).money_parts(values, unit, phrase)
    return formatter(language).quantity_parts(values, unit, phrase, labelled, display)


def format_money(low, high, language=None, currency="GBP", qualifier=EXACT):
    """£4bn–£15bn, 40억~150억 파운드; "" when nothing is known, so that a page can say so in its own words."""
    return _held_together(
        formatter(language).joined(money_parts(low, high, language, currency, qualifier)), language
    )


def format_quantity(value, unit, language=None, qualifier=EXACT, value_max=None, labelled=False):
    """at least 850 people, 850명 이상; "" when nothing is known."""
    parts = figure_parts(value, unit, language, qualifier, value_max, labelled, display=False)
    return _held_together(formatter(language).joined(parts), language)


def format_date(value, language=None, weekday=False):
    """14 March 2022, 2022년 3월 14일; with its weekday on request."""
    return _held_together(formatter(language).date(value, weekday), language) if value else ""


def format_partial_date(value, language=None):
    """March to May 2022, 2022년 3~5월: a PartialDate, said no more exactly than it is known."""
    return _held_together(formatter(language).partial_date(value.start, value.end), language) if value else ""


def format_datetime(value, language=None, zones=(LONDON, SEOUL)):
    """One instant on the clocks of several zones, the first leading; give one zone for one clock."""
    return _held_together(formatter(language).moment(_aware(value), zones), language) if value else ""


def format_deadline(value, language=None, zones=(LONDON, SEOUL)):
    """The instant by which something is promised: "by 17:00 on …", "…까지"."""
    return _held_together(formatter(language).deadline(_aware(value), zones), language) if value else ""


def format_time_span(start, end=None, language=None, zone=LONDON):
    """From when to when, on the clock of the place where it happens: for events."""
    if not start:
        return ""
    span = formatter(language).time_span(_aware(start), _aware(end) if end else None, zone)
    return _held_together(span, language)


def _aware(value):
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone, so it cannot be shown on the clock of one.")
    return value
