from django.db import models
from django.db.models import Q

from publishing.fields import LineField


class SectorQuerySet(models.QuerySet):
    def offered(self):
        """Sectors that the form still offers."""
        return self.filter(retired_at__isnull=True)

    def get_by_natural_key(self, key):
        return self.get(key=key)


class Sector(models.Model):
    """What an investor works in. Retired rather than deleted: old enquiries keep theirs."""

    key = models.SlugField(max_length=40, unique=True)
    name = LineField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the form.")
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text="From then on the form offers it no more."
    )

    objects = SectorQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(condition=~Q(name_en="") & Q(name_en__isnull=False), name="sector_named"),
        ]

    def __str__(self):
        return self.name_en or self.key

    def natural_key(self):
        return (self.key,)
