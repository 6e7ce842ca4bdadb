from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.fields import LineField

from .site import District, Located


class AssetManager(models.Manager):
    def get_by_natural_key(self, number):
        return self.get(number=number)


class Asset(Located):
    """A laboratory, hospital, plant or network on the prospectus chart, known by its number there.

    Its name is a fact in every language.
    """

    class Status(models.TextChoices):
        EXISTING = "existing", _("Existing")
        PIPELINE = "pipeline", _("Pipeline")

    number = models.PositiveSmallIntegerField(unique=True)
    name = LineField(max_length=200)
    kind = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=8, choices=Status)
    themes = models.ManyToManyField("Theme", blank=True, related_name="assets")
    site = models.ForeignKey("Site", on_delete=models.PROTECT, null=True, blank=True, related_name="assets")
    district = models.CharField(max_length=12, choices=District)
    name_confidence = models.CharField(max_length=8, blank=True, help_text="How sure the English name is.")
    note = models.TextField(blank=True, help_text="Staff only.")

    objects = AssetManager()

    class Meta(Located.Meta):
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.name_en}"

    def natural_key(self):
        return (self.number,)
