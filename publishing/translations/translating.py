"""One translation at a time: saved from the translator's desk, said to be still right, its source's edit to be minor.

What a translation was made from is what its translator saw: the source text that the page showed. If the source has
moved since, the translation is stale from the moment it is saved.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from publishing import languages
from publishing.models import Act
from publishing.models.publishable import column
from publishing.publication import locked, note_provenance, provenance_of
from publishing.translations.state import provenance_of_source


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
    if model_field.normalise(shown_text) != model_field.normalise(stands):
        raise MovedOn(stands)
    if text == model_field.normalise(stands):
        return record
    if text:
        model_field.clean(text, record)
    setattr(record, name, text)
    record.version += 1
    record.save(update_fields=[name, "version"])
    if text:
        note_provenance(record, field, language, _source_as_shown(record, field, shown_source))
    else:
        _notes(record, field, language).delete()
    _act(record, field, language, verb, by, why)
    return record


@transaction.atomic
def still_right(record, field, language, *, shown_source, shown_text=None, by, why=""):
    """The translator says that a translation says what the shown source says: it is current, made from that text.
    Raises MovedOn when the translation is no longer the one that was shown."""
    (record,) = locked([record])
    stands = getattr(record, column(field, language)) or ""
    if not stands:
        raise ValidationError("There is no translation yet, so nothing can be still right.")
    normalise = record._meta.get_field(column(field, language)).normalise
    if shown_text is not None and normalise(shown_text) != normalise(stands):
        raise MovedOn(stands)
    note_provenance(record, field, language, _source_as_shown(record, field, shown_source))
    _act(record, field, language, Act.Verb.STILL_RIGHT, by, why)
    return record


@transaction.atomic
def edit_was_minor(record, field, language, *, shown_source=None, by, why=""):
    """The editor says, looking at one stale translation, that what changed in the source since then was minor. It holds
    for every language whose translation was made from the same earlier text."""
    (record,) = locked([record])
    note = _notes(record, field, language).first()
    source = getattr(record, column(field, languages.SOURCE)) or ""
    if note is None or not source:
        raise ValidationError("Nobody has noted which text this translation was made from.")
    if shown_source is not None and _source_as_shown(record, field, shown_source) != source:
        raise ValidationError(
            "The source changed again after you opened this page. Look at what changed now."
        )
    made_alike = list(provenance_of_source(record, field, note.made_from))
    for provenance in made_alike:
        provenance.made_from = source
        provenance.save(update_fields=["made_from"])
        _act(record, field, provenance.language, Act.Verb.MINOR, by, why)
    return record


def _source_as_shown(record, field, shown):
    """The source text that the page showed; as the column has it where only a normal form lies between them, as after a
    change by SQL, so that a comparison of the two finds them equal."""
    name = column(field, languages.SOURCE)
    normalise, stands = record._meta.get_field(name).normalise, getattr(record, name) or ""
    return stands if normalise(shown) == normalise(stands) else normalise(shown)


def _notes(record, field, language):
    return provenance_of(record, language).filter(field=field)


def _act(record, field, language, verb, by, why):
    Act.objects.create(
        act=uuid.uuid4(), record=record, language=language, field=field, verb=verb, by=by, why=why
    )
