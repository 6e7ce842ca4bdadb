from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language_info

from publishing import languages


def translate_permission(code):
    """The codename of the permission to translate into a language: translate_ko, translate_pt_br."""
    return f"translate_{code.replace('-', '_')}"


class Desk(models.Model):
    """Where the working copy of one record and language stands among the staff, beside what can be reckoned.

    A review is of one text: `text_md5` is its fingerprint, and once the working copy has another the review no longer
    stands. Whether the copy has changed at all is reckoned, never stored.
    """

    class Stage(models.TextChoices):
        NONE = "", "not submitted"
        IN_REVIEW = "in review", "in review"
        APPROVED = "approved", "approved"

    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    language = models.CharField(max_length=12)
    stage = models.CharField(max_length=12, choices=Stage, blank=True, default=Stage.NONE)
    text_md5 = models.CharField(max_length=32, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    review_by = models.DateField(
        null=True, blank=True, help_text="When somebody looks at the published text again."
    )

    class Meta:
        permissions = [
            (
                translate_permission(code),
                f"Can translate into {get_language_info(code)['name']} at the translator's desk",
            )
            for code in languages.translations()
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "language"], name="one_desk_a_record_and_language"
            ),
            models.CheckConstraint(
                condition=Q(stage="", text_md5="", moved_at__isnull=True)
                | ~Q(stage="") & ~Q(text_md5="") & Q(moved_at__isnull=False),
                name="a_stage_is_of_a_text_and_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["review_by"], condition=Q(review_by__isnull=False), name="desk_review_by"),
            models.Index(fields=["stage", "moved_at"], condition=~Q(stage=""), name="desk_stage"),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} ({self.language})"
