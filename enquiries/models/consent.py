from django.db import models
from django.utils import timezone


class EnquiryConsent(models.Model):
    """One answer to one question of consent, with the words that were shown. Never edited: a change of mind is asked
    for and answered again."""

    class Kind(models.TextChoices):
        EMAIL = "email", "News by e-mail"
        TELEPHONE = "telephone", "News by telephone"

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12, choices=Kind)
    given = models.BooleanField()
    wording = models.TextField(help_text="As it was shown.")
    language = models.CharField(max_length=12, help_text="Of the wording.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "kind"], name="consent_once_an_enquiry_and_kind")
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {'yes' if self.given else 'no'}"
