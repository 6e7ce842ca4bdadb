"""The blocks of a rich text: paragraphs, lists, quotes and tables of marked words, and how they are written as HTML."""

from dataclasses import dataclass
from html import escape

NESTED = ("href", "lang", "strong", "em", "sub", "sup")  # from outside in
BREAK = "\n"


@dataclass
class Paragraph:
    """`runs` are (text, marks), marks a dict; a break of the line is a text of its own."""

    tag: str
    runs: list
    level: int = 0  # in a list of a word processor, which writes its items as paragraphs
    numbered: bool = False


@dataclass
class List:
    tag: str
    items: list  # each a list of blocks


@dataclass
class Quote:
    blocks: list


@dataclass
class Table:
    caption: list
    head: list  # rows of cells: (tag, attributes, blocks)
    body: list


def written(block):
    if isinstance(block, Paragraph):
        return f"<{block.tag}>{_inline(block.runs)}</{block.tag}>"
    if isinstance(block, Quote):
        return _lines("blockquote", [written(inner) for inner in block.blocks])
    if isinstance(block, List):
        return _lines(block.tag, [f"<li>{_held(item)}</li>" for item in block.items])
    caption = [f"<caption>{_inline(block.caption)}</caption>"] if block.caption else []
    head = [_lines("thead", map(_row, block.head))] if block.head else []
    body = [_lines("tbody", (_row(row, "row") for row in block.body))] if block.body else []
    return _lines("table", [*caption, *head, *body])


def _lines(tag, inside):
    return "\n".join([f"<{tag}>", *inside, f"</{tag}>"])


def _row(cells, scope="col"):
    cells_written = []
    for tag, spans, blocks in cells:
        attributes = ({"scope": scope} if tag == "th" else {}) | spans
        told = "".join(f' {name}="{value}"' for name, value in attributes.items())
        cells_written.append(f"<{tag}{told}>{_held(blocks)}</{tag}>")
    return _lines("tr", cells_written)


def _held(blocks):
    """What an item or a cell holds. One paragraph, with lists below it, needs no tag of its own."""
    if blocks and getattr(blocks[0], "tag", "") == "p" and all(isinstance(one, List) for one in blocks[1:]):
        return "\n".join([_inline(blocks[0].runs), *map(written, blocks[1:])])
    return "\n".join(map(written, blocks))


def _inline(runs, marks=NESTED):
    """Words with their marks, each mark opened once for all neighbours that share it."""
    if not marks:
        return "".join("<br>" if text == BREAK else _escaped(text) for text, _ in runs)
    name, *inner = marks
    pieces, place = [], 0
    while place < len(runs):
        value, end = runs[place][1].get(name), place + 1
        while end < len(runs) and runs[end][1].get(name) == value:
            end += 1
        words = _inline(runs[place:end], inner)
        pieces.append(_marked(name, value, words) if value else words)
        place = end
    return "".join(pieces)


def _marked(name, value, words):
    if name == "href":
        return f'<a href="{escape(value)}">{words}</a>'
    if name == "lang":
        return f'<span lang="{escape(value)}">{words}</span>'
    return f"<{name}>{words}</{name}>"


def _escaped(text):
    return escape(text, quote=False).replace("\xa0", "&nbsp;")
