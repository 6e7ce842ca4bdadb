"""Names on the charts, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def chart_places():
    """Names of waters and districts by the key of their anchor in the drawing."""
    return {
        "liverpool-bay": _("Liverpool Bay"),
        "mersey": pgettext("river", "Mersey"),
        "dee": pgettext("river", "Dee"),
        "sefton": _("Sefton"),
        "knowsley": _("Knowsley"),
        "st-helens": _("St Helens"),
        "liverpool": _("Liverpool"),
        "wirral": _("Wirral"),
        "halton": _("Halton"),
    }


def degrees():
    """How longitude and latitude are written at the edge of a chart."""
    return _("{}° W"), _("{}° N")
