"""Part of `make check`: every .mo equals its .po, and the Korean is complete.

A sentence may not be empty, fuzzy or equal to its English, and keeps its placeholders. What is rightly the same in
both languages ("PDF") carries the translator's comment "same in Korean" in the .po file.
"""

import re
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"
SAME = "same in Korean"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
WORD = re.compile(r"[A-Za-z]{2,}")


def faults_of_file(path):
    catalogue = polib.pofile(str(path))
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        yield f"{compiled.name} does not equal {path.name}: run `make messages`"
    for entry in catalogue:
        if not entry.obsolete:
            yield from (f"line {entry.linenum}: {fault}: {entry.msgid!r}" for fault in faults_of(entry))


def faults_of(entry):
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield "fuzzy"
    if not texts or not all(text.strip() for text in texts):
        yield "not translated"
        return
    words = WORD.search(PLACEHOLDER.sub("", entry.msgid))
    if (
        words
        and SAME not in entry.tcomment
        and any(text in (entry.msgid, entry.msgid_plural) for text in texts)
    ):
        yield "the same as its English"
    allowed = [placeholders(source) for source in (entry.msgid, entry.msgid_plural) if source]
    if any(placeholders(text) not in allowed for text in texts):
        yield "has other placeholders than its English"


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def main():
    paths = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    if not paths:
        sys.exit(f"There are no translations in {LOCALE}.")
    faults = [
        f"{path.relative_to(LOCALE.parent)}: {fault}" for path in paths for fault in faults_of_file(path)
    ]
    if faults:
        sys.exit("\n".join(faults))
    print("Translations are complete.")


if __name__ == "__main__":
    main()
