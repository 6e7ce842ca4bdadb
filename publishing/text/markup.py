"""HTML read as blocks of marked words and written again in one way, so that a text that an editor, a word processor
or a person wrote comes out the same when it says the same.

Marks are flat (a link, a language, bold, italic, low, high), so how somebody nested them leaves no trace. Takes HTML
that a sanitiser has made well formed, and leaves it to the sanitiser to judge what comes out.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from publishing.text.blocks import BREAK, List, Paragraph, Quote, Table, written

DEEPEST = 40  # further tags are left out and their words kept
PARAGRAPHS = {"p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
APART = set(
    "div section article header footer main aside nav address pre dl dt dd figure figcaption center hr form".split()
)
MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
BLANK = re.compile("[ \t\n\xa0]+")
NUMBERED = re.compile(r"\s*\(?\w{1,5}[.)]")
TYPED_BULLET = re.compile("[\xb7•§▪o–-][ \t\n\xa0]+")
WEIGHT = re.compile(r"(?<![\w-])font-weight:\s*(bold|normal|\d+)")


@dataclass
class Node:
    tag: str
    attributes: dict = field(default_factory=dict)
    children: list = field(default_factory=list)


class Tree(HTMLParser):
    """Well-formed HTML as nodes and strings."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.left_out = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        if tag in {"br", "hr"}:
            self.open[-1].children.append(node)
        elif len(self.open) > DEEPEST:
            self.left_out += 1
        else:
            self.open[-1].children.append(node)
            self.open.append(node)

    def handle_endtag(self, tag):
        if self.left_out:
            self.left_out -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def rewritten(text):
    return "\n".join(written(block) for block in _Flow(parts_at_empty_lines=True).blocks_of(Tree(text).root))


class _Flow:
    """Reads what may stand in a page, an item, a cell or a quote: blocks, and words that stand by themselves."""

    def __init__(self, *, parts_at_empty_lines=False, in_quote=False, in_cell=False):
        self.blocks, self.runs = [], []
        self.tag, self.level, self.numbered = "", 0, False
        self.parts_at_empty_lines, self.in_quote, self.in_cell = parts_at_empty_lines, in_quote, in_cell

    def blocks_of(self, node, marks=None):
        for child in node.children:
            self.read(child, marks or {})
        self.end()
        return _with_lists_joined(_with_lists_made(self.blocks))

    def inner(self, node, marks, **more):
        where = {"in_quote": self.in_quote, "in_cell": self.in_cell} | more
        return _Flow(**where).blocks_of(node, marks)

    def end(self, tag=""):
        """Ends a paragraph; the words that follow belong to one of this tag."""
        runs = _trimmed(self.runs)
        if runs:
            self.blocks.append(Paragraph(self.tag or "p", runs, self.level, self.numbered))
        self.runs, self.tag, self.level, self.numbered = [], tag, 0, False

    def read(self, child, marks):
        if isinstance(child, str):
            self.words(child, marks)
        elif child.tag == "br":
            self.runs.append((BREAK, {}))
        elif child.tag in PARAGRAPHS:
            self.paragraph(child, marks | _language(child))
        elif child.tag in READERS and not (child.tag == "table" and self.in_cell):
            self.end(self.tag)
            READERS[child.tag](self, child, marks | _language(child))
        elif child.tag in APART or child.tag in PARTS:
            self.end()
            self.inside(child, marks | _language(child))
            self.end()
        elif "mso-list:ignore" in child.attributes.get("style", "").replace(" ", "").lower():
            self.numbered = bool(NUMBERED.match(_words_of(child)))
        else:
            self.inside(child, marks | _marks_of(child))

    def inside(self, node, marks):
        for child in node.children:
            self.read(child, marks)

    def words(self, text, marks):
        if self.parts_at_empty_lines and not self.tag and "\n\n" in text:
            first, *others = text.split("\n\n")
            self.runs.append((BLANK.sub(_one_blank, first), marks))
            for part in others:
                self.end()
                self.runs.append((BLANK.sub(_one_blank, part), marks))
        else:
            self.runs.append((BLANK.sub(_one_blank, text), marks))

    def paragraph(self, node, marks):
        self.end(PARAGRAPHS[node.tag])
        style = node.attributes.get("style", "")
        listed = re.search(r"mso-list:\s*\w+\s+level(\d)", style)
        self.level = int(listed[1]) if listed else 0
        self.inside(node, marks)
        if not listed and "MsoListParagraph" in node.attributes.get("class", "") and self.runs:
            self.typed_bullet()
        self.end()

    def typed_bullet(self):
        """A bullet that somebody typed, or that lost its style on the way."""
        text, marks = self.runs[0]
        found = TYPED_BULLET.match(text)
        if found:
            self.level, self.runs[0] = 1, (text[found.end() :], marks)

    def list(self, node, marks):
        items = []
        for child in node.children:
            if isinstance(child, Node) and child.tag == "li":
                blocks = self.inner(child, marks | _language(child))
            else:
                blocks = self.inner(Node("", {}, [child]), marks)
            only_a_list = bool(blocks) and isinstance(blocks[0], List)
            if items and only_a_list:
                items[-1] = _with_lists_joined(items[-1] + blocks)
            elif blocks:
                items.append(blocks)
        if items:
            self.blocks.append(List(node.tag, items))

    def quote(self, node, marks):
        blocks = self.inner(node, marks, in_quote=True)
        if self.in_quote:
            self.blocks += blocks
        elif blocks:
            self.blocks.append(Quote(blocks))

    def table(self, node, marks):
        """A table in a table is read cell by cell; a first row of nothing but headings is the head."""
        table = Table([], [], [])
        self.rows(table, node, marks, in_head=False)
        if not table.head:
            while table.body and all(tag == "th" for tag, _, _ in table.body[0]):
                table.head.append(table.body.pop(0))
        if table.head or table.body:
            self.blocks.append(table)
        elif table.caption:
            self.blocks.append(Paragraph("p", table.caption))

    def rows(self, table, node, marks, in_head):
        for child in node.children:
            if isinstance(child, str):
                continue
            inner = marks | _language(child)
            if child.tag == "caption":
                blocks = self.inner(child, inner)
                table.caption = [run for block in blocks for run in getattr(block, "runs", [])]
            elif child.tag == "tr":
                row = [self.cell(cell, inner, in_head) for cell in child.children if isinstance(cell, Node)]
                if row:
                    (table.head if in_head else table.body).append(row)
            else:
                self.rows(table, child, inner, child.tag == "thead")

    def cell(self, node, marks, in_head):
        tag = "th" if in_head or node.tag == "th" else "td"
        blocks = self.inner(node, marks | _language(node), in_cell=True)
        return tag, _spans(node.attributes), blocks


