"""The text in the parts of a mail: bytes in whatever encoding they really are, and HTML without its tags."""

import codecs
import html
import re

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
KOREAN_NAMES = {
    "ks_c_5601-1987",
    "ks_c_5601",
    "ksc5601",
    "ms949",
    "windows-949",
    "x-windows-949",
    "cp949",
    "uhc",
}
BY_ESCAPE = [(b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp")]
LONG_ENOUGH = re.compile(
    rb"[\xe0-\xf4][\x80-\xbf]{2}"
)  # a letter of three bytes: UTF-8 and hardly anything else
LARGEST_HTML = 1_000_000
WITH_THEIR_WORDS = {"script", "style", "title", "template", "iframe", "object", "svg", "math", "noscript"}
TAG = re.compile("<(/?[A-Za-z][A-Za-z0-9:]{0,20}|[!?])")
PARAGRAPHS = ("p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol")
LINE_AT = (
    {f"/{name}": "\n\n" for name in PARAGRAPHS}
    | dict.fromkeys(("div", "/div", "br", "li", "tr", "hr", *PARAGRAPHS), "\n")
    | {"/td": " ", "/th": " "}
)


def decoded(data, declared=None):
    """The text of these bytes. What is declared is believed only where it can be true."""
    for mark, name in BY_ESCAPE:
        if mark in data:
            return data.decode(name, "replace")
    if data.isascii() and b"\0" not in data[:100]:
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
    """The words of an HTML mail, a line for a line. Nothing of it is fetched, run or kept. It is read once from its
    beginning to its end, since a parser of pages takes minutes over a mail that is nested to stop it."""
    markup = re.sub(r"\s+", " ", markup[:LARGEST_HTML])
    found, place, never_closed = [], 0, set()
    while (start := markup.find("<", place)) >= 0:
        found.append(markup[place:start])
        tag = TAG.match(markup, start)
        if markup.startswith("<!--", start):
            end = markup.find("-->", start + 4)
            place = end + 3 if end >= 0 else len(markup)
        elif tag is None:
            found.append("<")
            place = start + 1
        else:
            name = tag[1].lower()
            end = markup.find(">", tag.end())
            place = end + 1 if end >= 0 else len(markup)
            if name in WITH_THEIR_WORDS and name not in never_closed:
                closed = re.compile(f"</{name}", re.IGNORECASE).search(markup, place)
                place = closed.start() if closed else place
                never_closed.update(() if closed else (name,))
            found.append(LINE_AT.get(name, ""))
    found.append(markup[place:])
    text = html.unescape("".join(found)).replace("\xa0", " ")
    return re.sub(r" *\n *", "\n", text).strip()
