"""What is shown at each public address: the list that a new public address has to stand in, and the look at it.

Each address says of which kinds it shows what, to whom. Everything that it does not say must not be seen there.
"""

import re
from dataclasses import dataclass, field

import lxml.html
from django.urls import reverse
from django.utils.translation import override

from prospectus.drawings.tide import SHEETS
from publishing import languages
from tests.site.markup import texts as unmarked_texts

WORD = re.compile("zq[a-p]{4}qz")
OWN = "those readable in the language of the page"
EITHER = "those readable in the language of the page or in the source language"
IN_ALL = "the first, with ?in=all the second"
SHORTLIST = "?o="  # made for a reader: exactly the record that it names, in either of the two languages


@dataclass(frozen=True)
class Shown:
    """Records of a kind: to whom, and with which texts at least. `beside`: only where one of these is shown."""

    kind: str
    rule: str
    fields: str = ""
    beside: tuple = ()


AGREEMENTS = ("memorandum", "visit")
RELATED = [Shown(kind, EITHER, "title") for kind in ("opportunity", *AGREEMENTS)]
LISTS = {
    "prospectus:home": [
        Shown("theme", OWN, "title summary"),
        Shown("opportunity", OWN, "title sought"),
        Shown("memorandum", OWN, "title"),
        Shown("news", OWN, "title standfirst"),
    ],
    "prospectus:themes": [Shown("theme", OWN, "title summary")],
    "prospectus:opportunities": [Shown("opportunity", IN_ALL, "title sought"), Shown("theme", EITHER)],
    "prospectus:assets": [Shown("site", EITHER, "title"), Shown("theme", EITHER)],
    "prospectus:case_studies": [Shown("case study", IN_ALL, "title lesson")],
    "prospectus:partnerships": [
        Shown("memorandum", IN_ALL, "title summary fields_of_work exchanges"),
        Shown("visit", IN_ALL, "title outcomes"),
        Shown("theme", EITHER, "title", beside=("memorandum",)),
        Shown("programme", EITHER, "title", beside=("memorandum",)),
        Shown("site", EITHER, "title", beside=AGREEMENTS),
    ],
    "prospectus:news": [Shown("news", IN_ALL, "title standfirst")],
    "prospectus:news_feed": [Shown("news", OWN, "title standfirst")],
    "prospectus:events": [Shown("event", IN_ALL, "title venue")],
    "prospectus:event_feed": [Shown("event", OWN, "title summary venue")],
    "enquiries:enquire": [Shown("opportunity", EITHER, "title")],
}
# The page of one record: its own kind and texts first.
PAGES = {
    "prospectus:theme": [
        Shown("theme", EITHER, "title summary"),
        Shown("opportunity", OWN, "title sought"),
        Shown("programme", OWN, "title summary funding"),
        Shown("case study", OWN, "title lesson"),
    ],
    "prospectus:opportunity": [
        Shown("opportunity", EITHER, "title summary body sought timescale jobs_note"),
        Shown("theme", EITHER, "title"),
        Shown("site", EITHER, "title summary"),
        Shown("case study", OWN, "title lesson"),
    ],
    "prospectus:case_study": [
        Shown("case study", EITHER, "title summary body lesson"),
        Shown("theme", EITHER, "title"),
        Shown("site", EITHER, "title"),
        Shown("opportunity", OWN, "title"),
    ],
    "prospectus:news_item": [Shown("news", EITHER, "title standfirst body"), *RELATED],
    "prospectus:event": [
        Shown("event", EITHER, "title summary venue address"),
        Shown("site", EITHER, "title"),
    ],
    "prospectus:event_calendar": [Shown("event", EITHER, "title summary venue address")],
    "prospectus:page": [Shown("page", EITHER, "title summary body")],
}
IN_SEARCH = ["prospectus:search"]
IN_SITEMAP = ["sitemap"]
BY_LINK = ["prospectus:preview_link"]
# Drawings of what is readable, without a word of it.
DRAWINGS = ["prospectus:home_cover", "prospectus:opportunity_cover"]
NO_TEXT = ["root", "healthz", "readyz", "robots", "enquiries:thanks"]
SHOWN_AT = [*LISTS, *PAGES, *IN_SEARCH, *IN_SITEMAP, *BY_LINK, *DRAWINGS, *NO_TEXT]

