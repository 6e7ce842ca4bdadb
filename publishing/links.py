"""Where a record is linked from: live texts of other records that lead to its address, and facts that point to it."""

import re
from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import override

from publishing import languages
from publishing.models import Edition, Publishable, Redirect
from publishing.rows import key_of, key_of_row, of_records


@dataclass
class Link:
    """One other record that leads to it. `texts`: codes of the live texts that do; `facts`: names of relations."""

    record: Publishable
    texts: list
    facts: list
    live_in: list


def links_to(record):
    """Every other record that leads to this one: those that readers have first, then by title."""
    texts, facts = _texts_that_lead_to(record), _facts_that_point_to(record)
    others = _loaded({*texts, *facts})
    live = _live_languages(others.values())
    links = [
        Link(other, sorted(texts.get(key, ())), sorted(facts.get(key, ())), live.get(key, []))
        for key, other in others.items()
    ]
    return sorted(links, key=lambda link: (not link.live_in, str(link.record)))


def addresses_of(record):
    """Every address of a record in every language, old ones included; none for a record without a page of its own."""
    if not hasattr(record, "get_absolute_url"):
        return []
    old = Redirect.objects.filter(of_records([record]))
    slugs = dict.fromkeys([record.slug, *old.values_list("slug", flat=True)])
    found = []
    for code in languages.codes():
        with override(code):
            present = record.get_absolute_url()
        found += [_with_slug(present, record.slug, slug) for slug in slugs]
    return found


def _with_slug(address, present, slug):
    before, _present, after = address.rpartition(present)
    return f"{before}{slug}{after}"


def _texts_that_lead_to(record):
    """{(model, pk): {language}} of live editions that hold one of its addresses, the whole of it."""
    addresses = [address.rstrip("/") for address in addresses_of(record)]
    if not addresses:
        return {}
    holds = Q()
    for address in addresses:
        holds |= Q(written__contains=address)
    rows = Edition.objects.live().annotate(written=Cast("texts", TextField())).filter(holds)
    whole = re.compile(rf"(?:{'|'.join(map(re.escape, addresses))})(?![\w-])(?!/[\w-])")
    found = {}
    for edition in rows.only("record_type_id", "record_id", "language"):
        key = key_of_row(edition)
        if key != key_of(record) and whole.search(edition.written):
            found.setdefault(key, set()).add(edition.language)
    return found


def _facts_that_point_to(record):
    """{(model, pk): {name}} of records whose relations, or the link tables between them, point to it."""
    found = {}
    relations = [
        relation
        for relation in record._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation and not relation.concrete
    ]
    through = {relation.field.remote_field.through for relation in relations if relation.many_to_many}
    for relation in relations:
        model, field = relation.related_model, relation.field
        if model._meta.auto_created or model in through:
            continue  # told by the many-to-many relation that it serves
        rows = model._default_manager.filter(**{field.name: record})
        if issubclass(model, Publishable):
            _note(found, model, rows.values_list("pk"), field.verbose_name)
            continue
        for other in _other_publishables(model, field):
            owners = rows.filter(**{f"{other.name}__isnull": False}).values_list(other.attname)
            _note(found, other.related_model, owners, model._meta.verbose_name)
    found.pop(key_of(record), None)
    return found


def _other_publishables(model, field):
    """Foreign keys of a link table to publishable records, the one in question left out."""
    return [
        other
        for other in model._meta.concrete_fields
        if other.is_relation and other != field and other.many_to_one
        if isinstance(other.related_model, type) and issubclass(other.related_model, Publishable)
    ]


def _note(found, model, keys, name):
    for (pk,) in keys:
        found.setdefault((model, pk), set()).add(str(name))


def _loaded(keys):
    found = {}
    for model in {model for model, _pk in keys}:
        rows = model._default_manager.in_bulk([pk for owner, pk in keys if owner is model])
        found |= {(model, pk): row for pk, row in rows.items()}
    return found


def _live_languages(records):
    found = {}
    rows = Edition.objects.live().filter(of_records(records)).order_by()
    for edition in rows.only("record_type_id", "record_id", "language"):
        found.setdefault(key_of_row(edition), []).append(edition.language)
    return {key: sorted(codes, key=languages.codes().index) for key, codes in found.items()}
