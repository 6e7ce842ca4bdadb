"""What a reader of one language is shown of many records, in one query.

Public code hands its records to `read` and takes every text from the readings it gets back; a record that is readable
neither in the language nor in the source language has none.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import mark_safe

from publishing import languages
from publishing.fields import RichTextField
from publishing.models import Edition


@dataclass(frozen=True)
class Instead:
    """Texts of one record in one language that stand in its edition's place: what a preview shows."""

    record: object
    language: str
    texts: dict

    def is_of(self, record):
        return (type(self.record), self.record.pk) == (type(record), record.pk)


class Reading:
    """One record as a reader sees it: `record` for its facts, texts by name (`reading.summary`), whether the texts
    are the source language's because their own is not readable (`is_fallback`), and when they were published and last
    said to be right, both empty in a preview."""

    def __init__(self, record, language, texts, published_at=None, reviewed_at=None):
        self.record, self.language, self.published_at = record, language, published_at
        self.reviewed_at = reviewed_at
        self._texts = texts
        self.is_fallback = False

    @property
    def reviewed_on(self):
        """The day of the last review, in London."""
        return timezone.localdate(self.reviewed_at) if self.reviewed_at else None

    @property
    def rich_texts(self):
        """The texts that are HTML, by name."""
        rich = (field.name for field in self.record._meta.get_fields() if isinstance(field, RichTextField))
        return {name: self._texts[name] for name in rich if self._texts.get(name)}

    def with_texts(self, **texts):
        """The same reading with some of its texts changed."""
        copy = Reading(self.record, self.language, self._texts | texts, self.published_at, self.reviewed_at)
        copy.is_fallback = self.is_fallback
        return copy

    def __getattr__(self, name):
        texts = self.__dict__.get("_texts", {})
        if name not in texts:
            raise AttributeError(name)
        text = texts[name]
        if isinstance(self.record._meta.get_field(name), RichTextField):
            return mark_safe(text)  # sanitised when it was stored
        return text


class Readings:
    """Readings by record."""

    def __init__(self):
        self._by_record = {}

    def put(self, record, reading):
        self._by_record[type(record), record.pk] = reading

    def __getitem__(self, record):
        return self._by_record[type(record), record.pk]

    def get(self, record):
        return record and self._by_record.get((type(record), record.pk))

    def __iter__(self):
        return iter(self._by_record.values())

    def of(self, records):
        """Readings of those among the records that have one, in the given order."""
        return [reading for reading in map(self.get, records) if reading]


def read(records, language, at=None, fallback=True, instead=None):
    """Readings of records of any models, in one query. `instead`: what one of them is shown with, published or not."""
    records = [record for record in records if record is not None]
    wanted = [language, languages.SOURCE] if fallback else [language]
    keys = defaultdict(set)
    for record in records:
        keys[ContentType.objects.get_for_model(record)].add(record.pk)
    readings = Readings()
    if not keys:
        return readings
    condition = Q()
    for record_type, ids in keys.items():
        condition |= Q(record_type=record_type, record_id__in=ids)
    editions = Edition.objects.live(at).filter(condition, language__in=wanted)
    found = {}
    for edition in editions.only("record_type_id", "record_id", "language", "texts", "live", "reviewed_at"):
        found[edition.record_type_id, edition.record_id, edition.language] = edition
    for record in records:
        if instead and instead.is_of(record):
            readings.put(record, Reading(record, instead.language, instead.texts))
            continue
        record_type = ContentType.objects.get_for_model(record)
        for code in wanted:
            edition = found.get((record_type.pk, record.pk, code))
            if edition:
                reading = Reading(record, code, edition.texts, edition.live.lower, edition.reviewed_at)
                reading.is_fallback = code != language
                readings.put(record, reading)
                break
    return readings
