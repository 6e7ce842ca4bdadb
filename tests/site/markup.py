"""What a reader sees and hears of a page: its texts, with those marked as English apart."""

from dataclasses import dataclass

UNSEEN = {"script", "style", "template"}
IN_LINE = set(
    "a abbr b bdi bdo cite code em i kbd label mark q s small span strong sub sup time u var wbr".split()
)
SPOKEN = ("alt", "aria-label", "placeholder", "title", "aria-description")


@dataclass
class Texts:
    """Gathers texts; a line ends where an element does that does not stand in the line."""

    parts: list
    source: str = "en"

    def add(self, element, marked):
        language = element.get("lang")
        marked = language.startswith(self.source) if language else marked
        in_line = element.tag in IN_LINE
        if not marked:
            self.parts += [f"\n{element.get(name)}\n" for name in SPOKEN if element.get(name)]
        self.parts.append("" if in_line and not marked else "\n")
        if not marked:
            self.parts.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and child.tag.rsplit("}")[-1] not in UNSEEN:
                self.add(child, marked)
            if not marked:
                self.parts.append(child.tail or "")
        self.parts.append("" if in_line and not marked else "\n")


def texts(document):
    """Lines of text outside what is marked as English: title, description and body, words for pictures among them."""
    found = Texts([])
    found.add(document.find("body"), marked=False)
    found.add(document.find("head/title"), marked=False)
    for meta in document.findall("head/meta[@name='description']"):
        if not (meta.get("lang") or "").startswith(found.source):
            found.parts.append(meta.get("content"))
    lines = "".join(found.parts).split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]
