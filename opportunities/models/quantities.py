from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from publishing.fields import LineField
from publishing.partial_dates import PartialDateField

from .source import KeyManager, Source


def exactly_one_of(*names):
    """A condition: one of these foreign keys is set and the others are empty."""
    ways = (Q(**{f"{other}__isnull": other != name for other in names}) for name in names)
    return reduce(or_, ways)


class Quantity(models.Model):
    """A number readers see: what it is, exact or not, its unit, its as-at date and its source.

    Amounts are in the unit's own currency and are never converted.
    """

    class Unit(models.TextChoices):
        GBP = "GBP", "pounds"
        EUR = "EUR", "euros"
        KRW = "KRW", "won"
        JOBS = "jobs", "jobs"
        PEOPLE = "people", "people"
        PERCENT = "percent", "per cent"
        RANK = "rank", "rank"
        YEAR = "year", "year (a date)"
        YEARS = "years", "years (a length)"
        TONNES_PER_YEAR = "tonnes_per_year", "tonnes a year"
        TONNES_PER_DAY = "tonnes_per_day", "tonnes a day"
        ACRES = "acres", "acres"
        SQUARE_FEET = "sq_ft", "square feet"
        SQUARE_METRES = "m2", "square metres"
        KILOMETRES = "km", "kilometres"
        COUNT = "count", "count"
        HOMES = "homes", "homes"
        CARS = "cars", "cars"
        COMPANIES = "companies", "companies"
        PROJECTS = "projects", "projects"
        PATENTS = "patents", "patents"
        PAPERS = "papers", "papers"
        PRODUCTS = "products", "products"
        LINKS = "links", "links"
        PLATFORMS = "platforms", "platforms"
        INSTITUTIONS = "institutions", "institutions"
        PLACES = "places", "places"

    class Qualifier(models.TextChoices):
        EXACT = "exact", "exactly"
        AT_LEAST = "at_least", "at least"
        ABOUT = "about", "about"

    key = models.SlugField(max_length=100, unique=True)
    label = LineField(max_length=200, help_text="What the number is, without the number.")
    qualifier = models.CharField(max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    value_max = models.DecimalField(
        max_digits=20,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Upper end, where the source gives a range.",
    )
    unit = models.CharField(max_length=20, choices=Unit)
    as_at = PartialDateField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, help_text="Doubts and readings. Staff only.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = KeyManager()

    class Meta:
        abstract = True
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_max__isnull=True) | Q(value_max__gt=F("value")),
                name="%(app_label)s_%(class)s_range_rises",
            )
        ]

    def __str__(self):
        return self.label_en or self.key

    def natural_key(self):
        return (self.key,)


class Statistic(Quantity):
    """A headline figure of the whole city region."""

    class Meta(Quantity.Meta):
        verbose_name = "statistic"


class Figure(Quantity):
    """A figure of exactly one record. Rows of facts, not of prose: corrected at once in every language."""

    theme = models.ForeignKey(
        "Theme", on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    opportunity = models.ForeignKey(
        "Opportunity", on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    case_study = models.ForeignKey(
        "CaseStudy", on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    programme = models.ForeignKey(
        "Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )

    class Meta(Quantity.Meta):
        constraints = [
            *Quantity.Meta.constraints,
            models.CheckConstraint(
                condition=exactly_one_of("theme", "opportunity", "case_study", "programme"),
                name="figure_of_exactly_one_record",
                violation_error_message="A figure belongs to exactly one theme, opportunity, case study or programme.",
            ),
        ]
