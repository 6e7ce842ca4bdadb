"""Korean particles, which follow the last sound of the word before them: 파운드를, 18을, 2를, 서울로."""

import re

# After a consonant, after a vowel. 으로/로 alone treats ㄹ as a vowel.
PAIRS = {
    "은/는": ("은", "는"),
    "이/가": ("이", "가"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
}
# Where the last sound cannot be known, both are written, as Korean forms do.
UNDECIDED = {"은/는": "은(는)", "이/가": "이(가)", "을/를": "을(를)", "과/와": "과(와)", "으로/로": "(으)로"}

VOWEL, RIEUL, CONSONANT = "vowel", "rieul", "consonant"

# 영 일 이 삼 사 오 육 칠 팔 구; the zeros of 십, 백, 천, 만 and 억 all end in a consonant too.
DIGITS = dict(zip("0123456789", "CRVCVVCRRV", strict=True))
# A capital is read by its name: 엘, 엠, 엔 and 알 end in a consonant.
CAPITALS = {"L": "R", "M": "C", "N": "C", "R": "R"}
SYMBOLS = {"%": VOWEL, "km": VOWEL, "m²": VOWEL, "㎡": VOWEL, "㎢": VOWEL, "+": VOWEL}
SOUNDS = {"C": CONSONANT, "R": RIEUL, "V": VOWEL}

FIRST_SYLLABLE, LAST_SYLLABLE, FINALS, FINAL_RIEUL = 0xAC00, 0xD7A3, 28, 8
BRACKETED = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")
TRAILING = re.compile(r"[\s\"'“”‘’.,!?·…」』》〉>]+$")
LAST_WORD = re.compile(r"[A-Za-z]+$")


def josa(text, pair):
    """The text with the right particle of the pair: josa("리버풀", "으로/로") is 리버풀로.

    What stands in brackets after a word is not read, nor are quotation marks. For an English word the sound
    of its usual Korean spelling is reckoned from its ending, which is right for most words and not for all.
    """
    if pair not in PAIRS:
        raise ValueError(f"{pair!r} is not a pair of particles: use one of {', '.join(PAIRS)}.")
    after_consonant, after_vowel = PAIRS[pair]
    sound = last_sound(str(text))
    if sound is None:
        return f"{text}{UNDECIDED[pair]}"
    vowel_like = sound == VOWEL or (sound == RIEUL and pair == "으로/로")
    return f"{text}{after_vowel if vowel_like else after_consonant}"


def last_sound(text):
    """How the text ends when read aloud in Korean: a vowel, ㄹ, another consonant, or None if unknown."""
    text = _spoken(text)
    for symbol, sound in SYMBOLS.items():
        if text.endswith(symbol):
            return sound
    last = text[-1:]
    if last and FIRST_SYLLABLE <= ord(last) <= LAST_SYLLABLE:
        final = (ord(last) - FIRST_SYLLABLE) % FINALS
        return {0: VOWEL, FINAL_RIEUL: RIEUL}.get(final, CONSONANT)
    if last in DIGITS:
        return SOUNDS[DIGITS[last]]
    word = LAST_WORD.search(text)
    return SOUNDS[_latin(word.group())] if word else None


def _spoken(text):
    """Without the brackets and marks that a reader passes over."""
    before = None
    while before != text:
        before, text = text, TRAILING.sub("", BRACKETED.sub("", text))
    return text


def _latin(word):
    if word[-1].isupper():
        return CAPITALS.get(word[-1], "V")
    if re.search(r"le?$", word):
        return "R"
    # Alstom, London, Time; and a stop after one short vowel: Net, Chip, Baltic, but not Park or Catapult.
    if re.search(r"([mn]|ng|[aeiou][mn]e)$", word) or re.search(r"(^|[^aeiou])[aeiou]([ptkc]|ck)$", word):
        return "C"
    return "V"
