"""What is taken out: one entry for each text that has a source text, with how its translation stands."""

import re
from collections import defaultdict
from dataclasses import dataclass
from hashlib import md5
from typing import NamedTuple

from django.utils.text import capfirst

from publishing import languages
from publishing.fields import RichTextField
from publishing.models.publishable import column, translated_fields
from publishing.translations.glossary import hints
from publishing.translations.state import states_of, texts_of

KEY = re.compile(
    r"(?P<model>[a-z_]+\.[a-z_]+):(?P<slug>[-\w]{1,100}):(?P<field>\w{1,60})"
    r"(?:#(?P<pk>\d{1,18})\.(?P<taken>[0-9a-f]{12}))?"
)
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_TERMS = 10
KEEP_TAGS = "HTML: keep the tags as they are."
KEEP_TOKENS = "Keep {{…}} as it is: a figure or a setting stands there on the page."


class Key(NamedTuple):
    """Which text it is. The slug is the natural key; the number and the text as taken out (`taken`) tell a renamed
    record, another database and an unedited text."""

    model: str
    slug: str
    field: str
    pk: int | None = None
    taken: str = ""

    @classmethod
    def read(cls, text):
        """The key that a file gives, or None: not one of ours."""
        found = KEY.fullmatch((text or "").strip())
        if not found:
            return None
        pk = found["pk"]
        return cls(
            found["model"], found["slug"], found["field"], int(pk) if pk else None, found["taken"] or ""
        )

    @property
    def name(self):
        return f"{self.model}:{self.slug}:{self.field}"

    def __str__(self):
        return f"{self.name}#{self.pk}.{self.taken}" if self.taken else self.name


@dataclass(frozen=True)
class Entry:
    """One text on its way out."""

    key: Key
    record: str
    label: str
    source: str
    target: str
    state: str
    note: str
    is_rich: bool


def carried(text):
    """The text without the few characters that neither format can hold."""
    return NOT_IN_XML.sub("", text)


def fingerprint(field, text):
    """Of a text in the normal form of its field."""
    normal = field.normalise(carried(text))
    return md5(normal.encode(), usedforsecurity=False).hexdigest()[:12]


def entries_of(records, language, states=()):
    """Entries of records of any models, in the order given, for one language; of these states only, if any are given.

    A text whose source is empty is not translated, so it is left out.
    """
    by_model = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record)
    return [
        entry
        for model, members in by_model.items()
        for entry in _entries_of_model(model, members, language, states)
    ]


def _entries_of_model(model, records, language, states):
    found = states_of(records)
    for record in records:
        source, target = texts_of(record, languages.SOURCE), texts_of(record, language)
        for name in translated_fields(model):
            state = found[record.pk][language][name]
            if source[name] and (not states or state in states):
                yield _entry(record, model._meta.get_field(name), source[name], target[name], state, language)


def _entry(record, field, source, target, state, language):
    key = Key(record._meta.label_lower, record.slug, field.name, record.pk, fingerprint(field, target))
    is_rich = isinstance(field, RichTextField)
    return Entry(
        key=key,
        record=str(record),
        label=capfirst(field.verbose_name),
        source=carried(source),
        target=carried(target),
        state=state,
        note=_note(field, source, target, language, is_rich),
        is_rich=is_rich,
    )


def _note(field, source, target, language, is_rich):
    terms = [f"{hint.term}: {hint.suggestion}" for hint in hints(source, target, language)]
    parts = [
        str(field.help_text),
        f"At most {field.max_length} characters." if field.max_length else "",
        KEEP_TAGS if is_rich else "",
        KEEP_TOKENS if "{{" in source else "",
        f"Glossary: {'; '.join(terms[:MOST_TERMS])}." if terms else "",
    ]
    return " ".join(part for part in parts if part)


def longest(model, field, language):
    """How many characters the column holds, or None: any number."""
    return model._meta.get_field(column(field, language)).max_length
