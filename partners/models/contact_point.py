from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from publishing.fields import LineField

from .person import Person


class ContactPointQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(retired_at__isnull=True)


class ContactPoint(models.Model):
    """One way to reach a person: private, and never a column of the person. Retired when it no longer works."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        POST = "post", "Postal address"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(
        max_length=300, help_text="An e-mail address, a number such as +44 151 233 2000, or a postal address."
    )
    label = LineField(max_length=60, blank=True, help_text="Office, mobile, assistant.")
    language = models.CharField(
        "language of correspondence", max_length=12, choices=settings.LANGUAGES, blank=True
    )
    preferred = models.BooleanField(default=False, help_text="The first to try of its kind.")
    source = LineField(max_length=120, blank=True, help_text="Where we have it from: ENQ-2026-0001, a card.")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-preferred", "pk"]
        constraints = [
            models.UniqueConstraint("person", "kind", Lower("value"), name="contact_point_once_a_person"),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(preferred=True), name="contact_point_one_preferred"
            ),
        ]
        indexes = [models.Index("kind", Lower("value"), name="contact_point_value")]

    def __str__(self):
        return self.value


class Consent(models.Model):
    """What a person answered when asked whether we may write or telephone about other things, in the words that were
    shown. Never edited: a change of mind is another row, and the newest of a kind holds."""

    class Kind(models.TextChoices):
        EMAIL = "email", "News by e-mail"
        TELEPHONE = "telephone", "News by telephone"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=12, choices=Kind)
    given = models.BooleanField()
    wording = models.TextField(help_text="As it was shown or said.")
    language = models.CharField(max_length=12, help_text="Of the wording.")
    at = models.DateTimeField(default=timezone.now)
    source = LineField(max_length=120, help_text="Where it was given: ENQ-2026-0001, by telephone.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "source"], name="consent_once_a_source")
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {'yes' if self.given else 'no'}"
