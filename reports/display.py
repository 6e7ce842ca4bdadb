"""A value of a report as people read it, on the page and on paper, in the language of the report."""

from decimal import ROUND_HALF_UP, Decimal

from publishing.formats import format_date, format_datetime, format_money
from reports.tables import Kind

LONDON_ALONE = ("Europe/London",)
NOT_KNOWN = "–"
TENTH, MILLIONTH = Decimal("0.1"), Decimal("0.000001")


def shown(value, kind, language):
    """Figures grouped by thousands, money in pounds, shares in percent, hours and days to one decimal."""
    if value is None:
        return NOT_KNOWN
    match kind:
        case Kind.NUMBER:
            return f"{value:,}"
        case Kind.POUNDS:
            return format_money(value, value, language)
        case Kind.SHARE:
            return f"{rounded(Decimal(str(value)) * 100):,}%"
        case Kind.HOURS | Kind.DAYS:
            return f"{rounded(value):,}"
        case Kind.DAY:
            return format_date(value, language)
        case Kind.MOMENT:
            return format_datetime(value, language, LONDON_ALONE)
    return str(value)


def rounded(value):
    """To one decimal, halves up, as a board reckons."""
    return Decimal(str(value)).quantize(TENTH, rounding=ROUND_HALF_UP)


def plain(value, kind):
    """A figure in plain digits, for files: hours and days as exact as people read them, shares to a millionth."""
    if value is None or kind in {Kind.NUMBER, Kind.POUNDS}:
        return int(value) if isinstance(value, Decimal | float) and value == int(value) else value
    if kind == Kind.SHARE:
        return Decimal(f"{Decimal(str(value)).quantize(MILLIONTH).normalize():f}")
    return rounded(value)
