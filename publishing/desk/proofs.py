"""The proof of a text: how it stands, and what publishing it now would change for readers. Read before the button."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import override

from publishing import languages
from publishing.desk.display import diff, moment, publication, tag, tags, working
from publishing.fields import RichTextField
from publishing.models.publishable import translated_fields
from publishing.publication import missing_texts
from publishing.rows import key_of
from publishing.standing import Standing, standings_of_any
from publishing.text.diffs import word_diff
from publishing.translations.state import MISSING, STALE, UNREVIEWED, states_of, texts_of


@dataclass(frozen=True)
class Change:
    """One field that differs between two texts."""

    label: str
    old: str
    new: str
    rich: bool
    language: str

    @property
    def shown(self):
        return diff(word_diff(self.old, self.new, self.rich), self.language)


def label_of(model, name):
    return capfirst(model._meta.get_field(name).verbose_name)


def is_rich(model, name):
    return isinstance(model._meta.get_field(name), RichTextField)


def changes_between(model, old, new, language):
    """The fields that differ between two {field: text}, in the order of the model."""
    return [
        Change(label_of(model, name), old.get(name, ""), new.get(name, ""), is_rich(model, name), language)
        for name in translated_fields(model)
        if old.get(name, "") != new.get(name, "")
    ]


@dataclass
class Proof:
    """One record in one language, as its staff see it before they publish."""

    record: object
    standing: Standing
    states: dict = field(default_factory=dict)

    @property
    def language(self):
        return self.standing.language

    @property
    def own_name(self):
        return self.standing.own_name

    @property
    def direction(self):
        return languages.direction(self.language)

    @cached_property
    def texts(self):
        return texts_of(self.record, self.language)

    @property
    def readers_have(self):
        """The texts that publishing replaces or, where readers have none, the last that were or will be public."""
        standing = self.standing
        return standing.latest_texts if standing.live_texts is None else standing.live_texts

    @cached_property
    def changes(self):
        """What publishing would change for readers. Empty also where nothing was ever public: see `is_first`."""
        if self.readers_have is None:
            return []
        return changes_between(type(self.record), self.readers_have, self.texts, self.language)

    @cached_property
    def lost(self):
        """What discarding the working copy would lose."""
        latest = self.standing.latest_texts
        return [] if latest is None else changes_between(type(self.record), latest, self.texts, self.language)

    @property
    def is_first(self):
        return self.standing.latest is None

    @property
    def whole(self):
        """(label, text) of everything written."""
        model = type(self.record)
        return [(label_of(model, name), text) for name, text in self.texts.items() if text]

    @property
    def changes_heading(self):
        count = len(self.changes)
        fields = f"{count} field{'' if count == 1 else 's'}"
        heading = {
            "live": f"What will change for readers: {fields}",
            "scheduled": f"What differs from the scheduled text: {fields}",
            "withdrawn": f"What differs from the text that readers had last: {fields}",
        }
        return heading.get(self.standing.state, "The first publication: the whole text")

    def _labels(self, names):
        return [self.record._meta.get_field(name).verbose_name for name in names]

    @cached_property
    def required_missing(self):
        return self._labels(missing_texts(self.record, self.language))

    @property
    def optional_missing(self):
        """What only the source language says: the page in this language leaves it out."""
        return self._labels(
            name
            for name, state in self.states.items()
            if state == MISSING and name not in self.record.required_texts
        )

    @property
    def stale(self):
        return self._labels(name for name, state in self.states.items() if state == STALE)

    @property
    def unreviewed(self):
        return self._labels(name for name, state in self.states.items() if state == UNREVIEWED)

    @property
    def why_not(self):
        """Why the text cannot be published now; empty: it can."""
        if self.required_missing:
            return f"Cannot be published: {', '.join(map(str, self.required_missing))} missing."
        if self.standing.live_texts is not None and not self.changes:
            return "Readers have this text already."
        return ""

    @property
    def is_ahead(self):
        """Readers have it or will have it."""
        return bool(self.standing.ahead)

    @property
    def shown(self):
        """What readers have and how the working copy stands, as tags."""
        standing = self.standing
        changed = standing.working == "changed" and standing.state == "never published"
        written = tag("Draft", "soon", "changed") if changed else working(standing.working)
        following = tag("Successor scheduled", "tide", "scheduled") if standing.next_at else ""
        return tags(publication(standing.state), following, written)

    @property
    def readers(self):
        """(name, value) of what is known of the public text."""
        standing = self.standing
        seoul = any(code == "ko" for code in languages.translations())
        since = {"live": "Live since", "withdrawn": "Withdrawn on", "scheduled": "Readers get it on"}
        rows = [(since.get(standing.state), moment(standing.at, seoul))]
        if standing.next_at:
            rows.append(("A new text takes over on", moment(standing.next_at, seoul)))
        rows += [
            ("Readers lose it on", moment(standing.expires_at, seoul)),
            ("Last reviewed", moment(standing.reviewed_at)),
        ]
        return [row for row in rows if row[0] and row[1]]

    @property
    def address(self):
        """Where readers of that language find it; empty for a record without a page of its own."""
        return address_in(self.record, self.language) if self.standing.live_since else ""


def address_in(record, language):
    if not hasattr(record, "get_absolute_url"):
        return ""
    with override(language):
        return record.get_absolute_url()


def proofs_of(records):
    """{(model, pk): {language: Proof}} for records of any models: three queries, and one a model."""
    records, by_model = list(records), defaultdict(list)
    for record in records:
        by_model[type(record)].append(record)
    found = standings_of_any(records)
    states = {model: states_of(members) for model, members in by_model.items()}
    return {
        key_of(record): {
            code: Proof(record, standing, states[type(record)][record.pk].get(code, {}))
            for code, standing in found[key_of(record)].items()
        }
        for record in records
    }


def proofs_of_one(record):
    return proofs_of([record])[key_of(record)]
