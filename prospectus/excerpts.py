"""What stands around the words that a search found, with the words marked. Everything else is escaped."""

import re

from django.utils.html import format_html, format_html_join

BEFORE, AFTER = 60, 170


def pattern_of(words):
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest_first), re.IGNORECASE)


def highlighted(text, words):
    """The text, escaped, with every word found in <mark>."""
    pieces, end = [], 0
    for found in pattern_of(words).finditer(text):
        pieces += [(text[end : found.start()],), (format_html("<mark>{}</mark>", found[0]),)]
        end = found.end()
    return format_html_join("", "{}", [*pieces, (text[end:],)])


def excerpt(texts, words):
    """The first of the texts that holds a word, from a little before it; else the beginning of the first text."""
    pattern = pattern_of(words)
    for text in texts:
        found = pattern.search(text)
        if found:
            return highlighted(cut(text, found.start(), found.end()), words)
    return highlighted(cut(texts[0], 0, 0), words) if texts else ""


def cut(text, start, end):
    """A piece of the text around a place in it, between blanks, with marks where something is left out."""
    first, last = max(0, start - BEFORE), min(len(text), end + AFTER)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(end, text.rfind(" ", end, last))
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"
