from django.db import models

from publishing.fields import LineField, ProseField
from publishing.models import Publishable
from publishing.partial_dates import PartialDateField

from .theme import SlugQuerySet


class Programme(Publishable):
    """Infrastructure, a fund or a support scheme that stands behind the opportunities."""

    summary = ProseField()
    funding = LineField(max_length=200, blank=True, help_text="Who pays, in words.")
    kind = models.CharField(max_length=40)
    themes = models.ManyToManyField("Theme", blank=True, related_name="programmes")
    value = models.BigIntegerField("value, £", null=True, blank=True)
    starts = PartialDateField(blank=True)
    ends = PartialDateField(blank=True)
    sources = models.ManyToManyField("Source", blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Doubts and readings. Staff only.")
    position = models.PositiveSmallIntegerField(default=0)

    required_texts = ("title", "summary")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["position", "slug"]

    def natural_key(self):
        return (self.slug,)
