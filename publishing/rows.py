"""Rows that name a record by its type and key (editions, acts, desks): those of many records, of any models."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q


def of_records(records):
    """The condition that a row is of one of the records; of no records, that it is none."""
    keys = defaultdict(set)
    for record in records:
        keys[ContentType.objects.get_for_model(record)].add(record.pk)
    condition = Q()
    for record_type, ids in keys.items():
        condition |= Q(record_type=record_type, record_id__in=ids)
    return condition if keys else Q(pk__in=[])


def key_of(record):
    return type(record), record.pk


def key_of_row(row):
    """(model, pk) of the record that a row is of, without loading it."""
    return ContentType.objects.get_for_id(row.record_type_id).model_class(), row.record_id
