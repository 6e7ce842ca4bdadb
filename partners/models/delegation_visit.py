from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opportunities.models import Site
from opportunities.models.theme import SlugQuerySet
from publishing.fields import LineField, ProseField
from publishing.models import Publishable
from publishing.partial_dates import PartialDateField

from .organisation import Organisation
from .person import Person


class DelegationVisit(Publishable):
    """A delegation that comes to the city region (inbound) or goes from it (outbound). Dates are local."""

    class Direction(models.TextChoices):
        INBOUND = "inbound", _("To the city region")
        OUTBOUND = "outbound", _("From the city region")

    reference = models.CharField(
        max_length=20, unique=True, help_text="DV-2026-0001; the year is that of its start."
    )
    outcomes = ProseField(blank=True, help_text="One a line.")
    direction = models.CharField(max_length=8, choices=Direction)
    starts = PartialDateField()
    ends = PartialDateField(blank=True)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="visits_led")
    organisations = models.ManyToManyField(Organisation, through="VisitOrganisation", related_name="visits")
    people = models.ManyToManyField(Person, through="VisitPerson", related_name="visits")
    headcount = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_note = models.TextField(blank=True, help_text="Staff only.")
    sources = models.ManyToManyField("opportunities.Source", blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Staff only.")
    confidence = models.CharField(max_length=8, blank=True)

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-starts", "slug"]

    def get_absolute_url(self):
        return reverse("prospectus:partnerships") + f"#{self.slug}"

    def natural_key(self):
        return (self.slug,)


class VisitOrganisation(models.Model):
    """An organisation that takes part in a visit."""

    visit = models.ForeignKey(DelegationVisit, on_delete=models.CASCADE, related_name="organisation_rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "organisation"], name="organisation_once_a_visit")
        ]

    def __str__(self):
        return str(self.organisation)


class VisitPerson(models.Model):
    """A person who takes part in a visit. Protocol order is the position."""

    visit = models.ForeignKey(DelegationVisit, on_delete=models.PROTECT, related_name="person_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["visit", "person"], name="person_once_a_visit")]

    def __str__(self):
        return str(self.person)


class VisitStop(models.Model):
    """One stop of a visit: where, with whom and what for. Its purpose is a fact in every language."""

    visit = models.ForeignKey(DelegationVisit, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField(default=0)
    date = PartialDateField(blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = LineField(max_length=250)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.purpose_en or ""
