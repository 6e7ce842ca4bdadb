"""What must have happened for every kind of answer to exist: withdrawn, moved, readable in English only, enquired."""

from dataclasses import dataclass

from opportunities.models import CaseStudy, Opportunity, Theme
from prospectus.models import Event, NewsItem, Page
from publishing.publication import publish, withdraw
from tests.enquiries.filling import KOREAN, send

LANGUAGES = ("en", "ko")
SHOWN_ON_PAGES = (Theme, Opportunity, CaseStudy, NewsItem, Event, Page)
ENGLISH_ONLY_PAGE = "terms"


@dataclass(frozen=True)
class Scenery:
    withdrawn: str
    moved_from: str
    moved_to: str
    thanks: str  # the last part of the address of a thank-you page


def set_scene(client):
    """Changes the content; the caller rolls it back."""
    withdrawn = Opportunity.objects.order_by("-slug")[0]
    withdraw([withdrawn], LANGUAGES, why="A test.", by=None)
    english_only = [model.objects.order_by("slug")[0] for model in SHOWN_ON_PAGES[:-1]]
    english_only.append(Page.objects.get(slug=ENGLISH_ONLY_PAGE))
    withdraw(english_only, ["ko"], why="A test.", by=None)
    moved = NewsItem.objects.order_by("-slug")[0]
    old = moved.slug
    NewsItem.objects.filter(pk=moved.pk).update(slug="a-new-address")
    publish([moved], LANGUAGES, by=None)
    thanks = send(client, "ko", KOREAN).headers["Location"].split("/")[-2]
    return Scenery(withdrawn.slug, old, "a-new-address", thanks)