WITH_ALL = {name for name, shown in LISTS.items() if any(one.rule == IN_ALL for one in shown)}
OF_KIND = {name: shown[0].kind for name, shown in PAGES.items()}
KINDS = {"other news": "news"}  # every other record of the scene is named for its kind


def kind_of(name):
    return KINDS.get(name, name)


@dataclass(frozen=True)
class Address:
    """One public address, in one language. `of`: the record whose page it is, or that is looked for."""

    name: str
    language: str
    of: str = ""
    query: str = ""
    shape: str = ""

    def path(self, slugs):
        arguments = (
            [slugs[self.of]] if self.name in PAGES or self.name == "prospectus:opportunity_cover" else []
        )
        arguments += [self.shape] if self.shape else []
        chosen = slugs[self.of] if self.query == SHORTLIST else ""
        with override(self.language):
            return reverse(self.name, args=arguments) + self.query + chosen

    @property
    def shows_either(self):
        """What is readable in the source language only stands in this list too."""
        return "in=all" in self.query or self.query == SHORTLIST


def all_addresses(names):
    """Every address of a scene with these records, one language after the other."""
    found = [Address("sitemap", languages.SOURCE)]
    found += [Address(name, languages.SOURCE) for name in ("root", "robots", "healthz", "readyz")]
    for language in languages.codes():
        for name in LISTS:
            found.append(Address(name, language))
            found += [Address(name, language, query="?in=all")] * (name in WITH_ALL)
        found += [
            Address(page, language, of)
            for page, kind in OF_KIND.items()
            for of in names
            if kind_of(of) == kind
        ]
        found += [Address("prospectus:search", language, of) for of in names]
        found += [
            Address("prospectus:opportunities", language, "opportunity", query)
            for query in ("", "?in=all", SHORTLIST)
        ]
        found += [Address("prospectus:home_cover", language, shape=shape) for shape in SHEETS]
        found += [
            Address("prospectus:opportunity_cover", language, "opportunity", shape=shape) for shape in SHEETS
        ]
    return found


@dataclass
class Expected:
    """`texts`: {word: language} of all that may be seen; `words`: what must be."""

    status: int = 200
    texts: dict = field(default_factory=dict)
    words: set = field(default_factory=set)
    noindex: bool | None = None  # None: not looked at

    def may_show(self, reading, slug):
        code, texts = reading
        self.texts |= dict.fromkeys(texts.values(), code)
        self.texts[slug] = ""

    def must_show(self, reading, fields):
        _code, texts = reading
        self.words |= {texts[name] for name in fields if texts.get(name)}


def faults_of(response, expected, language, path):
    """What a reader sees and should not, or does not see and should."""
    if response.status_code != expected.status:
        yield f"answers {response.status_code} and not {expected.status}"
        return
    body = response.content.decode().replace("\r\n ", "")  # a calendar folds its lines
    seen = set(WORD.findall(body)) - set(WORD.findall(path))
    yield from (f"shows {word}" for word in sorted(seen - set(expected.texts)))
    yield from (f"lacks {word}" for word in sorted(expected.words - seen - set(WORD.findall(path))))
    foreign = {word for word in seen if expected.texts.get(word) not in (language, "", None)}
    if foreign and response.headers["Content-Type"].startswith("text/html"):
        said = " ".join(unmarked_texts(lxml.html.document_fromstring(body)))
        yield from (f"does not mark {word}" for word in sorted(foreign & set(WORD.findall(said))))
    if expected.noindex not in (None, 'content="noindex' in body):
        yield f"noindex is {'missing' if expected.noindex else 'there'}"
