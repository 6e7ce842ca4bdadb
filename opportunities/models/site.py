from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.fields import ProseField
from publishing.models import Publishable

from .theme import SlugQuerySet


class District(models.TextChoices):
    """The six boroughs of the city region, and what lies across or beyond them."""

    LIVERPOOL = "liverpool", _("Liverpool")
    WIRRAL = "wirral", _("Wirral")
    SEFTON = "sefton", _("Sefton")
    KNOWSLEY = "knowsley", _("Knowsley")
    ST_HELENS = "st-helens", _("St Helens")
    HALTON = "halton", _("Halton")
    REGION_WIDE = "region-wide", _("Region-wide")
    OUTSIDE = "outside-lcr", _("Outside the city region")


class Precision(models.TextChoices):
    SITE = "site", "within a few hundred metres"
    DISTRICT = "district", "somewhere in the named area"


class Located(models.Model):
    """A place on the chart. Coordinates are WGS84, four decimals, and come with their precision or not at all."""

    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True, precision="")
                | (Q(latitude__isnull=False, longitude__isnull=False) & ~Q(precision="")),
                name="%(app_label)s_%(class)s_located_whole",
                violation_error_message="Give latitude, longitude and precision together, or none of them.",
            )
        ]


class Site(Publishable, Located):
    """A campus, a park or a place: in the region, or a stop of a delegation elsewhere."""

    kind = models.CharField(max_length=40)
    district = models.CharField(max_length=12, choices=District)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    area_acres = models.PositiveIntegerField(null=True, blank=True)
    summary = ProseField(blank=True)
    sources = models.ManyToManyField("Source", blank=True, related_name="+")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["slug"]
        constraints = [*Publishable.Meta.constraints, *Located.Meta.constraints]

    def natural_key(self):
        return (self.slug,)
