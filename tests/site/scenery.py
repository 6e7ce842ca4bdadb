"""What must have happened for every kind of answer to exist: withdrawn, moved, readable in English only, enquired."""

from dataclasses import dataclass

from opportunities.models import CaseStudy, Opportunity, Theme
from prospectus.models import Event, NewsItem, Page
from publishing.publication import publish, withdraw
from tests.site.enquiry import send_enquiry

LANGUAGES = ("en", "ko")
SHOWN_ON_PAGES = (Theme, Opportunity, CaseStudy, NewsItem, Event, Page)
ENGLISH_ONLY_PAGE = "terms"


@dataclass(frozen=True)
class Scenery:
    withdrawn: str
    moved_from: str
    moved_to: str
    thanks: dict  # address of the thank-you page by language


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
    thanks = {language: send_enquiry(client, language) for language in LANGUAGES}
    return Scenery(withdrawn.slug, old, "a-new-address", thanks)
