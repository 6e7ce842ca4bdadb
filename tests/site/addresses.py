"""Every public address in every language: what the tests of the whole site go through.

An address is known by the name of its URL pattern. A public pattern that is not named here fails a test, so nothing
can be opened to the public without passing everything in this folder.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import override

from opportunities.models import CaseStudy, Opportunity, Theme
from prospectus.drawings.tide import SHEETS
from prospectus.models import Event, NewsItem, Page
from tests.site.scenery import LANGUAGES

RECORD_PAGES = {
    "prospectus:theme": Theme,
    "prospectus:opportunity": Opportunity,
    "prospectus:case_study": CaseStudy,
    "prospectus:news_item": NewsItem,
    "prospectus:event": Event,
    "prospectus:event_calendar": Event,
    "prospectus:page": Page,
}
QUERIES = {
    "prospectus:home": [""],
    "prospectus:themes": ["", "?in=all"],
    "prospectus:opportunities": [
        "",
        "?theme=net-zero-maritime&theme=materials-chemistry&district=liverpool&sort=title",
        "?stage=design&value=over-500m&sort=jobs",
        "?q=energy&in=all&sort=value-up",
        "?q=%EC%97%90%EB%84%88%EC%A7%80&sort=stage",
        "?q=nothing-holds-these-words",
        "?page=2&in=all",
        "?theme=unheard-of&sort=unheard-of&page=nonsense",
        "?o=mersey-tidal-power&o=unheard-of&q=energy&sort=title",
        "?o=unheard-of",
    ],
    "prospectus:assets": [
        "",
        "?theme=infection-control&status=pipeline",
        "?district=wirral&in=all",
        "?q=%EC%84%BC%ED%84%B0",
        "?q=nothing-holds-these-words",
        "?theme=unheard-of",
    ],
    "prospectus:case_studies": ["", "?in=all", "?page=2"],
    "prospectus:partnerships": ["", "?in=all"],
    "prospectus:news": ["", "?in=all", "?page=2"],
    "prospectus:news_feed": [""],
    "prospectus:events": ["", "?in=all"],
    "prospectus:event_feed": [""],
    "prospectus:search": [
        "",
        "?q=%ED%88%AC%EC%9E%90",
        "?q=energy",
        "?q=energy&page=2",
        "?q=nothing-holds-these-words",
        "?q=%20%25%22%27%3Cscript%3E",
    ],
    "enquiries:enquire": ["", "?o=mersey-tidal-power&utm_source=letter", "?o=unheard-of"],
}
# Answers by name; nothing is ready here, because no worker runs.
WITHOUT_LANGUAGE = {"root": 302, "healthz": 200, "readyz": 503, "robots": 200, "sitemap": 200}
# Open to everybody, but the staff's own: sign-in, sign-out and the way back to a forgotten password.
STAFF_DOORS = {
    "accounts:login",
    "accounts:password_reset",
    "accounts:password_reset_done",
    "accounts:password_reset_confirm",
    "accounts:password_reset_complete",
    "admin:login",
}


@dataclass(frozen=True)
class Address:
    path: str
    name: str  # of its URL pattern, or of the error that it shows
    language: str = "en"
    status: int = 200
    method: str = "get"
    headers: dict = field(default_factory=dict, hash=False)
    breaks: str = ""  # the table that is missing while this address answers

    def __str__(self):
        return f"{self.method.upper()} {self.path}"


def public_addresses(scenery):
    for name, status in WITHOUT_LANGUAGE.items():
        yield Address(reverse(name), name, status=status)
    for language in LANGUAGES:
        with override(language):
            yield from _of_language(language, scenery)


def _of_language(language, scenery):
    for name, queries in QUERIES.items():
        path = reverse(name)
        yield from (Address(path + query, name, language) for query in queries)
    for name, model in RECORD_PAGES.items():
        for slug in _readable(model, language):
            yield Address(reverse(name, args=[slug]), name, language)
    for shape in SHEETS:
        yield Address(reverse("prospectus:home_cover", args=[shape]), "prospectus:home_cover", language)
        for slug in _readable(Opportunity, language):
            path = reverse("prospectus:opportunity_cover", args=[slug, shape])
            yield Address(path, "prospectus:opportunity_cover", language)
    yield Address(reverse("enquiries:thanks", args=[scenery.thanks]), "enquiries:thanks", language)
    for token in scenery.previews[language]:
        yield Address(reverse("prospectus:preview_link", args=[token]), "prospectus:preview_link", language)
    yield from _errors(language, scenery)


def _readable(model, language):
    rows = model.objects.readable_with_fallback(language).order_by("slug")
    return list(rows.values_list("slug", flat=True))


def _errors(language, scenery):
    home, moved = f"/{language}/", f"/{language}/news/{scenery.moved_from}/"
    yield Address(f"{home}search/?q=%00", "400", language, 400)
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    yield Address(f"{home}enquire/", "403", language, 403, "post", foreign)
    yield Address(f"{home}enquire/", "422", language, 422, "post")
    yield Address(f"{home}no-such-page/", "404", language, 404)
    yield Address(f"{home}opportunities/no-such-one/", "404", language, 404)
    yield Address(f"{home}enquire/thanks/made-up/", "404", language, 404)
    yield Address(f"{home}covers/home-round.svg", "404", language, 404)
    yield Address(f"{home}opportunities/{scenery.withdrawn}/", "410", language, 410)
    ended = f"{home}preview/{scenery.ended[language]}/"
    yield Address(ended, "prospectus:preview_link", language, 410)
    yield Address(f"{home}preview/1.made-up/", "404", language, 404)
    yield Address(moved, "moved", language, 301)
    yield Address(f"{home}themes/", "500", language, 500, breaks="publishing_edition")
