from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

LIFE = timedelta(days=7)


def a_week_from_now():
    return timezone.now() + LIFE


class PreviewLink(models.Model):
    """Lets somebody without an account read one record's text in one language, as it was when the link was made.

    It opens nothing else, ends after seven days, and can be revoked. The address is signed rather than stored.
    """

    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    language = models.CharField(max_length=12)
    texts = models.JSONField(help_text="{field: text}, a copy.")
    why = models.CharField("for whom", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=a_week_from_now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("at"))
                & Q(expires_at__lte=F("at") + LIFE + timedelta(minutes=1)),
                name="a_preview_link_lasts_a_week_at_most",
            )
        ]
        indexes = [models.Index(fields=["record_type", "record_id"], name="preview_of_record")]

    def __str__(self):
        return f"Preview ({self.language}), {self.at:%d %B %Y}"

    @property
    def is_open(self):
        return self.revoked_at is None and timezone.now() < self.expires_at
