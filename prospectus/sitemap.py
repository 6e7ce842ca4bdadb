"""Every public address in every language in which it is readable, with its alternates and its last change."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import override

from opportunities.models import CaseStudy, Opportunity, Theme
from prospectus.models import Event, NewsItem, Page
from publishing import languages
from publishing.models import Edition

# Pages that exist in every language. Search results are not for search engines.
LISTS = [
    "prospectus:home",
    "prospectus:themes",
    "prospectus:opportunities",
    "prospectus:assets",
    "prospectus:case_studies",
    "prospectus:partnerships",
    "prospectus:news",
    "prospectus:events",
    "enquiries:enquire",
]
PAGES = {
    Theme: "prospectus:theme",
    Opportunity: "prospectus:opportunity",
    CaseStudy: "prospectus:case_study",
    NewsItem: "prospectus:news_item",
    Event: "prospectus:event",
    Page: "prospectus:page",
}


@dataclass(frozen=True)
class Entry:
    url: str
    changed: datetime | None = None
    alternates: list = field(default_factory=list)  # (language, url), the entry's own among them
    default: str = ""  # the address for readers of any other language


def sitemap_entries():
    entries = [entry for name in LISTS for entry in in_languages(name, [], dict.fromkeys(languages.codes()))]
    readable = readable_languages()
    for model, name in PAGES.items():
        record_type = ContentType.objects.get_for_model(model).pk
        for pk, slug in model.objects.order_by("slug").values_list("pk", "slug"):
            entries += in_languages(name, [slug], readable[record_type, pk])
    return entries


def readable_languages():
    """{record: {language: since when}} of all that is live."""
    found = defaultdict(dict)
    live = (
        Edition.objects.live()
        .order_by("language")
        .values_list("record_type_id", "record_id", "language", "live")
    )
    for record_type, record_id, language, window in live:
        found[record_type, record_id][language] = window.lower
    return found


def in_languages(name, args, changes):
    """One entry a language, each naming all of them."""
    urls = {language: address(name, args, language) for language in languages.codes() if language in changes}
    alternates = list(urls.items())
    default = urls.get(languages.SOURCE, "")
    return [Entry(url, changes[language], alternates, default) for language, url in alternates]


def address(name, args, language):
    with override(language):
        return settings.SITE_URL + reverse(name, args=args)
