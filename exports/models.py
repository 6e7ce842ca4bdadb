from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ExportLog(models.Model):
    """One download of rows: who, when, what, with which filters, how many. Written before the first byte leaves;
    without `finished_at` it broke off, and `rows` is how many had gone by then."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=100)
    filters = models.TextField(blank=True, help_text="As they stood in the address of the list.")
    file_name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "export"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="export_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(rows__isnull=False),
                name="export_finished_with_its_count",
            )
        ]

    def __str__(self):
        return self.file_name

    def close(self, rows, *, whole):
        """Record how many rows went out, and whether that was all of them."""
        self.rows = rows
        self.finished_at = timezone.now() if whole else None
        self.save(update_fields=["rows", "finished_at"])
