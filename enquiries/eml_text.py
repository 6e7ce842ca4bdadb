"""The text in the parts of a mail: bytes in whatever encoding they really are, and HTML without its tags."""

import codecs
import html
import re

import nh3

from enquiries.names import HANGUL

# What a declared name stands for in practice: supersets that senders mean, and codecs of Python that are no charset.
MEANT = {
    "euc_kr": "cp949",
    "johab": "johab",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
NO_CHARSET = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem"}
KOREAN_NAMES = {"ks_c_5601-1987", "ks_c_5601", "ksc5601", "ms949", "windows-949", "x-windows-949", "cp949", "uhc"}
BY_ESCAPE = [(b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp")]
LONG_ENOUGH = re.compile(rb"[\xe0-\xf4][\x80-\xbf]{2}")  # a letter of three bytes: UTF-8 and hardly anything else
LARGEST_HTML = 1_000_000
WITH_THEIR_WORDS = {"script", "style", "head", "title", "template", "iframe", "object", "svg", "math", "noscript"}
KEPT = {"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"}


def decoded(data, declared=None):
    """The text of these bytes. What is declared is believed only where it can be true."""
    for mark, name in BY_ESCAPE:
        if mark in data:
            return data.decode(name, "replace")
    if data.isascii() and not b"\0" in data[:100]:
        return data.decode("ascii")
    name = charset(declared)
    if LONG_ENOUGH.search(data) and (text := _strictly(data, "utf-8")) is not None:
        return text
    if name and name != "cp1252" and (text := _strictly(data, name)) is not None:
        return text
    for guess in ("utf-8-sig", *(("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ())):
        if (text := _strictly(data, guess)) is not None:
            return text
    korean = _strictly(data, "cp949")
    if korean is not None and _is_korean(korean):
        return korean
    return data.decode(name or "cp1252", "replace")


def charset(declared):
    """The codec that a declared name means; "" for none that we know."""
    if isinstance(declared, tuple):  # RFC 2231: (charset, language, value)
        declared = declared[2]
    name = str(declared or "").strip().strip("\"'").lower()
    if not name or len(name) > 40:
        return ""
    if name in KOREAN_NAMES:
        return "cp949"
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if found.name in NO_CHARSET or not found._is_text_encoding:
        return ""
    return MEANT.get(found.name, found.name)


def _strictly(data, name):
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _is_korean(text):
    """Whether the letters beyond ASCII are nearly all Hangul: other bytes read as Korean give anything but."""
    beyond = [letter for letter in text[:20_000] if letter > "\x7f"]
    return bool(beyond) and len(HANGUL.findall("".join(beyond))) >= 0.7 * len(beyond)


def of_html(markup):
    """The words of an HTML mail, a line for a line. Nothing of it is fetched, run or kept."""
    cleaned = nh3.clean(
        markup[:LARGEST_HTML], tags=KEPT, attributes={}, clean_content_tags=WITH_THEIR_WORDS, link_rel=None
    )
    cleaned = re.sub(r"\s+", " ", cleaned)
    cleaned = re.sub(r"<(br|hr)>", "\n", cleaned)
    cleaned = re.sub(r"</(p|div|blockquote|pre|h[1-6])>", "\n\n", cleaned)
    cleaned = re.sub(r"</(li|tr)>", "\n", cleaned)
    cleaned = re.sub(r"</t[dh]>", " ", cleaned)
    return html.unescape(re.sub(r"<[^>]*>", "", cleaned)).strip()
