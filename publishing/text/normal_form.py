"""The normal form in which every text is stored, so that two texts that read the same are the same.

NFC, plain line ends, no runs of blanks, no control characters; HTML as publishing.text.markup and our sanitiser
write it, whether an editor, a word processor or a person wrote it first.
Applying a normal form twice changes nothing.
"""

import html
import re
import unicodedata

import nh3

from publishing.text.markup import APART, rewritten

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
BLANKS = re.compile(r"[ \t]+")
BLOCK_TAGS = re.compile(
    r"<\s*/?\s*(p|h[1-6]|ul|ol|li|blockquote|table|caption|thead|tbody|tfoot|tr|td|th|br|"
    + "|".join(sorted(APART))
    + r")\b",
    re.IGNORECASE,
)

ALLOWED_TAGS = set(
    "p h2 h3 h4 ul ol li a blockquote table caption thead tbody tr th td strong em br sub sup span".split()
)
ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "span": {"lang"},
}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}

# What is read, but never stored: markup.py makes of it what is allowed.
READ_TAGS = ALLOWED_TAGS | APART | {"h1", "h5", "h6", "b", "i", "tfoot"}
READ_ATTRIBUTES = ALLOWED_ATTRIBUTES | {
    "p": {"class", "style"},
    "span": {"style"},
    "b": {"style"},
    "*": {"lang"},
}
LEFT_OUT_WITH_THEIR_WORDS = {"script", "style", "xml", "title", "iframe", "object", "template"}
MOST_ROUNDS = 8


def _plain_characters(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", CONTROL.sub("", text))


def normal_line(text):
    """One line: a title, a label, a name."""
    return BLANKS.sub(" ", _plain_characters(text).replace("\n", " ")).strip()


def normal_prose(text):
    """Several lines; an empty line parts paragraphs."""
    lines = [BLANKS.sub(" ", line).strip() for line in _plain_characters(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def normal_html(text):
    """Sanitised HTML. Text typed without tags becomes paragraphs, so the plain textarea works too."""
    text = _readable(text)
    if text and not BLOCK_TAGS.search(text):
        text = "\n".join(f"<p>{part}</p>".replace("\n", "<br>") for part in text.split("\n\n"))
    for _ in range(MOST_ROUNDS):  # what an entity stood for is only seen once it is written out
        before, text = text, _sanitised(rewritten(_readable(text)))
        if text == before:
            break
    return text


def _readable(text):
    """Well formed and harmless, with what tells a word processor's list from a paragraph."""
    cleaned = nh3.clean(
        normal_prose(text),
        tags=READ_TAGS,
        attributes=READ_ATTRIBUTES,
        clean_content_tags=LEFT_OUT_WITH_THEIR_WORDS,
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )
    return normal_prose(cleaned)


def _sanitised(text):
    cleaned = nh3.clean(
        text,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return normal_prose(cleaned)


def plain_text(markup):
    """The words of an HTML text, for search and for descriptions."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))).strip()
