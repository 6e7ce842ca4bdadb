"""Who wrote a mail, as far as its header tells: a beginning for the officer who checks the details."""

import re
import unicodedata
from collections import Counter

from enquiries.names import HANGUL
from publishing import languages

OF_TWO_SYLLABLES = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "망절", "어금")
LATIN = "LATIN"
SHARE = 0.2  # of the letters: a Korean mail has Latin names in it, an English one perhaps a Korean signature


def name_parts(name):
    """(family name, given name). A name in Hangul begins with the family name; of others the last word is it, unless a
    comma says otherwise."""
    name = re.sub(r"\s*[(\[（].*$", "", name).strip() or name.strip()
    if "@" in name:
        return "", ""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    if HANGUL.match(name):
        first, *rest = name.split()
        if rest or not 2 <= len(first) <= 5:
            return (first, " ".join(rest)) if len(first) <= 2 else (name, "")
        length = 2 if first.startswith(OF_TWO_SYLLABLES) and len(first) > 2 else 1
        return first[:length], first[length:]
    *given, family = name.split() or [""]
    return family, " ".join(given)


def language_of(text):
    """The language of the site in whose script a text is written; the source language where no other's is."""
    scripts = Counter(_script(letter) for letter in text[:5000] if letter.isalpha())
    total = scripts.total()
    for code in languages.translations():
        own = {_script(letter) for letter in languages.own_name(code) if letter.isalpha()}
        if LATIN not in own and sum(scripts[script] for script in own) > SHARE * total:
            return code
    return languages.SOURCE


def _script(letter):
    """LATIN, HANGUL, ARABIC: the first word of the letter's name."""
    return unicodedata.name(letter, "").partition(" ")[0]
