"""A scope in words, for every copy alike: the page, the files and the document say the same."""

from django.utils import translation
from django.utils.translation import gettext

from reports.display import shown
from reports.tables import Kind


def lines(taken):
    """(label, words) of what a report covers, in its language: parameters, rows, matched, by whom, data as of."""
    scope, language = taken.scope, taken.language
    with translation.override(language):
        return [
            *scope.parameters,
            *_rows(taken),
            (gettext("Made by"), scope.by),
            (gettext("Data as of"), shown(scope.as_of, Kind.MOMENT, language)),
        ]


def _rows(taken):
    """A listing has a row for each record; the rows of a table are groups, which count records."""
    rows, matched = (
        shown(number, Kind.NUMBER, taken.language) for number in (taken.scope.rows, taken.scope.matched)
    )
    if taken.is_listing:
        return [
            (gettext("Rows"), gettext("%(rows)s of %(matched)s matched") % {"rows": rows, "matched": matched})
        ]
    return [(gettext("Rows"), rows), (gettext("Records counted"), matched)]


def notes(taken):
    """What a reader must know of the figures, in the report's language."""
    with translation.override(taken.language):
        return [str(note) for note in taken.content.notes]
