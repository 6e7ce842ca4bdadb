from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class Act(models.Model):
    """What somebody did to a record's texts: by whom, when and why. Append-only, kept so by a database trigger.

    Rows that share `act` were one decision: several languages, or several records, published together.
    """

    class Verb(models.TextChoices):
        EDITED = "edited", "edited"
        IMPORTED = "imported", "imported"
        STILL_RIGHT = "still right", "said to be still right"
        MINOR = "minor edit", "said to be a minor edit"
        SUBMITTED = "submitted", "submitted for review"
        APPROVED = "approved", "approved"
        SENT_BACK = "sent back", "sent back"
        DISCARDED = "discarded", "discarded from the working copy"
        RESTORED = "restored", "restored into the working copy"
        PUBLISHED = "published", "published"
        SCHEDULED = "scheduled", "scheduled"
        UNSCHEDULED = "unscheduled", "taken off the schedule"
        EXPIRY_SET = "expiry set", "expiry set"
        WITHDRAWN = "withdrawn", "withdrawn"
        REVIEWED = "reviewed", "reviewed as published"
        REVIEW_SET = "review set", "review date set"
        ASSIGNED = "assigned", "assigned"
        PREVIEW_SHARED = "preview shared", "shared by a preview link"
        PREVIEW_REVOKED = "preview revoked", "preview link revoked"

    act = models.UUIDField(db_index=True)
    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    language = models.CharField(max_length=12)
    field = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["record_type", "record_id", "-at"], name="act_of_record"),
            models.Index(fields=["by", "-at"], name="act_by_whom"),
        ]

    def __str__(self):
        return f"{self.get_verb_display()} ({self.language}), {self.at:%d %B %Y}"
