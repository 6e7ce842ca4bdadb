"""What must have happened for every kind of answer to exist: withdrawn, moved, readable in English only, enquired,
shown to somebody before it is published."""

from dataclasses import dataclass

from opportunities.models import CaseStudy, Opportunity, Theme
from prospectus.models import Event, NewsItem, Page
from publishing.models.publishable import publishable_models
from publishing.previews import revoke, share, token_of
from publishing.publication import publish, withdraw
from tests import factories
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
    previews: dict  # by language, the last parts of the addresses of open preview links
    ended: dict  # by language, that of a link which was revoked


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
    return Scenery(withdrawn.slug, old, "a-new-address", thanks, previews(), ended())


def previews():
    """Of one record of each kind, and of one that was never published."""
    records = [factories.opportunity("a-draft"), *(model.objects.first() for model in publishable_models())]
    return {
        language: [token_of(share(record, language, why="A test.", by=None)) for record in records]
        for language in LANGUAGES
    }


def ended():
    links = {
        language: share(Page.objects.first(), language, why="A test.", by=None) for language in LANGUAGES
    }
    for link in links.values():
        revoke(link, by=None)
    return {language: token_of(link) for language, link in links.items()}
