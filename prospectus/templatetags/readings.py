"""What a reader is shown of texts, names and people, marked with its language where that is not the page's.

    {% shown reading "title" %}        a text of a reading, in a line
    {% prose reading "summary" %}      a text of several paragraphs, or rich text, as blocks
    {% lines reading "outcomes" as outcomes %}   a text that holds one thing a line, as a list
    {% fact organisation "name" %}     a name, which is a fact in every language
    {% person person beside=True %}    a person, with the name in the other script beside it
    {% other_script person %}          that other name alone

All are empty when nothing is known.
"""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from publishing import languages
from publishing.languages import marked

register = template.Library()

EMPTY_LINE = re.compile(r"\n\s*\n")


def _text(reading, name):
    return getattr(reading, name, "") or "" if reading else ""


def _marked(text, language):
    return format_html("<span{}>{}</span>", marked(language), text)


@register.simple_tag
def shown(reading, name):
    text = _text(reading, name)
    return _marked(text, reading.language) if text and reading.is_fallback else text


@register.simple_tag
def prose(reading, name, css=""):
    """Rich text stands in a <div>, plain text in paragraphs, each of the class `css` where one is given."""
    text = _text(reading, name)
    if not text:
        return ""
    lang = marked(reading.language) if reading.is_fallback else ""
    css = format_html(' class="{}"', css) if css else ""
    if isinstance(text, SafeString):
        return format_html("<div{}{}>{}</div>", css, lang, text)
    return format_html_join("\n", "<p{}{}>{}</p>", ((css, lang, part) for part in EMPTY_LINE.split(text)))


@register.simple_tag
def lines(reading, name):
    """The lines of a text, each marked like `shown`."""
    found = [line.strip() for line in _text(reading, name).split("\n") if line.strip()]
    return [_marked(line, reading.language) for line in found] if found and reading.is_fallback else found


@register.simple_tag
def fact(record, name):
    """The name in the language of the page; where that is empty or no more than the source's, the source's."""
    if record is None:
        return ""
    own, source = name_in(record, name, get_language()), name_in(record, name, languages.SOURCE)
    if own and (own != source or get_language() == languages.SOURCE):
        return own
    return _marked(source, languages.SOURCE) if source else ""


def name_in(record, name, language):
    return getattr(record, f"{name}_{language.replace('-', '_')}", "") or ""


@register.simple_tag
def person(somebody, beside=False):
    """A Korean name has its family name first in both scripts; any other keeps its own order in both."""
    own, other = _both_names(somebody)
    return format_html("{} {}", own, other) if beside and other else own


@register.simple_tag
def other_script(somebody):
    """The name in the script that is not the page's, where it helps: both for a Korean, Latin on a Korean page.

    Pages of any third language show the Latin letters, marked as the source language's."""
    return _both_names(somebody)[1]


def _both_names(somebody):
    if somebody is None:
        return "", ""
    korean = get_language() == "ko"
    if korean and somebody.hangul_family:
        return _hangul(somebody), _marked(_latin(somebody), "en") if somebody.latin_family else ""
    if somebody.latin_family:
        in_source = get_language() == languages.SOURCE
        own = _latin(somebody) if in_source else _marked(_latin(somebody), languages.SOURCE)
        return own, _marked(_hangul(somebody), "ko") if _writes_hangul(somebody) and not korean else ""
    return (_hangul(somebody) if korean else _marked(_hangul(somebody), "ko")), ""


def _writes_hangul(somebody):
    return somebody.own_script == somebody.Script.HANGUL and somebody.hangul_family


def _family(name):
    return format_html('<span class="family">{}</span>', name)


def _words(*parts):
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def _latin(somebody):
    if somebody.own_script == somebody.Script.HANGUL:
        return _words(_family(somebody.latin_family), somebody.latin_given)
    honorific = name_in(somebody, "honorific", "en")
    return _words(honorific, somebody.latin_given, _family(somebody.latin_family), somebody.honours)


def _hangul(somebody):
    if somebody.own_script == somebody.Script.HANGUL:
        name = format_html("{}{}", _family(somebody.hangul_family), somebody.hangul_given)
    else:
        name = _words(somebody.hangul_given, _family(somebody.hangul_family))
    return _words(name, name_in(somebody, "honorific", "ko"))
