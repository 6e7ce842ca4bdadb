"""What a reply may name and we fill in: the one list of placeholders, {{given_name}} and the like.

A placeholder whose fact is not known stays in the text, so that it is seen; nothing goes out with one
(enquiries/replies.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from enquiries.names import full_name, script_language
from opportunities.models import Opportunity
from publishing import languages, reading
from publishing.formats import format_date, format_deadline

NAMED = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
BRACES = re.compile(r"\{\{[^{}]{0,60}\}\}|\{\{[^\s{}]{0,60}|[^\s{}]{0,60}\}\}")
WRITTEN_BY_HAND = re.compile(r"\{\{\s*write:[^{}]+\}\}")  # a gap that a template leaves to the officer
# How a person is addressed in a language; one that is not named here takes the name as it is.
ADDRESSED = {"ko": "{} 님"}


@dataclass(frozen=True)
class Letter:
    """What the facts are read from: who writes about which enquiry, in which language, with which shortlist."""

    enquiry: object
    language: str
    by: object
    shortlist: tuple = ()


class Fact(NamedTuple):
    """One placeholder: what it is, for staff, and how it is read. Empty: it cannot be filled."""

    name: str
    what: str
    read: Callable[[Letter], str]


def shortlist_address(slugs, language):
    """The public list of exactly these opportunities, in the language."""
    with translation.override(language):
        path = reverse("prospectus:opportunities")
    return f"{settings.SITE_URL}{path}?{urlencode([('o', slug) for slug in slugs])}"


def _shortlist(letter):
    return shortlist_address(letter.shortlist, letter.language) if letter.shortlist else ""


def _names(letter):
    """The name as the language of the letter writes it: of a person whom we know in both scripts, the one that fits."""
    enquiry, person = letter.enquiry, letter.enquiry.person
    if person is not None and person.own_script == person.Script.HANGUL:
        own = person.hangul_name if letter.language == "ko" else person.latin_name
        if own:
            return own
    name = full_name(enquiry.given_name, enquiry.family_name).strip()
    whole = len(name) > 1 if script_language(name) else " " in name
    return name if whole else ""


def _honorific_name(letter):
    name = _names(letter)
    return ADDRESSED.get(letter.language, "{}").format(name) if name else ""


def _asked_about(letter):
    records = list(
        Opportunity.objects.facts()
        .filter(pk__in=letter.enquiry.opportunity_rows.values("opportunity"))
        .order_by("slug")
    )
    found = reading.read(records, letter.language).of(records)
    return ", ".join(one.title for one in found)


def _home(letter):
    with translation.override(letter.language):
        return f"{settings.SITE_URL}{reverse('prospectus:home')}"


def _received(letter):
    return format_date(timezone.localdate(letter.enquiry.received_at), letter.language)


def _promise(letter):
    return format_deadline(letter.enquiry.promised_by, letter.language)


FACTS = [
    Fact(
        "honorific_name",
        "Their name as the language addresses people: Mette Holm, 오민재 님",
        _honorific_name,
    ),
    Fact("given_name", "Their given name", lambda letter: letter.enquiry.given_name),
    Fact("family_name", "Their family name", lambda letter: letter.enquiry.family_name),
    Fact("organisation", "Their organisation", lambda letter: letter.enquiry.organisation),
    Fact("reference", "The reference: ENQ-2026-0001", lambda letter: letter.enquiry.reference),
    Fact("received", "The day on which the enquiry came in", _received),
    Fact("promise", "By when an answer was promised", _promise),
    Fact("opportunities", "The opportunities they ask about, by their titles", _asked_about),
    Fact("shortlist", "The link to the opportunities chosen below", _shortlist),
    Fact("website", "The prospectus in the language of the reply", _home),
    Fact("officer", "Your name", lambda letter: letter.by.get_full_name() if letter.by else ""),
    Fact("officer_email", "Your e-mail address", lambda letter: letter.by.email if letter.by else ""),
]
NAMES = frozenset(fact.name for fact in FACTS)


def filled(text, letter):
    """The text with every placeholder filled in of which the fact is known; the others stay."""
    wanted = set(NAMED.findall(text))
    values = {fact.name: str(fact.read(letter) or "").strip() for fact in FACTS if fact.name in wanted}
    return NAMED.sub(lambda found: values.get(found[1]) or found[0], text)


def unfilled(*texts):
    """What stands in braces still: a placeholder that cannot be filled, or one that is mistyped or half deleted."""
    return list(dict.fromkeys(found for text in texts for found in BRACES.findall(text)))


def unknown(text):
    """What a template names and we do not know. A gap such as {{write: the answer}} is for the officer to fill."""
    names = NAMED.sub(lambda found: "" if found[1] in NAMES else found[0], WRITTEN_BY_HAND.sub("", text))
    return unfilled(names)


def with_shortlist(text, before, after, language_before, language):
    """The text with the link to one shortlist replaced by the link to another, or by the placeholder."""
    if not before:
        return text
    link = shortlist_address(after, language) if after else "{{shortlist}}"
    return text.replace(shortlist_address(before, language_before), link)


def templates_by_language(templates, first):
    """[(code, templates written in it)], the language of the reply first; a language without any is left out."""
    codes = [first, *(code for code in languages.codes() if code != first)]
    rows = [(code, [template for template in templates if template.written_in(code)]) for code in codes]
    return [row for row in rows if row[1]]
