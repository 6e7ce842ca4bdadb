from django.conf import settings
from django.db import models
from django.db.models import Q


class Archivable(models.Model):
    """Archived rather than deleted, with by, when and why."""

    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    archived_why = models.TextField("why archived", blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_why="")
                | (Q(archived_at__isnull=False) & ~Q(archived_why="")),
                name="%(app_label)s_%(class)s_archived_with_reason",
                violation_error_message="Archiving needs a date and a reason.",
            )
        ]