READERS = {
    "ul": _Flow.list,
    "ol": _Flow.list,
    "blockquote": _Flow.quote,
    "table": _Flow.table,
}
PARTS = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "li"}  # where they do not belong


def _one_blank(found):
    """One blank where there were several; one that holds words together stays."""
    return found[0] if found[0] == "\xa0" else " "


def _language(node):
    """A word processor marks every word, often wrongly, and writes the code in capitals: that is no mark."""
    code = node.attributes.get("lang", "")
    return {"lang": code} if LANGUAGE.fullmatch(code) else {}


def _marks_of(node):
    marks, style = _language(node), node.attributes.get("style", "").lower()
    weight = WEIGHT.search(style)
    heavy = weight and (weight[1] == "bold" or (weight[1] >= "600" and weight[1] != "normal"))
    if node.tag == "a" and node.attributes.get("href", "").strip():
        marks["href"] = node.attributes["href"].strip()
    elif MARKS.get(node.tag) == "strong":
        marks |= {} if weight and not heavy else {"strong": True}
    elif node.tag in MARKS:
        marks[MARKS[node.tag]] = True
    elif node.tag == "span":
        marks |= {"strong": True} if heavy else {}
        marks |= {"em": True} if re.search(r"(?<![\w-])font-style:\s*italic", style) else {}
    return marks


def _words_of(node):
    return "".join(child if isinstance(child, str) else _words_of(child) for child in node.children)


def _spans(attributes):
    spans = {}
    for name in ("colspan", "rowspan"):
        number = attributes.get(name, "")
        if number.isascii() and number.isdecimal() and 1 < int(number[:4]) < 1000:
            spans[name] = str(int(number[:4]))
    return spans


def _trimmed(runs):
    """Without blanks at the beginning, the end and about a break, and without a second blank after a first. A blank
    that follows a blank is left out with whatever mark it has."""
    kept = []
    for text, marks in runs:
        after = kept[-1][0] if kept else BREAK
        if text == BREAK:
            _cut_end(kept)
            if kept:
                kept.append((BREAK, {}))
            continue
        if after[-1] in " \xa0\n" and BLANK.match(text):
            if after[-1] == "\xa0":
                kept[-1] = (after[:-1] + " ", kept[-1][1])
            text = BLANK.sub("", text, count=1)
        if text:
            kept.append((text, marks))
    _cut_end(kept, breaks=True)
    return kept


def _cut_end(runs, *, breaks=False):
    blanks = " \xa0\n" if breaks else " \xa0"
    while runs:
        text, marks = runs[-1]
        rest = text.rstrip(blanks)
        if rest == text or (text == BREAK and not breaks):
            return
        runs.pop()
        if rest:
            runs.append((rest, marks))


def _with_lists_made(blocks):
    """The items that a word processor wrote as paragraphs, as lists."""
    made = []
    for block in blocks:
        level = getattr(block, "level", 0)
        if not level:
            made.append(block)
            continue
        tag = "ol" if block.numbered else "ul"
        item = [Paragraph("p", block.runs)]
        home = made
        for _ in range(1, level):
            if not (home and isinstance(home[-1], List)):
                break
            home = home[-1].items[-1]
        if home and isinstance(home[-1], List) and home[-1].tag == tag:
            home[-1].items.append(item)
        else:
            home.append(List(tag, [item]))
    return made


def _with_lists_joined(blocks):
    """Two lists of one kind with nothing between them are one list."""
    joined = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, List) and isinstance(last, List) and last.tag == block.tag:
            joined[-1] = List(last.tag, last.items + block.items)
        else:
            joined.append(block)
    return joined
