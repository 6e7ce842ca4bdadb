from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Redirect(models.Model):
    """An address that a published record has left. It leads to the record, not to another address, so there is no chain
    and no loop; where the record is gone the reader is told so (410).

    Written by the database itself (publishing/redirects.py), however the slug is changed or the record deleted.
    """

    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=100)
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record_type", "slug"], name="one_record_an_old_address")
        ]

    def __str__(self):
        return self.slug
