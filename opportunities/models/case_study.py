from django.db import models
from django.urls import reverse

from publishing.fields import ProseField, RichTextField
from publishing.models import Publishable

from .theme import SlugQuerySet


class CaseStudy(Publishable):
    """What an investor or an institution has done here already."""

    summary = ProseField()
    body = RichTextField(blank=True, figures="opportunities.Figure")
    lesson = ProseField(blank=True, help_text="One sentence that an investor takes away.")
    year_established = models.PositiveSmallIntegerField(null=True, blank=True)
    themes = models.ManyToManyField("Theme", blank=True, related_name="case_studies")
    site = models.ForeignKey(
        "Site", on_delete=models.PROTECT, null=True, blank=True, related_name="case_studies"
    )
    sources = models.ManyToManyField("Source", blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Doubts and readings. Staff only.")
    position = models.PositiveSmallIntegerField(default=0)

    required_texts = ("title", "summary")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name_plural = "case studies"
        ordering = ["position", "slug"]

    def get_absolute_url(self):
        return reverse("prospectus:case_study", args=[self.slug])

    def natural_key(self):
        return (self.slug,)
