from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Stage(models.TextChoices):
    """Where an enquiry stands, in the words of the national enquiry tool."""

    NEW = "new", "New"
    AWAITING = "awaiting-response", "Awaiting response from investor"
    DIALOGUE = "engaged-in-dialogue", "Engaged in dialogue"
    NON_RESPONSIVE = "non-responsive", "Non-responsive"
    NON_FDI = "non-fdi", "Non-FDI"
    ADDED_TO_DATA_HUB = "added-to-data-hub", "Added to Data Hub"
    SENT_TO_POST = "sent-to-post", "Sent to post"
    POST_PROGRESSING = "post-progressing", "Post progressing"
    NON_APPLICABLE = "non-applicable", "Non-applicable"
    NURTURE = "nurture-awaiting-response", "Nurture, awaiting response"


WAITING = frozenset({Stage.AWAITING, Stage.NURTURE})
CLOSING = frozenset({Stage.NON_RESPONSIVE, Stage.NON_FDI, Stage.NON_APPLICABLE, Stage.ADDED_TO_DATA_HUB})
WITH_POST = frozenset({Stage.SENT_TO_POST, Stage.POST_PROGRESSING})


class StageChange(models.Model):
    """An enquiry moved from one stage to another. Append-only, kept so by a database trigger; the first row of an
    enquiry comes from nowhere, when it was received."""

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField("from", max_length=32, choices=Stage, blank=True)
    to_stage = models.CharField("to", max_length=32, choices=Stage)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_stage=F("to_stage")), name="stage_change_changes_something"
            ),
        ]

    def __str__(self):
        return f"{self.get_from_stage_display() or 'Received'} → {self.get_to_stage_display()}"
