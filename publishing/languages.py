"""The languages of the site. The first is the source; nothing here or elsewhere assumes that there are two."""

from django.conf import settings
from django.forms.utils import flatatt
from django.utils.translation import get_language, get_language_info

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "ltr", "rtl"
SOURCE = settings.LANGUAGES[0][0]


def codes():
    return [code for code, _ in settings.LANGUAGES]


def translations():
    """Every language but the source."""
    return codes()[1:]


def own_name(code):
    """The language's name in itself: English, 한국어. One that is no longer ours is its code."""
    return dict(settings.LANGUAGES).get(code, code)


def english_name(code):
    """The language's name for staff: Korean."""
    return get_language_info(code)["name"]


def direction(code):
    """How the language runs; a language that we do not know, of somebody's letter perhaps, from left to right."""
    try:
        return RIGHT_TO_LEFT if get_language_info(code)["bidi"] else LEFT_TO_RIGHT
    except KeyError:
        return LEFT_TO_RIGHT


def marking(code):
    """The attributes of an element whose text is in that language: `lang`, and `dir` wherever a text that runs from
    right to left is near, be it this one or the page around it."""
    directions = {direction(code), direction(get_language() or SOURCE)}
    return {"lang": code} | ({"dir": direction(code)} if RIGHT_TO_LEFT in directions else {})


def marked(code):
    """The same as text, for templates and for HTML made in Python; empty where there is no code."""
    return flatatt(marking(code)) if code else ""
