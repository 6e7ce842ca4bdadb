"""XLIFF 1.2 through translate-toolkit: a file element a record, a unit a text, tags and tokens as inline codes.

The native code of a tag stands inside its inline code (<bpt id="1">&lt;p&gt;</bpt>), so the words of a unit read
together are the text itself, whether a tool kept the codes or wrote the tags as text.
"""

import re

from lxml import etree
from translate.storage.placeables import StringElem
from translate.storage.placeables.xliff import Bpt, Ept, Ph
from translate.storage.xliff import Xliff1File, Xliff1Unit

from publishing import languages
from publishing.exchange.files import (
    MOST_TEXTS,
    Arrival,
    FileRefused,
    Returned,
    require_source,
    target_language,
    xml_text,
)
from publishing.text.tokens import TOKEN
from publishing.translations.state import CURRENT, MISSING, STALE, UNREVIEWED

CONTENT_TYPE, EXTENSION = "application/x-xliff+xml", "xlf"
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
STATES = {
    MISSING: "new",
    STALE: "needs-translation",
    UNREVIEWED: "needs-review-translation",
    CURRENT: "final",
}
CODE = re.compile(rf"(?P<token>{TOKEN.pattern})|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)[^<>]*>", re.ASCII)
XLIFF_2 = re.compile(r"""<(?:\w+:)?xliff\b[^>]*(\bversion\s*=\s*["']2|:xliff:document:2)""")


class Unit(Xliff1Unit):
    namespace = NAMESPACE


class Document(Xliff1File):
    UnitClass = Unit
    namespace = NAMESPACE
    XMLskeleton = (
        f"<?xml version='1.0'?><xliff version='1.2' xmlns='{NAMESPACE}'>"
        "<file original='NoName' source-language='en' datatype='plaintext'><body></body></file></xliff>"
    )


def write(entries, language):
    """The entries as an XLIFF file."""
    document = Document(sourcelanguage=languages.SOURCE, targetlanguage=language)
    for entry in entries:
        document.switchfile(entry.key.name.rpartition(":")[0], createifmissing=True)
        unit = Unit("")
        unit.rich_source = [StringElem(_pieces(entry.source, entry.is_rich))]
        unit.rich_target = [StringElem(_pieces(entry.target, entry.is_rich))]
        unit.target_dom.set("state", STATES[entry.state])
        unit.xmlelement.set("resname", entry.key.name)
        unit.addnote(f"{entry.record}: {entry.label}. {entry.note}".strip(), origin="developer")
        document.addunit(unit)
        unit.setid(str(entry.key))
        if entry.state == CURRENT:
            unit.markapproved()
    return bytes(document)


def _pieces(text, is_rich):
    """The text as words and inline codes. An end has the number of its beginning."""
    if not text:
        return []
    pieces, place, opened = [], 0, []
    for number, code in enumerate((CODE if is_rich else TOKEN).finditer(text), start=1):
        pieces.append(text[place : code.start()])
        place = code.end()
        found = code.groupdict()
        if found.get("tag") in {None, "br"}:
            pieces.append(Ph(id=str(number), sub=[code[0]]))
        elif not found["close"]:
            opened.append(str(number))
            pieces.append(Bpt(id=str(number), sub=[code[0]]))
        else:
            pieces.append(Ept(id=opened.pop() if opened else str(number), sub=[code[0]]))
    return [piece for piece in [*pieces, text[place:]] if piece != ""]


def read(content):
    """What an XLIFF file holds."""
    text = xml_text(content)
    if XLIFF_2.search(text[:4000]):
        raise FileRefused("This is XLIFF 2. Save it as XLIFF 1.2 and bring it back again.")
    document = Document()
    try:
        document.parse(text.strip().encode())
    except etree.XMLSyntaxError as error:
        line, _ = error.position
        raise FileRefused(f"The file is not well-formed XML: its fault is at line {line}.") from error
    except (AssertionError, AttributeError, StopIteration, ValueError) as error:
        raise FileRefused("The file is XML, but not XLIFF 1.2.") from error
    if not document.units:
        raise FileRefused("The file holds no texts.")
    if len(document.units) > MOST_TEXTS:
        raise FileRefused(f"The file holds more than {MOST_TEXTS:,} texts. Send fewer at once.")
    files = list(document.document.getroot().iter(f"{{{document.namespace}}}file"))
    require_source({file.get("source-language") for file in files})
    language = target_language({file.get("target-language") for file in files})
    return Arrival(language, [_returned(unit) for unit in document.units])


def _returned(unit):
    node = unit.target_dom
    state = node.get("state", "") if node is not None else ""
    return Returned(
        key=unit.xmlelement.get("id") or "",
        source=unit.source or "",
        target=unit.target or "",
        state=_state(state),
    )


def _state(state):
    if state.startswith("needs-review"):
        return UNREVIEWED
    return CURRENT if state in {"final", "signed-off"} else ""
