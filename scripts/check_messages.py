"""Part of `make check`: every .mo equals its .po, and every language is complete.

A sentence may not be empty, fuzzy or equal to its English, and keeps its placeholders. What is rightly the same in
both languages ("PDF") carries the translator's comment "same in Korean" in the .po file. A catalogue whose head says
`X-Complete: no` is still being translated: what is missing in it is counted, not refused.
"""

import re
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"
SAME = re.compile(r"\bsame in [A-Z]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
WORD = re.compile(r"[A-Za-z]{2,}")


def faults_of_file(path):
    catalogue = polib.pofile(str(path))
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        yield f"{compiled.name} does not equal {path.name}: run `make messages`"
    unfinished = set(to_translate(catalogue)) if is_begun(catalogue) else set()
    for entry in catalogue:
        if not entry.obsolete and entry not in unfinished:
            yield from (f"line {entry.linenum}: {fault}: {entry.msgid!r}" for fault in faults_of(entry))


def is_begun(catalogue):
    """Whether its head says that it is not complete yet."""
    return catalogue.metadata.get("X-Complete", "").strip().lower() == "no"


def to_translate(catalogue):
    return [
        entry
        for entry in catalogue
        if not entry.obsolete and (entry.fuzzy or not all(text.strip() for text in texts_of(entry)))
    ]


def texts_of(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults_of(entry):
    texts = texts_of(entry)
    if entry.fuzzy:
        yield "fuzzy"
    if not texts or not all(text.strip() for text in texts):
        yield "not translated"
        return
    words = WORD.search(PLACEHOLDER.sub("", entry.msgid))
    if (
        words
        and not SAME.search(entry.tcomment)
        and any(text in (entry.msgid, entry.msgid_plural) for text in texts)
    ):
        yield "the same as its English"
    allowed = [placeholders(source) for source in (entry.msgid, entry.msgid_plural) if source]
    if len(texts) > 1:  # one of several plural forms may say its number in words
        allowed += [without_one for found in allowed for without_one in one_left_out(found)]
    if any(placeholders(text) not in allowed for text in texts):
        yield "has other placeholders than its English"


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def one_left_out(found):
    return [found[:place] + found[place + 1 :] for place in range(len(found))]


def main():
    paths = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    if not paths:
        sys.exit(f"There are no translations in {LOCALE}.")
    faults = [
        f"{path.relative_to(LOCALE.parent)}: {fault}" for path in paths for fault in faults_of_file(path)
    ]
    if faults:
        sys.exit("\n".join(faults))
    begun = [
        f"{path.relative_to(LOCALE.parent)} is being translated: {len(to_translate(catalogue))} of {len(catalogue)} "
        "sentences are to be done. Once they are, take `X-Complete: no` out of its head."
        for path, catalogue in ((path, polib.pofile(str(path))) for path in paths)
        if is_begun(catalogue)
    ]
    print("\n".join(begun) or "Translations are complete.")


if __name__ == "__main__":
    main()
