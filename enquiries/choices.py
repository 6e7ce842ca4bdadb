"""What the form lets people choose from, as readers of its language are shown it."""

from dataclasses import dataclass
from functools import cached_property

from enquiries.models import Sector
from opportunities.models import Opportunity
from publishing import reading
from publishing.formats import format_money


@dataclass(frozen=True)
class Offered:
    """One opportunity of the form: `language` is that of its title, which may be the source language."""

    slug: str
    title: str
    language: str
    value: str


class OpportunityChoices:
    """The opportunities that a reader of the language can read, in the order of their titles as shown."""

    def __init__(self, language):
        self.language = language

    @cached_property
    def readings(self):
        """Read when they are first asked for: a form that names no opportunity never does."""
        records = list(Opportunity.objects.facts().readable_with_fallback(self.language))
        readings = reading.read(records, self.language).of(records)
        return sorted(readings, key=lambda found: found.title.casefold())

    @cached_property
    def slugs(self):
        return {found.record.slug for found in self.readings}

    def __contains__(self, slug):
        return slug in self.slugs

    @property
    def pairs(self):
        return [(found.record.slug, found.title) for found in self.readings]

    def split(self, chosen):
        """The opportunities that are chosen, and the others."""
        chosen = set(chosen or ())
        parts = {True: [], False: []}
        for found in self.readings:
            record = found.record
            value = format_money(record.value_min, record.value_max, self.language)
            offered = Offered(record.slug, found.title, found.language, value)
            parts[record.slug in chosen].append(offered)
        return parts[True], parts[False]


def sector_choices():
    """(key, name) in the active language."""
    return [(sector.key, sector.name) for sector in Sector.objects.offered()]
