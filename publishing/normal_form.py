"""The normal form in which every text is stored, so that two texts that read the same are the same.

NFC, plain line ends, no runs of blanks, no control characters; HTML as our sanitiser writes it.
Applying a normal form twice changes nothing.
"""

import html
import re
import unicodedata

import nh3

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
BLANKS = re.compile(r"[ \t]+")
BLOCK_TAGS = re.compile(r"<\s*/?\s*(p|h[1-6]|ul|ol|li|blockquote|table|tr|td|th|div|br)\b", re.IGNORECASE)

ALLOWED_TAGS = set(
    "p h2 h3 h4 ul ol li a blockquote table caption thead tbody tr th td strong em br sub sup span".split()
)
ALLOWED_ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "td": {"colspan", "rowspan"}, "*": {"lang"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}


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
    before, text = None, _sanitised(text)
    if text and not BLOCK_TAGS.search(text):
        text = "\n".join(f"<p>{part}</p>".replace("\n", "<br>") for part in text.split("\n\n"))
    while text != before:  # mending one fault of nesting may uncover another
        before, text = text, _sanitised(text)
    return text


def _sanitised(text):
    cleaned = nh3.clean(
        normal_prose(text),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return normal_prose(cleaned)


def plain_text(markup):
    """The words of an HTML text, for search and for descriptions."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))).strip()
