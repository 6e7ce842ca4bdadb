"""From an address to the record it means: readable, moved, withdrawn or unknown."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404

from publishing import languages
from publishing.models import Redirect


class Withdrawn(Exception):
    """The record was published once and is no longer: 410 with a sentence and the way on."""


class Moved(Exception):
    """The record has another address now."""

    def __init__(self, slug):
        self.slug = slug


def find_readable(queryset, slug, language):
    """The record with that slug, readable in the language or in the source language, and the codes in which it is live.

    Raises Moved, Withdrawn, or Http404 when nothing was ever published under the address.
    """
    record = queryset.filter(slug=slug).first()
    states = record.publications() if record else {}
    shown = {states.get(language), states.get(languages.SOURCE)}
    if "live" in shown:
        return record, {code for code, state in states.items() if state == "live"}
    if "withdrawn" in shown:
        raise Withdrawn(slug)
    redirect = Redirect.objects.filter(
        record_type=ContentType.objects.get_for_model(queryset.model), slug=slug
    ).first()
    if redirect is None or (record and redirect.record_id == record.pk):
        raise Http404(slug)
    moved = queryset.model._default_manager.filter(pk=redirect.record_id).only("slug").first()
    if moved is None:
        raise Withdrawn(slug)
    raise Moved(moved.slug)
