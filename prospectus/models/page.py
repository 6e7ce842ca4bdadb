from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from opportunities.models.theme import SlugQuerySet
from prospectus.setting_tokens import SETTINGS
from publishing import languages
from publishing.fields import ProseField, RichTextField
from publishing.models import Publishable

RESERVED = frozenset(
    "themes opportunities assets case-studies partnerships news events search prospectus.pdf enquire api compare "
    "admin accounts static healthz readyz styleguide sitemap robots feed covers preview".split()
)


def refuse_reserved(slug):
    """Words of the site's own addresses, and its languages."""
    if slug in RESERVED or slug in languages.codes():
        sentence = f"“{slug}” is an address of the site itself. Choose another word."
        raise ValidationError({"slug": sentence})


class Page(Publishable):
    """A page that stands by itself: about, privacy, terms."""

    class Special(models.TextChoices):
        """Pages to which the site adds something of its own."""

        NONE = "", "none"
        LEADERSHIP = "leadership", "the leadership and the Innovation Board"

    summary = ProseField(blank=True, help_text="The lead under the heading.")
    body = RichTextField(figures="opportunities.Figure", settings=SETTINGS)
    special = models.CharField(max_length=12, choices=Special, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    required_texts = ("title", "body")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["position", "slug"]

    def get_absolute_url(self):
        return reverse("prospectus:page", args=[self.slug])

    def clean(self):
        super().clean()
        refuse_reserved(self.slug)

    def natural_key(self):
        return (self.slug,)
