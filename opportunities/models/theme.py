from django.db import models
from django.urls import reverse

from publishing.fields import ProseField
from publishing.models import Publishable, PublishableQuerySet


class SlugQuerySet(PublishableQuerySet):
    """Finds a record by its slug, so that fixtures can name it."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Theme(Publishable):
    """One of the fields in which the region offers investment."""

    summary = ProseField(help_text="Three to five sentences.")
    position = models.PositiveSmallIntegerField(default=0)

    required_texts = ("title", "summary")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["position", "slug"]

    def get_absolute_url(self):
        return reverse("prospectus:theme", args=[self.slug])

    def natural_key(self):
        return (self.slug,)
