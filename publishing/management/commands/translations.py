"""How every translated text stands: a line, or a JSON object, for each record, language and field."""

import json
from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from publishing import languages
from publishing.models.publishable import publishable_models, translated_fields
from publishing.translations.state import CURRENT, MISSING, STALE, UNREVIEWED, states_of

STATES = (MISSING, STALE, UNREVIEWED, CURRENT)
AT_ONCE = 200  # records held in memory
COLUMNS = ("model", "slug", "language", "field", "state")


class Command(BaseCommand):
    help = (
        "Lists how each translated text stands: missing, stale, unreviewed or current. Tab-separated: model, slug, "
        "language, field, state. A field that is empty in the source and in the translation is left out."
    )

    def add_arguments(self, parser):
        parser.add_argument("--language", help=f"Only this one: {', '.join(languages.translations())}.")
        parser.add_argument("--state", help=f"Only this one: {', '.join(STATES)}.")
        parser.add_argument("--model", help="Only records of this model: opportunities.opportunity.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line.")

    def handle(self, *args, language, state, model, **options):
        codes = _one_of(languages.translations(), language, "language")
        wanted = _one_of(STATES, state, "state")
        known = {one._meta.label_lower: one for one in publishable_models()}
        labels = _one_of(sorted(known), model and model.lower(), "model")
        written = _as_json if options["json"] else "\t".join
        for label in labels:
            for row in _texts(known[label], codes):
                if row[-1] in wanted:
                    self.stdout.write(written(row))


def _one_of(known, asked, name):
    """What was asked for, or everything when nothing was."""
    if asked is None:
        return list(known)
    if asked == languages.SOURCE:
        name = languages.english_name(asked)
        raise CommandError(f"{name} is the source language: nothing is translated into it.")
    if asked not in known:
        raise CommandError(f"There is no {name} “{asked}”. Choose one of: {', '.join(known)}.")
    return [asked]


def _texts(model, codes):
    records = model._default_manager.order_by("slug", "pk").iterator(chunk_size=AT_ONCE)
    while batch := list(islice(records, AT_ONCE)):
        states = states_of(batch)
        for record in batch:
            for code in codes:
                for name in translated_fields(model):
                    state = states[record.pk][code][name]
                    if state:
                        yield model._meta.label_lower, record.slug, code, name, state


def _as_json(row):
    return json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False)
