"""The list of opportunities: its filters and its orders."""

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from opportunities.models import District, Opportunity, OpportunityTheme
from prospectus.filters.facets import FacetedFilterSet, FacetFilter

MILLION = 1_000_000
VALUE_BANDS = [
    ("under-50m", _("Under £50m"), Q(upper_value__lt=50 * MILLION)),
    ("50m-500m", _("£50m to £500m"), Q(upper_value__gte=50 * MILLION, upper_value__lte=500 * MILLION)),
    ("over-500m", _("Over £500m"), Q(upper_value__gt=500 * MILLION)),
    ("none", _("No value published"), Q(upper_value__isnull=True)),
]
MOST_CHOSEN = 50
AS_CHOSEN = ""
ORDERS = [
    ("value", _("Value, largest first")),
    ("value-up", _("Value, smallest first")),
    ("jobs", _("Jobs, most first")),
    ("stage", _("Stage, most advanced first")),
    ("title", _("Name")),
]


def of_theme(slug):
    rows = OpportunityTheme.objects.filter(theme__slug=slug)
    return Q(pk__in=rows.values("opportunity"))


def of_band(value):
    return next(condition for key, _label, condition in VALUE_BANDS if key == value)


class OpportunityFilter(FacetedFilterSet):
    """The upper end of a range decides its band and its place in the order.

    `o=slug&o=slug` is a shortlist that somebody made for the reader: exactly those, in that order unless they ask for
    another, and those that are readable in the source language only as well, each marked so.
    """

    theme = FacetFilter(label=_("Theme"), choices=[], condition=of_theme)
    value = FacetFilter(label=_("Value"), choices=[band[:2] for band in VALUE_BANDS], condition=of_band)
    stage = FacetFilter(
        label=_("Stage"), choices=Opportunity.Stage.choices, condition=lambda value: Q(stage=value)
    )
    district = FacetFilter(
        label=_("Place"),
        choices=[choice for choice in District.choices if choice[0] != District.OUTSIDE],
        condition=lambda value: Q(district=value),
    )
    sort = ChoiceFilter(choices=ORDERS)

    class Meta:
        model = Opportunity
        fields = []

    def __init__(self, data, *, language, choices):
        queryset = Opportunity.objects.facts().annotate(upper_value=Coalesce("value_max", "value_min"))
        given = data.getlist("o")[:MOST_CHOSEN] if hasattr(data, "getlist") else []
        self.chosen = list(dict.fromkeys(given))
        if self.chosen:
            queryset = queryset.filter(slug__in=self.chosen)
        super().__init__(data, queryset=queryset, language=language, choices=choices)

    @property
    def with_fallback(self):
        return bool(self.chosen) or super().with_fallback

    def shortlist(self):
        """The slugs of the chosen opportunities that can be read, in the given order, whatever else is filtered."""
        found = set(self.queryset.readable_with_fallback(self.language).values_list("slug", flat=True))
        return [slug for slug in self.chosen if slug in found]

    @property
    def order(self):
        return self.form.cleaned_data.get("sort") or (AS_CHOSEN if self.chosen else "value")

    @property
    def orders(self):
        return [(AS_CHOSEN, _("As chosen for you")), *ORDERS] if self.chosen else ORDERS

    def ordered_rows(self):
        """The rows in the reader's order; ties by the title as shown."""
        places = [When(slug=slug, then=Value(place)) for place, slug in enumerate(self.chosen)]
        first = {
            AS_CHOSEN: Case(*places, default=Value(MOST_CHOSEN)).asc(),
            "value": F("upper_value").desc(nulls_last=True),
            "value-up": F("upper_value").asc(nulls_last=True),
            "jobs": F("all_jobs").desc(nulls_last=True),
            "stage": F("stage_place").desc(),
            "title": F("shown_title").asc(),
        }[self.order]
        rows = with_order_columns(self.rows()).with_shown_title(self.language)
        return rows.order_by(first, "shown_title", "slug")


def with_order_columns(queryset):
    """Annotates `all_jobs` (empty where none is published) and `stage_place`."""
    kinds = ("jobs_direct", "jobs_indirect", "jobs_construction", "jobs_apprenticeships")
    total = sum((Coalesce(kind, Value(0)) for kind in kinds), Value(0))
    stages = [When(stage=stage, then=Value(place)) for place, stage in enumerate(Opportunity.Stage.values)]
    return queryset.annotate(
        all_jobs=NullIf(total, Value(0)),
        stage_place=Case(*stages, default=Value(0), output_field=IntegerField()),
    )
