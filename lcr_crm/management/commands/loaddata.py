"""The loaddata of Django and modeltranslation, told that a fixture brings a text and its translations together."""

from django.contrib.contenttypes.models import ContentType
from modeltranslation.management.commands import loaddata

from publishing import languages
from publishing.models import Provenance, Publishable
from publishing.translations.state import texts_of


class Command(loaddata.Command):
    """What a fixture changes is current: each translation that it brings was made from the source text beside it.
    A text and a translation that it brings just as they stand stay as they were."""

    def loaddata(self, fixture_labels):
        self.notes = {}
        super().loaddata(fixture_labels)
        Provenance.objects.using(self.using).bulk_create(
            self.notes.values(),
            update_conflicts=True,
            unique_fields=["record_type", "record_id", "field", "language"],
            update_fields=["made_from", "state"],
        )

    def save_obj(self, obj):
        record = obj.object
        if not isinstance(record, Publishable):
            return super().save_obj(obj)
        stored = type(record)._base_manager.using(self.using).filter(pk=record.pk).first()
        before = {code: texts_of(stored, code) if stored else {} for code in languages.codes()}
        saved = super().save_obj(obj)
        if saved:
            self.note(record, before)
        return saved

    def note(self, record, before):
        record_type, source = ContentType.objects.get_for_model(record), texts_of(record, languages.SOURCE)
        for code in languages.translations():
            for name, text in texts_of(record, code).items():
                stood = before[languages.SOURCE].get(name), before[code].get(name)
                if text and (source[name], text) != stood:
                    self.notes[record_type, record.pk, name, code] = Provenance(
                        record_type=record_type,
                        record_id=record.pk,
                        field=name,
                        language=code,
                        made_from=source[name],
                    )
