"""Tokens: what stands in a text for something kept elsewhere, which each page puts in its place.

{{figure:key}} is a figure, as readers of the page's language read it; {{setting:name}} is what only the operator knows.
"""

import re
from html import unescape
from typing import NamedTuple

FIGURE, SETTING = "figure", "setting"
TOKEN = re.compile(rf"\{{\{{\s*({FIGURE}|{SETTING}):([\w-]+)\s*\}}\}}", re.ASCII)
TAG = re.compile(r"<[^>]*>")
GAP = "\x00"  # never in a stored text
AROUND_GAP = re.compile(rf"( ?)(?:{GAP} ?)+(?=([.,;:!?)]?))")
# What a token leaves when somebody mistyped it, cut it or made half of it bold.
OPENED = r"\{\{[^{}]{0,60}\}{0,2}"
NAMED = rf"\{{\s*(?:{FIGURE}|{SETTING})\s*:[^{{}}]{{0,60}}\}}{{0,2}}"
CLOSED = r"[^\s{}]{0,60}\}\}"
DAMAGED = re.compile(rf"{OPENED}|{NAMED}|{CLOSED}|\{{{GAP}|{GAP}\}}")


class Token(NamedTuple):
    """`str` of it is how it stands in a text."""

    kind: str
    key: str

    def __str__(self):
        return f"{{{{{self.kind}:{self.key}}}}}"


def tokens_of(text):
    """The tokens of a text, in order, each as often as it stands there."""
    return [Token(*found) for found in TOKEN.findall(text or "")]


def keys_of(kind, texts):
    """The keys that any of the texts names."""
    return {token.key for text in texts for token in tokens_of(text) if token.kind == kind}


def damaged_in(text):
    """What looks like a token and is none, as a reader would see it: {{figure key}}, {figure:key}}. A token within a
    tag, or with a tag within it, is damaged too."""
    text = text or ""
    in_tags = [word for tag in TAG.findall(text) for word in re.findall(r"\{\{[^{}]*\}*", tag)]
    between = TOKEN.sub(GAP, TAG.sub("<>", text))
    found = [word.replace("<>", "").replace(GAP, "…").strip() for word in DAMAGED.findall(between)]
    return in_tags + [unescape(word) for word in found]


def replaced(text, value_of):
    """The text with `value_of(token)` in the place of each token; where that is None the token stays. A token of no
    value leaves no gap."""

    def value(found):
        put = value_of(Token(found[1], found[2]))
        return found[0] if put is None else put or GAP

    return AROUND_GAP.sub(_closed, TOKEN.sub(value, text or ""))


def _closed(found):
    return "" if found[2] or not found[1] else " "


def without_tokens(text):
    """For where there is nobody to put anything in their place: search, and lists of words."""
    return replaced(text, lambda token: "")
