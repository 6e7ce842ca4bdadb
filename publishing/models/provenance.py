from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import MD5


class Provenance(models.Model):
    """The source text that one field's translation was made from, and whether somebody has reviewed it.

    A translation is stale when the md5 here differs from that of the source column: reckoned by comparison,
    so a change by update(), COPY or SQL is seen too.
    """

    class State(models.TextChoices):
        UNREVIEWED = "unreviewed", "unreviewed"
        FINAL = "final", "final"

    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    field = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    made_from = models.TextField(help_text="The source text as it was when this translation was made.")
    md5 = models.GeneratedField(
        expression=MD5("made_from"), output_field=models.CharField(max_length=32), db_persist=True
    )
    state = models.CharField(max_length=12, choices=State, default=State.FINAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "field", "language"],
                name="one_provenance_a_field_and_language",
            )
        ]

    def __str__(self):
        return f"{self.field} ({self.language})"
