"""What a save through a record's form makes of its texts: what each translation was made from, who wrote what, when."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from publishing import languages
from publishing.models import Act
from publishing.publication import note_provenance
from publishing.translations.state import note_save, provenance_of_source, texts_of

WROTE = [Act.Verb.EDITED, Act.Verb.IMPORTED, Act.Verb.STILL_RIGHT]


@transaction.atomic
def note_edit(record, before, *, minor=False, made_elsewhere=(), by):
    """Writes down a save of this record, `before` being its texts until then: an Act for every text that changed and,
    where the editor calls the edit of the source minor, for every translation that stays as it was because of that.

    `made_elsewhere`: (field, language, source text) of translations that were not made from the text beside them.
    """
    after = {code: texts_of(record, code) for code in languages.codes()}
    edited = [
        (name, code)
        for code, texts in after.items()
        for name, text in texts.items()
        if text != before.get(code, {}).get(name, "")
    ]
    spared = _spared(record, before, after, edited) if minor else []
    note_save(record, before, minor=minor)
    for name, code, source in made_elsewhere:
        note_provenance(record, name, code, source)
    act, now = uuid.uuid4(), timezone.now()
    rows = [(Act.Verb.EDITED, *one) for one in edited] + [(Act.Verb.MINOR, *one) for one in spared]
    return Act.objects.bulk_create(
        Act(act=act, record=record, language=code, field=name, verb=verb, by=by, at=now)
        for verb, name, code in rows
    )


def _spared(record, before, after, edited):
    """Translations that were made from the source as it was and are left as they are: (field, language)."""
    source = after[languages.SOURCE]
    found = []
    for name, earlier in before.get(languages.SOURCE, {}).items():
        if earlier and source[name] and source[name] != earlier:
            made = provenance_of_source(record, name, earlier).values_list("language", flat=True)
            found += [(name, code) for code in made if (name, code) not in edited]
    return found


def last_written(record):
    """{(field, language): Act}: who last wrote each text or said that it is still right, in one query."""
    acts = Act.objects.filter(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        verb__in=WROTE,
        field__gt="",
    )
    newest = acts.order_by("field", "language", "-at", "-pk").distinct("field", "language")
    return {(act.field, act.language): act for act in newest.select_related("by")}
