from django.db import models

from publishing.fields import LineField
from publishing.partial_dates import PartialDateField


class KeyManager(models.Manager):
    """Finds a row by its key, so that fixtures can name it."""

    def get_by_natural_key(self, key):
        return self.get(key=key)


class Source(models.Model):
    """Where a fact comes from: a document, a page or a report. Named beside the fact wherever readers see it."""

    class Kind(models.TextChoices):
        PROSPECTUS = "prospectus", "our prospectus"
        NEWS = "news", "our news"
        WEB = "web", "elsewhere"

    class Confidence(models.TextChoices):
        HIGH = "high", "high"
        MEDIUM = "medium", "medium"
        LOW = "low", "low"

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    title = LineField(max_length=250, help_text="As the document or page calls itself, in its own language.")
    name = LineField(max_length=120, help_text="What readers are told, short: “Innovation Prospectus, 2022”.")
    publisher = LineField(max_length=120, blank=True, help_text="Who published it, or the site's host.")
    date = PartialDateField(blank=True)
    supports = models.TextField(blank=True, help_text="Which facts it bears out. Staff only.")
    confidence = models.CharField(max_length=8, choices=Confidence, default=Confidence.HIGH)

    objects = KeyManager()

    class Meta:
        ordering = ["kind", "key"]

    def __str__(self):
        return self.name_en or self.title

    def natural_key(self):
        return (self.key,)
