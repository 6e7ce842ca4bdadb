"""The languages of the site. The first is the source; nothing here or elsewhere assumes that there are two."""

from django.conf import settings
from django.utils.translation import get_language_info

SOURCE = settings.LANGUAGES[0][0]


def codes():
    return [code for code, _ in settings.LANGUAGES]


def translations():
    """Every language but the source."""
    return codes()[1:]


def own_name(code):
    """The language's name in itself: English, 한국어."""
    return dict(settings.LANGUAGES)[code]


def direction(code):
    return "rtl" if get_language_info(code)["bidi"] else "ltr"
