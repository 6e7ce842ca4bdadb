"""What every language shares: exact numbers, the pieces a figure is made of, and the units of measurement."""

from decimal import Decimal

# The kinds of piece in a figure. A large figure sets each differently; a sentence joins them as they stand.
SIGN, NUMBER, UNIT, TO, QUALIFIER = "c", "n", "u", "to", "q"

EXACT, AT_LEAST, ABOUT, UP_TO = "exact", "at_least", "about", "up_to"
QUALIFIERS = (EXACT, AT_LEAST, ABOUT)

CURRENCIES = ("GBP", "EUR", "KRW")
UNITS = (
    *CURRENCIES,
    "jobs",
    "people",
    "percent",
    "rank",
    "year",
    "years",
    "tonnes_per_year",
    "tonnes_per_day",
    "acres",
    "sq_ft",
    "m2",
    "km",
    "count",
    "homes",
    "cars",
    "companies",
    "projects",
    "patents",
    "papers",
    "products",
    "links",
    "platforms",
    "institutions",
    "places",
)

MINUS = "\N{MINUS SIGN}"


def exact(value):
    """The number as it was typed. A float goes through its shortest text, so that 2.4 stays 2.4."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a number that can be shown.")
    return number


def ungrouped(number):
    """2027, 2.4: every digit there is, and no zero that says nothing."""
    return _written(number, "f")


def grouped(number):
    """14,000, 1,234.5: thousands apart."""
    return _written(number, ",f")


def decimals(number):
    """How many decimal places the number needs."""
    _, _, places = ungrouped(number).partition(".")
    return len(places)


def _written(number, spec):
    text = format(number, spec)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text[1:] if text.startswith("-") and number else text.removeprefix("-")


def bounds(low, high):
    """The one or two numbers to print, low first: equal ends are one number, a missing end is left out."""
    return tuple(sorted({exact(end) for end in (low, high) if not is_missing(end)}))


def is_missing(number):
    """Nothing known: None, or the empty text that a template makes of a name it cannot find."""
    return number is None or number == ""


def qualifier_of(text):
    """Reads a qualifier; "at least" and "at_least" are the same, and nothing means exact."""
    qualifier = (text or EXACT).strip().lower().replace(" ", "_")
    if qualifier not in QUALIFIERS:
        raise ValueError(f"{text!r} is not a qualifier: use one of {', '.join(QUALIFIERS)}.")
    return qualifier
