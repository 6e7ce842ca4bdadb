"""What a translation that comes back may not have lost or brought: tokens, tags, and nothing that runs."""

import re
from collections import Counter
from html.parser import HTMLParser

from publishing.normal_form import ALLOWED_TAGS, plain_text

TOKEN = re.compile(r"\{\{[^{}]*\}\}")
RUNS = re.compile(
    r"<\s*/?\s*(?P<tag>script|style|iframe|frame|object|embed|applet|svg|math|img|video|audio|link|meta|base|form|input|"
    r"button|template)\b|(?P<scheme>(java|vb)script\s*:)|<[^>]*\s(?P<handler>on[a-z]+)\s*=",
    re.IGNORECASE,
)
SAME_TAG = {"b": "strong", "i": "em"}
FREE = {"p", "br"}  # a translation may part its paragraphs in another way


def damage(field, source, text, is_rich):
    """Why a translation of the source cannot be taken, in a sentence; empty when it can."""
    return _runs(source, text) or _tokens(source, text) or (_tags(field, source, text) if is_rich else "")


def _runs(source, text):
    found = RUNS.search(text)
    if not found or RUNS.search(source):
        return ""
    shown = f"<{found['tag'].lower()}>" if found["tag"] else (found["scheme"] or f"{found['handler']}=…")
    return f"The text holds {shown}, which may not stand in it."


def _tokens(source, text):
    wanted, there = Counter(TOKEN.findall(source)), Counter(TOKEN.findall(text))
    if lost := wanted - there:
        return f"The translation lacks {_listed(lost)}, which the source has."
    if brought := there - wanted:
        return f"The translation holds {_listed(brought)}, which the source does not."
    return ""


def _tags(field, source, text):
    fault = TagsInOrder(text).fault
    if fault:
        return f"Its tags are damaged: {fault}."
    normal = field.normalise(text)
    if _words(normal) != _words(text):
        return "Its tags are damaged: words would be lost with them."
    wanted, there = _tags_of(source), _tags_of(normal)
    lost = Counter({tag: count for tag, count in (wanted - there).items() if tag not in FREE or not there[tag]})
    if "p" in lost and TagsInOrder(text).found:
        del lost["p"]  # words in other blocks are no loss
    if lost:
        return f"The translation lacks {_listed(Counter({f'<{tag}>': n for tag, n in lost.items()}))}, which the source has."
    return ""


def _tags_of(markup):
    return Counter(SAME_TAG.get(tag, tag) for tag in TagsInOrder(markup).found)


def _words(markup):
    return "".join(plain_text(markup).split())


def _listed(counted):
    return ", ".join(name[:60] for name in list(counted)[:3])


class TagsInOrder(HTMLParser):
    """The tags of a text as they open, and the first thing that is wrong with them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found, self.open, self.fault = [], [], ""
        self.feed(text)
        self.close()
        if self.rawdata:
            self._say("a tag is cut off")
        if self.open:
            self._say(f"<{self.open[-1]}> is not closed")

    def _say(self, fault):
        self.fault = self.fault or fault

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        if tag not in ALLOWED_TAGS | set(SAME_TAG):
            self._say(f"<{tag[:20]}> is not one that texts may have")
        elif tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag == "br":
            return
        if not self.open or self.open.pop() != tag:
            self._say(f"</{tag[:20]}> does not close what was opened last")
