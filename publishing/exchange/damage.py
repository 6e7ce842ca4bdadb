"""What a translation that comes back may not have lost or brought: tokens, tags, and nothing that runs."""

import re
from collections import Counter
from html.parser import HTMLParser

from publishing.text.normal_form import ALLOWED_TAGS, normal_prose
from publishing.text.tokens import damaged_in, tokens_of

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
    if (damaged := damaged_in(text)) and not damaged_in(source):
        return f"A token is damaged: {_listed(damaged)}."
    wanted, there = Counter(map(str, tokens_of(source))), Counter(map(str, tokens_of(text)))
    if lost := wanted - there:
        return f"The translation lacks {_listed(lost)}, which the source has."
    if brought := there - wanted:
        return f"The translation holds {_listed(brought)}, which the source does not."
    return ""


def _tags(field, source, text):
    sent = Markup(normal_prose(text))
    if sent.fault:
        return f"Its tags are damaged: {sent.fault}."
    kept = Markup(field.normalise(text))
    if kept.words != sent.words:
        return "Its tags are damaged: words would be lost with them."
    wanted = Markup(source)
    if wanted.tags and not sent.tags:
        return "All its tags are gone."
    lost = [f"<{tag}>" for tag in wanted.tags - kept.tags if tag not in FREE]
    return f"The translation lacks {_listed(lost)}, which the source has." if lost else ""


def _listed(counted):
    return ", ".join(name[:60] for name in list(counted)[:3])


class Markup(HTMLParser):
    """The tags of a text, its words, and the first thing that is wrong with how its tags open and close."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.data, self.fault = Counter(), [], [], ""
        self.feed(text)
        self.close()
        if self.open:
            self._say(f"<{self.open[-1]}> is not closed")

    @property
    def words(self):
        """The letters of the text; where blanks stand is for the sanitiser to say."""
        return "".join("".join(self.data).split())

    def _say(self, fault):
        self.fault = self.fault or fault

    def handle_data(self, data):
        self.data.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags[SAME_TAG.get(tag, tag)] += 1
        if tag not in ALLOWED_TAGS | set(SAME_TAG):
            self._say(f"<{tag[:20]}> is not one that texts may have")
        elif tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "br" and (not self.open or self.open.pop() != tag):
            self._say(f"</{tag[:20]}> does not close what was opened last")
