"""What time it is where an investor is, and whether anybody works there: shown beside the clock, never counted."""

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from zoneinfo import ZoneInfo

import holidays

# Countries of one zone, from which investors come: the city that names the hour, its zone, the country in a sentence.
PLACES = {
    "KR": ("Seoul", "Asia/Seoul", "Korea"),
    "JP": ("Tokyo", "Asia/Tokyo", "Japan"),
    "CN": ("Beijing", "Asia/Shanghai", "China"),
    "TW": ("Taipei", "Asia/Taipei", "Taiwan"),
    "HK": ("Hong Kong", "Asia/Hong_Kong", "Hong Kong"),
    "SG": ("Singapore", "Asia/Singapore", "Singapore"),
    "IN": ("Delhi", "Asia/Kolkata", "India"),
    "DE": ("Berlin", "Europe/Berlin", "Germany"),
    "FR": ("Paris", "Europe/Paris", "France"),
    "NL": ("Amsterdam", "Europe/Amsterdam", "the Netherlands"),
    "DK": ("Copenhagen", "Europe/Copenhagen", "Denmark"),
    "NO": ("Oslo", "Europe/Oslo", "Norway"),
    "SE": ("Stockholm", "Europe/Stockholm", "Sweden"),
}
WORKS = (time(9), time(18))
SATURDAY = 5


@dataclass(frozen=True)
class Beside:
    """“Seoul 19:12, Tuesday”, and why nobody may be there to answer; empty where somebody should be."""

    words: str
    note: str = ""

    @property
    def hour(self):
        """Without the day: “Seoul 19:12”."""
        return self.words.partition(",")[0]

    @property
    def text(self):
        return f"{self.words} ({self.note})" if self.note else self.words


def beside(country, now):
    """The hour in a country; None where we know of no one hour for it."""
    if country not in PLACES:
        return None
    city, zone, name = PLACES[country]
    there = now.astimezone(ZoneInfo(zone))
    words = f"{city} {there:%H:%M}, {there:%A}"
    if holiday := public_holidays(country, there.year).get(there.date()):
        return Beside(words, f"{holiday} in {name}")
    if there.weekday() >= SATURDAY:
        return Beside(words, "weekend there")
    if not WORKS[0] <= there.time() < WORKS[1]:
        return Beside(words, "outside office hours there")
    return Beside(words)


@cache
def public_holidays(country, year):
    """{day: its name in English} of the public holidays of a country."""
    found = holidays.country_holidays(country, years=year, language="en_US")
    return {day: name for day, name in found.items() if isinstance(day, date)}
