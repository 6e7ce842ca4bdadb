"""Where texts name a figure, so that nobody deletes or renames one that a text needs."""

from collections import defaultdict

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from publishing import languages
from publishing.fields import RichTextField
from publishing.models import Edition
from publishing.models.publishable import column, publishable_models, translated_fields
from publishing.text.tokens import FIGURE, keys_of


def uses_of(keys):
    """{key: places}, for the keys that a working copy names, or an edition that is live or scheduled."""
    keys, places = set(keys), defaultdict(dict)
    if keys:
        for text, place in [*_of_working_copies(keys), *_of_editions(keys)]:
            for key in keys_of(FIGURE, [text]) & keys:
                places[key][place] = True
    return {key: list(found) for key, found in places.items()}


def sentence(figure, places):
    return f"“{figure}” is named in {'; '.join(places)}. Take {{{{figure:{figure.key}}}}} out of there first."


def _pattern(keys):
    return rf"\{{\{{\s*{FIGURE}:({'|'.join(sorted(keys))})\s*\}}\}}"


def _of_working_copies(keys):
    for model in publishable_models():
        names = [
            column(name, code)
            for name in translated_fields(model)
            if isinstance(model._meta.get_field(name), RichTextField)
            for code in languages.codes()
        ]
        words = {
            f"words_of_{name}": Cast(name, TextField()) for name in names
        }  # as it stands, not as HTML typed
        named = Q(*((f"{word}__regex", _pattern(keys)) for word in words), _connector=Q.OR)
        for record in model._default_manager.annotate(**words).filter(named) if names else []:
            for name in names:
                field = model._meta.get_field(name)
                yield getattr(record, name), _place(record, field.language, "working copy")


def _of_editions(keys):
    now = timezone.now()
    open_ended = Q(live__endswith__isnull=True) | Q(live__endswith__gt=now)
    rows = Edition.objects.filter(open_ended).exclude(live__isempty=True).prefetch_related("record")
    for edition in rows.annotate(words=Cast("texts", TextField())).filter(words__regex=_pattern(keys)):
        state = "live" if edition.live.lower <= now else "scheduled"
        yield edition.words, _place(edition.record, edition.language, state)


def _place(record, language, state):
    name = languages.english_name(language)
    return f"{record._meta.verbose_name} “{record}”, {name} ({state})"
