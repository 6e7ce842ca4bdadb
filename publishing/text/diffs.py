"""What changed between two texts, word by word, as a person reads it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from publishing.text.normal_form import plain_text

SAME, GONE, NEW, CUT = "same", "gone", "new", "cut"
PIECES = re.compile(r"\n+|[^\S\n]+|[^\s]+")
BLOCK = re.compile(r"<(p|li|h[1-6]|blockquote|tr|caption)\b[^>]*>", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>|</(td|th)>", re.IGNORECASE)
SHOWN_AROUND = 6  # words that stay on each side of a change
MOST_PIECES = 6_000  # beyond it whole lines are compared: a person does not read such a difference by words


@dataclass(frozen=True)
class Run:
    """A run of words: the same in both, gone, new, or cut (`text` then says how many words are left out)."""

    kind: str
    text: str


def word_diff(old, new, rich=False, shorten=True):
    """Runs that lead from the old text to the new. `rich`: HTML, compared by its words; where only its marks differ,
    by its source. Empty where nothing differs."""
    if old == new:
        return []
    if rich:
        words = readable_lines(old), readable_lines(new)
        old, new = words if words[0] != words[1] else (old, new)
    runs = _joined(_runs(_pieces(old, new), _pieces(new, old)))
    return _shortened(runs) if shorten else runs


def readable_lines(markup):
    """The words of an HTML text, a line for each block."""
    lines = BREAK.sub(" ", BLOCK.sub("\n", markup)).split("\n")
    return "\n".join(line for line in map(plain_text, lines) if line)


def _pieces(text, other):
    if len(text) + len(other) > MOST_PIECES * 6:
        return text.splitlines(keepends=True)
    return PIECES.findall(text)


def _runs(old, new):
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run(SAME, "".join(old[start:end]))
            continue
        if start < end:
            yield Run(GONE, "".join(old[start:end]))
        if new_start < new_end:
            yield Run(NEW, "".join(new[new_start:new_end]))


def _joined(runs):
    """A blank between two changed words belongs to the change: from “old dock” to “new quay” is one change, not two."""
    joined, gone, new = [], "", ""

    def close():
        nonlocal gone, new
        joined.extend(Run(kind, text) for kind, text in ((GONE, gone), (NEW, new)) if text)
        gone = new = ""

    for run in runs:
        if run.kind == SAME and (not run.text.isspace() or "\n" in run.text or not (gone and new)):
            close()
            joined.append(run)
        else:
            gone += run.text if run.kind in (SAME, GONE) else ""
            new += run.text if run.kind in (SAME, NEW) else ""
    close()
    return joined


def _shortened(runs):
    found = []
    for place, run in enumerate(runs):
        words = run.text.split()
        before, after = place > 0, place < len(runs) - 1
        left_out = len(words) - SHOWN_AROUND * (before + after)
        if run.kind != SAME or left_out < SHOWN_AROUND:
            found.append(run)
            continue
        if before:
            found.append(Run(SAME, _lead(run.text) + " ".join(words[:SHOWN_AROUND]) + " "))
        found.append(Run(CUT, f"… {left_out} words the same …"))
        if after:
            found.append(Run(SAME, " " + " ".join(words[-SHOWN_AROUND:]) + _tail(run.text)))
    return found


def _lead(text):
    return text[: len(text) - len(text.lstrip())]


def _tail(text):
    return text[len(text.rstrip()) :]
