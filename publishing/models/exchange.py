import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Import(models.Model):
    """A file of translations that came back: what it would do to each text and, once applied, the text from before.

    A dry run changes nothing but itself. What was applied can be undone, text by text, while nobody has changed it
    since. Every Act of the import shares `act`.
    """

    class Stage(models.TextChoices):
        DRY_RUN = "dry run", "dry run"
        APPLIED = "applied", "imported"
        UNDONE = "undone", "undone"

    language = models.CharField(max_length=12)
    file_name = models.CharField(max_length=200)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRY_RUN)
    rows = models.JSONField(
        help_text="One a text: what it is of, what would happen, the texts before and after."
    )
    act = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="dry run", applied_at__isnull=True, undone_at__isnull=True)
                | Q(stage="applied", applied_at__isnull=False, undone_at__isnull=True)
                | Q(stage="undone", applied_at__isnull=False, undone_at__isnull=False),
                name="an_import_is_applied_before_it_is_undone",
            )
        ]
        indexes = [models.Index(fields=["language", "-at"], name="import_of_language")]

    def __str__(self):
        return f"{self.file_name} ({self.language}), {self.at:%d %B %Y}"
