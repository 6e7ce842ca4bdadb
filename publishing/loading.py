"""Fixtures that bring texts. Django's loaddata writes the columns; what each translation was made from is noted here."""

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction

from publishing import languages
from publishing.models import Provenance
from publishing.models.publishable import publishable_models
from publishing.translation_state import made_in_save, texts_of


@transaction.atomic
def load(files):
    """Loads the fixtures and returns how many translations they brought.

    A translation that a fixture brings or changes was made from the source text that stands beside it afterwards, so it
    is current. One that the fixture leaves as it was keeps its own source: where that moved, it is stale.
    """
    before = dict(_all_texts())
    call_command("loaddata", *files, verbosity=0)
    made, emptied = [], []
    for key, texts in _all_texts():
        for one in made_in_save(before.get(key, {}), texts):
            (emptied if one.made_from is None else made).append((key, one))
    for (model, pk), one in emptied:
        Provenance.objects.filter(
            record_type=ContentType.objects.get_for_model(model),
            record_id=pk,
            field=one.field,
            language=one.language,
        ).delete()
    Provenance.objects.bulk_create(
        (
            Provenance(
                record_type=ContentType.objects.get_for_model(model),
                record_id=pk,
                field=one.field,
                language=one.language,
                made_from=one.made_from,
            )
            for (model, pk), one in made
        ),
        update_conflicts=True,
        unique_fields=["record_type", "record_id", "field", "language"],
        update_fields=["made_from", "state"],
    )
    return len(made)


def _all_texts():
    for model in publishable_models():
        for record in model._default_manager.all():
            yield (model, record.pk), {code: texts_of(record, code) for code in languages.codes()}
