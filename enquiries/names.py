"""How people's names are put together, and in which language a text is written as far as its script tells."""

import re
import unicodedata

from publishing import languages

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
FAMILY_FIRST = {"ko", "ja", "zh", "hu", "vi"}
SCRIPTS = [
    ("ko", HANGUL),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
]


def full_name(given_name, family_name):
    """Hangul and other East Asian scripts put the family name first, unparted; everyone else is as they signed."""
    if script_language(family_name + given_name):
        return f"{family_name}{given_name}"
    return f"{given_name} {family_name}"


def script_language(text):
    """ko, ja or zh where the script tells; "" where it does not."""
    return next((code for code, letters in SCRIPTS if letters.search(text)), "")


def text_language(text, form_language):
    """The language to mark a text with: its script, otherwise the form's, but no other script for Latin letters."""
    if script := script_language(text):
        return script
    return form_language if _is_latin(languages.own_name(form_language)) or not _is_latin(text) else "en"


def _is_latin(text):
    """Whether every letter is Latin."""
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())
