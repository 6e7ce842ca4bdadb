from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone

from publishing.search import Bigrams, matching


class EditionQuerySet(models.QuerySet):
    def live(self, at=None):
        """Editions that readers have at that moment."""
        return self.filter(live__contains=at or timezone.now())

    def of(self, record):
        record_type = ContentType.objects.get_for_model(record, for_concrete_model=True)
        return self.filter(record_type=record_type, record_id=record.pk)

    def search(self, words):
        """Editions that hold every one of the words, in any script, also inside longer words."""
        return self.filter(matching(words))


class Edition(models.Model):
    """One published text of one record in one language: what the public reads.

    Insert-only, kept so by a database trigger: only `live`, `expires_at` and `reviewed_at` change. The database refuses
    two editions of a record and language that are live at one instant. A window that was cancelled before it began is
    empty.
    """

    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField(help_text="Rising within the record and language.")
    texts = models.JSONField(help_text="{field: text}")
    made_from = models.JSONField(help_text="{field: the source text it was made from}")
    title = models.TextField()
    plain = models.TextField(help_text="All words in lower case, for search.")
    search = models.GeneratedField(
        expression=Bigrams("plain"), output_field=SearchVectorField(), db_persist=True
    )
    live = DateTimeRangeField()
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="The end that was asked for; a later edition may end it sooner."
    )
    reviewed_at = models.DateTimeField(
        default=timezone.now, help_text="When somebody last said that this text is right for readers."
    )
    act = models.UUIDField(db_index=True, help_text="The same act: published together.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        permissions = [("publish", "Can publish and withdraw")]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "language", "number"], name="edition_number_once"
            ),
            ExclusionConstraint(
                name="one_live_edition_at_any_instant",
                expressions=[
                    ("record_type", RangeOperators.EQUAL),
                    ("record_id", RangeOperators.EQUAL),
                    ("language", RangeOperators.EQUAL),
                    ("live", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index("language", Upper("live"), Lower("live"), name="edition_bounds"),
            GinIndex(fields=["search"], name="edition_search"),
        ]

    def __str__(self):
        return f"{self.title} ({self.language}, {self.number})"
