"""Filters whose choices carry the number of rows that the list shows when the choice is ticked.

Within one facet ticked choices widen the list, between facets they narrow it. All numbers of a page come from one
query.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet, MultipleChoiceFilter

from publishing.search import words_of

MOST_CHARACTERS = 200


@dataclass(frozen=True)
class Choice:
    value: str
    label: object
    ticked: bool
    rows: int

    @property
    def unavailable(self):
        """Nothing would show, and it is not ticked: no use in offering it."""
        return self.rows == 0 and not self.ticked


@dataclass(frozen=True)
class Facet:
    name: str
    legend: object
    choices: list


class FacetFilter(MultipleChoiceFilter):
    """A facet: `conditions` gives the condition on rows for one of its values."""

    def __init__(self, *, condition, **kwargs):
        super().__init__(**kwargs)
        self.condition = condition

    def any_of(self, values):
        condition = Q(pk__in=[]) if values else Q()
        for value in values:
            condition |= self.condition(value)
        return condition


class FacetedFilterSet(FilterSet):
    """A list's filters, the only reader of its query string. What it does not understand is ignored and said so."""

    q = CharFilter(label=_("Words"), max_length=MOST_CHARACTERS)

    def __init__(self, data, *, queryset, language, choices=None):
        super().__init__(data, queryset=queryset)
        self.language = language
        for name, values in (choices or {}).items():
            self.filters[name].extra["choices"] = values
        self.understood = self.form.is_valid()

    @property
    def with_fallback(self):
        """Rows shown in the source language are included, because the reader asked for them."""
        return self.data.get("in") == "all"

    @property
    def words(self):
        return words_of(self.form.cleaned_data.get("q") or "")

    def ticked(self, name):
        return self.form.cleaned_data.get(name) or []

    def facet_filters(self):
        return {name: filter_ for name, filter_ in self.filters.items() if isinstance(filter_, FacetFilter)}

    def _without_facets(self, fallback):
        rows = (
            self.queryset.readable_with_fallback(self.language)
            if fallback
            else self.queryset.readable_in(self.language)
        )
        return rows.saying(self.words, self.language, fallback=fallback) if self.words else rows

    def rows(self, fallback=None):
        """Rows that match everything, in this language, or with the source language's where asked."""
        rows = self._without_facets(self.with_fallback if fallback is None else fallback)
        for name, filter_ in self.facet_filters().items():
            rows = rows.filter(filter_.any_of(self.ticked(name)))
        return rows

    def facets(self):
        """Every facet with its choices and their numbers, in one query."""
        filters = self.facet_filters()
        in_force = {name: filter_.any_of(self.ticked(name)) for name, filter_ in filters.items()}
        counts = {}
        for name, filter_ in filters.items():
            others = Q()
            for other, condition in in_force.items():
                if other != name:
                    others &= condition
            for place, (value, _label) in enumerate(filter_.extra["choices"]):
                ticked = {*self.ticked(name), value}
                counts[f"{name}_{place}"] = Count("pk", filter=others & filter_.any_of(ticked))
        numbers = self._without_facets(self.with_fallback).aggregate(**counts)
        return [
            Facet(
                name,
                filter_.label,
                [
                    Choice(value, label, value in self.ticked(name), numbers[f"{name}_{place}"])
                    for place, (value, label) in enumerate(filter_.extra["choices"])
                ],
            )
            for name, filter_ in filters.items()
        ]

    def chips(self):
        """What is in force: (facet name, value, label) for each, so that it can be taken away."""
        chips = [("q", typed, typed) for typed in [self.form.cleaned_data.get("q")] if typed]
        for name, filter_ in self.facet_filters().items():
            chips += [
                (name, value, label)
                for value, label in filter_.extra["choices"]
                if value in self.ticked(name)
            ]
        return chips
