"""The chart and the list of assets: one set of filters for both."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opportunities.models import Asset, District
from prospectus.filters.facets import FacetedFilterSet, FacetFilter
from publishing import languages
from publishing.models.publishable import column

MOST_DIGITS = 4


def of_theme(slug):
    return Q(pk__in=Asset.themes.through.objects.filter(theme__slug=slug).values("asset"))


def named(words):
    """Every word stands in the asset's name, in whichever language, or is its number on the chart."""
    condition = Q()
    for word in words:
        found = Q()
        for code in languages.codes():
            found |= Q(**{f"{column('name', code)}__icontains": word})
        if word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS:
            found |= Q(number=int(word))
        condition &= found
    return condition


class AssetFilter(FacetedFilterSet):
    """Names are facts, so every asset is in the list of every language; its order is the number on the chart."""

    theme = FacetFilter(label=_("Theme"), choices=[], condition=of_theme)
    district = FacetFilter(
        label=_("Place"), choices=District.choices, condition=lambda value: Q(district=value)
    )
    status = FacetFilter(
        label=_("Status"), choices=Asset.Status.choices, condition=lambda value: Q(status=value)
    )

    class Meta:
        model = Asset
        fields = []

    def __init__(self, data, *, language, choices):
        super().__init__(data, queryset=Asset.objects.all(), language=language, choices=choices)

    def _without_facets(self, fallback):
        return self.queryset.filter(named(self.words))
