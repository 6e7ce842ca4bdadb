"""What the typeface can draw. A tagged document may hold no character without a sign for it, and names come from
everywhere: what cannot be drawn is replaced by a box, and the document says so."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import typst

FONTS = Path(__file__).resolve().parents[2] / "publishing" / "fonts"
BOX = "\N{WHITE SQUARE}"
KNOWN = re.compile("[\n -~\xa0-\xac\xae-\xff가-힣]")
NOTHING = frozenset({"Cc", "Cs", "Co", "Cn"})
TURNED = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # would show a text in another order
PROBE = b'#set document(title: "-")\n#set text(font: "Pretendard")\n#sys.inputs.text'
TAGGED = ["ua-1"]


@cache
def fonts():
    """Ours alone, and those that come with the typesetter for scripts that ours lacks; never what a machine has."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def plain(text):
    """In its normal form, with plain line ends and without control characters."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(
        c for c in text if c == "\n" or (c not in TURNED and unicodedata.category(c) not in NOTHING)
    )


class Drawn:
    """Makes texts such as can be drawn, and remembers whether one had to change."""

    def __init__(self):
        self.lacking = set()

    def __call__(self, text):
        text = plain(str(text))
        unknown = {c for c in KNOWN.sub("", text) if not is_drawn(c)}
        if not unknown:
            return text
        self.lacking |= unknown
        return "".join(BOX if c in unknown else c for c in text)


@cache
def is_drawn(character):
    """Asked of the typesetter itself, once for each character."""
    try:
        typst.compile(PROBE, font_paths=fonts(), sys_inputs={"text": character}, pdf_standards=TAGGED)
    except typst.TypstError:
        return False
    return True
