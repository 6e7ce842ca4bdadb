"""One translation at a time: saved from the translator's desk, said to be still right, its source's edit to be minor.

What a translation was made from is what its translator saw: the source text that the page showed. If the source has
moved since, the translation is stale from the moment it is saved.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from publishing import languages
from publishing.models import Act, Provenance
from publishing.models.publishable import column
from publishing.publication import locked, note_provenance
from publishing.translation_state import provenance_of_source


class MovedOn(ValidationError):
    """Somebody else saved this text after it was shown. Nothing was saved; `theirs` is what stands there now."""

    def __init__(self, theirs):
        self.theirs = theirs
        super().__init__(
            "This text was saved by somebody else after you opened it, so yours was not saved over it."
        )


@transaction.atomic
def save_translation(
    record, field, language, text, *, shown_source, shown_text, by, verb=Act.Verb.EDITED, why=""
):
    """Writes one field of the working copy in one language. Raises MovedOn, and ValidationError for a text that the
    column cannot hold. A text saved unchanged leaves everything as it was."""
    if language == languages.SOURCE:
        raise ValueError("The source language is written in the record's own form.")
    (record,) = locked([record])
    name = column(field, language)
    model_field = record._meta.get_field(name)
    text, stands = model_field.normalise(text), getattr(record, name) or ""
    if model_field.normalise(shown_text) != stands:
        raise MovedOn(stands)
    if text == stands:
        return record
    if text:
        model_field.run_validators(text)
    setattr(record, name, text)
    record.version += 1
    record.save(update_fields=[name, "version"])
    if text:
        note_provenance(record, field, language, model_field.normalise(shown_source))
    else:
        _notes(record, field, language).delete()
    _act(record, field, language, verb, by, why)
    return record


@transaction.atomic
def still_right(record, field, language, *, shown_source, by, why=""):
    """The translator says that a translation says what the shown source says: it is current, made from that text."""
    (record,) = locked([record])
    if not getattr(record, column(field, language)):
        raise ValidationError("There is no translation yet, so nothing can be still right.")
    source = record._meta.get_field(column(field, languages.SOURCE)).normalise(shown_source)
    note_provenance(record, field, language, source)
    _act(record, field, language, Act.Verb.STILL_RIGHT, by, why)
    return record


@transaction.atomic
def edit_was_minor(record, field, language, *, by, why=""):
    """The editor says, looking at one stale translation, that what changed in the source since then was minor. It holds
    for every language whose translation was made from the same earlier text."""
    (record,) = locked([record])
    note = _notes(record, field, language).first()
    source = getattr(record, column(field, languages.SOURCE)) or ""
    if note is None or not source:
        raise ValidationError("Nobody has noted which text this translation was made from.")
    made_alike = list(provenance_of_source(record, field, note.made_from))
    for provenance in made_alike:
        provenance.made_from = source
        provenance.save(update_fields=["made_from"])
        _act(record, field, provenance.language, Act.Verb.MINOR, by, why)
    return record


def _notes(record, field, language):
    return Provenance.objects.filter(
        record_type__app_label=record._meta.app_label,
        record_type__model=record._meta.model_name,
        record_id=record.pk,
        field=field,
        language=language,
    )


def _act(record, field, language, verb, by, why):
    Act.objects.create(
        act=uuid.uuid4(), record=record, language=language, field=field, verb=verb, by=by, why=why
    )
