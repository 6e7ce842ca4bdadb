"""Filters whose choices know an empty column too: those rows are found under “unknown”, as reports link to them."""

from enquiries.measures import UNKNOWN
from publishing.desk.lists.filters import ColumnFilter

NOT_KNOWN = (UNKNOWN, "Not known")


class KnownOrNotFilter(ColumnFilter):
    """A column of text with choices, or with none: empty."""

    def narrow(self, queryset, value, request):
        return super().narrow(queryset, "" if value == UNKNOWN else value, request)


def known_or_not(name, choices, *, title=None):
    """The filter ?name= over a column with choices, which may be a function that returns them."""

    def lookups(self, request, model_admin):
        return [NOT_KNOWN, *(choices() if callable(choices) else choices)]

    facts = {"parameter_name": name, "title": title or name.replace("_", " "), "column": name}
    return type(f"{name.title().replace('_', '')}Filter", (KnownOrNotFilter,), facts | {"lookups": lookups})
