"""The public page of a record with other texts in its edition's place.

The page is the real one, the same view and template: that of the record's address or, for what has no page of its own,
the page on which readers find it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import resolve, reverse

from opportunities.models import Asset, Opportunity, Programme, Site, Theme
from partners.models import Memorandum, VisitStop
from publishing.reading import Instead


@dataclass(frozen=True)
class Preview(Instead):
    """What is previewed and what the bar above it says. `languages`: those to which the switcher leads."""

    languages: tuple = ()
    until: datetime | None = None
    until_shown: str = ""
    back: str = ""
    in_frame: bool = False
    anchor: str = ""

    @property
    def is_shared(self):
        """Seen by somebody with a link, not by staff."""
        return self.until is not None


@dataclass(frozen=True)
class Place:
    """Where readers find a record: a path in the active language, and its anchor there."""

    path: str
    anchor: str = ""

    def view(self, preview):
        """The view of that page, and the arguments that it takes."""
        match = resolve(self.path)
        return match.func.view_class.as_view(preview=preview), match.kwargs


def place_of(record, language):
    """None for a record that no page would show."""
    if type(record) in ELSEWHERE:
        return ELSEWHERE[type(record)](record, language)
    path, _, anchor = record.get_absolute_url().partition("#")
    return Place(path, anchor)


def of_programme(record, language):
    """The page of its first theme."""
    themes = Theme.objects.readable_with_fallback(language).filter(programmes=record)
    slug = themes.order_by("position", "slug").values_list("slug", flat=True).first()
    return slug and Place(reverse("prospectus:theme", args=[slug]), record.slug)


def of_site(record, language):
    """An opportunity there shows most of it; else the list of assets, else where a delegation stopped or signed."""
    opportunities = Opportunity.objects.readable_with_fallback(language).filter(site=record)
    slug = opportunities.order_by("slug").values_list("slug", flat=True).first()
    if slug:
        return Place(reverse("prospectus:opportunity", args=[slug]), "location")
    if Asset.objects.filter(site=record).exists():
        return Place(reverse("prospectus:assets"), f"site-{record.slug}")
    stops = VisitStop.objects.filter(site=record, organisation=None)
    if stops.exists() or Memorandum.objects.filter(signed_at_site=record).exists():
        return Place(reverse("prospectus:partnerships"))
    return None


ELSEWHERE = {Programme: of_programme, Site: of_site}
