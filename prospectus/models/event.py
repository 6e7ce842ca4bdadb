from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from opportunities.models import District, Site
from opportunities.models.theme import SlugQuerySet
from partners.models import Organisation
from publishing.fields import LineField, ProseField
from publishing.models import Publishable


def known_zone(name):
    if name not in available_timezones():
        raise ValidationError("“%(name)s” is not a time zone. Example: Europe/London.", params={"name": name})


class Event(Publishable):
    """A meeting people can come to. Stored in UTC with the zone in which it takes place."""

    summary = ProseField()
    venue = LineField(max_length=200)
    address = LineField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40, default="Europe/London", validators=[known_zone])
    series = models.SlugField(max_length=80, blank=True)
    organiser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    venue_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    district = models.CharField(max_length=12, choices=District)
    postcode = models.CharField(max_length=10, blank=True)
    booking_required = models.BooleanField(default=False)
    cost = models.PositiveIntegerField("cost, £", null=True, blank=True)
    held_in = models.CharField(max_length=40, blank=True, help_text="Language codes with commas: en, ko.")
    sources = models.ManyToManyField("opportunities.Source", blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Staff only.")

    required_texts = ("title", "summary", "venue")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["starts_at", "slug"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_starts",
                violation_error_message="The event must end after it starts.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("prospectus:event", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    @property
    def is_past(self):
        return self.ends_at < timezone.now()
