from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opportunities.models import Opportunity
from opportunities.models.theme import SlugQuerySet
from partners.models import DelegationVisit, Memorandum, Organisation
from publishing.fields import ProseField, RichTextField
from publishing.models import Publishable
from publishing.partial_dates import PartialDateField


class NewsItem(Publishable):
    """Something that happened, dated as precisely as the source allows."""

    class Category(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("Announcement")
        INVESTMENT = "investment", _("Investment")
        PARTNERSHIP = "partnership", _("Partnership")
        PLACE = "place", _("Place")

    standfirst = ProseField(help_text="One sentence.")
    body = RichTextField(figures="opportunities.Figure")
    date = PartialDateField()
    category = models.CharField(max_length=20, choices=Category)
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="+")
    opportunities = models.ManyToManyField(Opportunity, blank=True, related_name="+")
    memoranda = models.ManyToManyField(Memorandum, blank=True, related_name="+")
    visits = models.ManyToManyField(DelegationVisit, blank=True, related_name="+")
    sources = models.ManyToManyField("opportunities.Source", blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Staff only.")

    required_texts = ("title", "standfirst", "body")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-date", "slug"]

    def get_absolute_url(self):
        return reverse("prospectus:news_item", args=[self.slug])

    def natural_key(self):
        return (self.slug,)
