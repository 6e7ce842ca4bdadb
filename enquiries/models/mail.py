from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

TRY_FOR = timedelta(days=14)


class EnquiryMailQuerySet(models.QuerySet):
    def due(self):
        """Queued, not sent, and not yet given up."""
        return self.filter(sent_at__isnull=True, queued_at__gt=timezone.now() - TRY_FOR)


class EnquiryMail(models.Model):
    """A mail of the system about an enquiry: written whole when it is queued, sent by a job. Sent when `sent_at` says
    so, which stops no clock of ours: only a person's answer does."""

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement to the investor"
        NOTICE = "notice", "Notice to the officers"

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=16, choices=Kind)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(
        max_length=200, unique=True, help_text="Fixed when queued: a repeat carries it too."
    )
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = EnquiryMailQuerySet.as_manager()

    class Meta:
        ordering = ["queued_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "kind"], name="mail_once_an_enquiry_and_kind")
        ]
        indexes = [models.Index(fields=["queued_at"], condition=Q(sent_at__isnull=True), name="mail_unsent")]

    def __str__(self):
        return f"{self.get_kind_display()}, {'sent' if self.sent_at else 'not sent'}"
