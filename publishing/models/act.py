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
        PUBLISHED = "published", "published"
        SCHEDULED = "scheduled", "scheduled"
        WITHDRAWN = "withdrawn", "withdrawn"
        RESTORED = "restored", "restored into the working copy"

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
        indexes = [models.Index(fields=["record_type", "record_id", "-at"], name="act_of_record")]

    def __str__(self):
        return f"{self.get_verb_display()} ({self.language}), {self.at:%d %B %Y}"
