"""A report, or a pack of them, as a document: A4, tagged (PDF/UA-1), in one of our languages, set by typst."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from reports.display import shown
from reports.paper import contents, tide
from reports.paper.glyphs import Drawn
from reports.paper.press import set_document
from reports.periods import Period
from reports.tables import Kind


@dataclass(frozen=True)
class PackFacts:
    """What stands on the cover of a pack and before its first report. `left_out` are the titles of reports that its
    maker may not take."""

    title: str
    language: str
    by: str
    as_of: datetime
    introduction: str = ""
    left_out: list = field(default_factory=list)


@dataclass(frozen=True)
class KeyFigures:
    """The dashboard's figures of a period, as (title, figures) sections."""

    period: Period
    sections: list


def document(taken):
    """One report. Call it within the snapshot in which the report was taken: the rows of a listing are read now."""
    parts = [contents.part(taken)]
    title = parts[0]["title"]
    return _set(taken.language, title, taken.scope.by, taken.scope.as_of, parts)


def pack_document(facts, takens, key_figures=None):
    """A cover, the contents, an introduction, the key figures, and each report from a new page; within the snapshot of
    them all."""
    draw = Drawn()
    with translation.override(facts.language):
        as_of = shown(facts.as_of, Kind.MOMENT, facts.language)
        ledger = [
            (gettext("Data as of"), as_of),
            (gettext("Made by"), facts.by),
            (gettext("Reports"), shown(len(takens), Kind.NUMBER, facts.language)),
        ]
        left_out = _left_out(facts.left_out)
        made = gettext("Data as of %(as_of)s; made by %(by)s") % {"as_of": as_of, "by": facts.by}
        kind = gettext("Report to the board")
        summary = contents.key_figures(key_figures, draw) if key_figures and key_figures.sections else None
    cover = {
        "title": draw(facts.title),
        "kind": kind,
        "date": shown(facts.as_of, Kind.DAY, facts.language),
        "ledger": [[draw(label), draw(text)] for label, text in ledger],
        "introduction": [
            draw(text) for text in facts.introduction.replace("\r\n", "\n").split("\n\n") if text.strip()
        ],
        "left_out": draw(left_out),
        "made": draw(made),
        "drawing": tide.drawing(facts.as_of),
    }
    parts = [contents.part(taken) for taken in takens]
    return _set(facts.language, cover["title"], facts.by, facts.as_of, parts, cover, summary)


def _left_out(titles):
    if not titles:
        return ""
    sentence = gettext("Left out, because whoever made this document is not entitled to them: %(titles)s.")
    return sentence % {"titles": ", ".join(str(title) for title in titles)}


def _set(language, title, author, moment, parts, cover=None, summary=None):
    """The document as bytes. Everything that anybody typed goes in as JSON, which typst shows and never reads."""
    facts = {
        "language": language,
        "title": title,
        "author": Drawn()(author),
        "words": contents.words(language),
        "mark": contents.MARK.read_text(encoding="utf-8"),
        "cover": cover,
        "key_figures": summary,
        "parts": parts,
    }
    return set_document(json.dumps(facts, ensure_ascii=False), moment)
