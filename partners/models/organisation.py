from django.db import models
from django.db.models import Q

from opportunities.models.source import KeyManager
from publishing.fields import LineField

from .archiving import Archivable


class Organisation(Archivable):
    """A company, university, authority or other body that we know. Its names are facts in every language."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", "University"
        COMPANY = "company", "Company"
        GOVERNMENT = "government", "Government"
        NHS = "nhs", "NHS"
        RESEARCH = "research", "Research body"
        NETWORK = "network", "Network"
        CITY = "city", "City"
        INVESTOR = "investor", "Investor"

    key = models.SlugField(max_length=80, unique=True)
    name = LineField(max_length=200)
    role = LineField(max_length=250, blank=True, help_text="What it is to the city region, in a few words.")
    kind = models.CharField(max_length=12, choices=Kind)
    country = models.CharField(max_length=2, help_text="Of headquarters or seat: ISO 3166-1, two letters.")
    source_note = models.TextField(blank=True, help_text="Staff only.")

    objects = KeyManager()

    class Meta(Archivable.Meta):
        ordering = ["key"]
        constraints = [
            *Archivable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name_en="") & Q(name_en__isnull=False), name="organisation_named"
            ),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="organisation_country_is_iso"
            ),
        ]

    def __str__(self):
        return self.name_en or self.key

    def natural_key(self):
        return (self.key,)
