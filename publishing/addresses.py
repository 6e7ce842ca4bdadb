"""From an address to the record it means: readable, moved, withdrawn or unknown; and which addresses none may have."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import Resolver404, resolve

from publishing import languages
from publishing.models import Redirect

ANY = "any-other-slug"
# Addresses that the site keeps for itself beside those it has.
RESERVED = {"opportunity": {"compare"}, "newsitem": {"feed"}, "event": {"feed"}}


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
    states = moved.publications() if moved else {}
    shown = {states.get(language), states.get(languages.SOURCE)}
    if "live" in shown:
        raise Moved(moved.slug)
    if moved is None or "withdrawn" in shown:
        raise Withdrawn(slug)
    raise Http404(slug)


def refuse_taken(model, slug):
    """Refuses a slug under which the site itself has a page: “compare” of an opportunity, “feed” of a news item.

    Asks the address book, so a page that is added to the site later needs no list of words here.
    """
    if slug in RESERVED.get(model._meta.model_name, ()) or _leads_elsewhere(model, slug):
        raise ValidationError(
            "“%(slug)s” is an address of the site itself. Choose another word.", params={"slug": slug}
        )


def _leads_elsewhere(model, slug):
    """Whether the address of such a record with that slug is another page than that of a record with any other."""
    if not hasattr(model, "get_absolute_url"):  # stands on the page of another
        return False
    try:
        found, usual = (resolve(model(slug=one).get_absolute_url().partition("#")[0]) for one in (slug, ANY))
    except Resolver404:
        return True
    return found.view_name != usual.view_name


def formerly_of(record):
    """The other record that was once published under the slug of this one, and whose old address leads there until
    this one is published; None when there is no such record."""
    redirect = (
        Redirect.objects.filter(record_type=ContentType.objects.get_for_model(record), slug=record.slug)
        .exclude(record_id=record.pk)
        .first()
    )
    return redirect and type(record)._default_manager.filter(pk=redirect.record_id).first()
