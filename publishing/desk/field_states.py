"""How each text stands, hung on the fields of a record's form: its state, who wrote it and, where the source has moved
on, what changed there. templates/admin/includes/bilingual.html shows it."""

from dataclasses import dataclass

from publishing import languages
from publishing.desk.display import day_of, diff, mark_states
from publishing.fields import RichTextField
from publishing.models import Act, Provenance
from publishing.models.publishable import column, translated_fields
from publishing.rows import of_records
from publishing.text.diffs import word_diff
from publishing.translations.editing import last_written
from publishing.translations.state import SOURCE, STALE, UNREVIEWED, states_of, texts_of

WROTE = {
    Act.Verb.EDITED: "Translated",
    Act.Verb.IMPORTED: "Imported",
    Act.Verb.STILL_RIGHT: "Said to be still right",
}


@dataclass(frozen=True)
class Verdict:
    """What somebody may say of one translation, and the words to decide by: `diff` of the source since it was made."""

    field: str
    language: str
    state: str
    diff: str = ""
    may_be_minor: bool = False

    @property
    def key(self):
        return f"{self.field}:{self.language}"

    @property
    def name(self):
        return languages.english_name(self.language)

    @property
    def source_name(self):
        return languages.english_name(languages.SOURCE)

    @property
    def is_stale(self):
        return self.state == STALE


def mark_texts(form):
    """Marks every text of a publishable record's form, in three queries."""
    record = form.instance
    states = {column(name, languages.SOURCE): SOURCE for name in translated_fields(type(record))}
    found, wrote = states_of([record])[record.pk], last_written(record)
    made_from = _made_from(record) if any(STALE in by_field.values() for by_field in found.values()) else {}
    source = texts_of(record, languages.SOURCE)
    for code, by_field in found.items():
        for name, state in by_field.items():
            if not state:
                continue
            states[column(name, code)] = state, who_wrote(wrote.get((name, code)))
            if column(name, code) in form.fields:
                field = form.fields[column(name, code)]
                field.verdict = verdict(record, name, code, state, made_from.get((name, code)), source[name])
    mark_states(form, states)


def verdict(record, name, code, state, made_from, source):
    if state == UNREVIEWED:
        return Verdict(name, code, state)
    if state != STALE:
        return None
    rich = isinstance(record._meta.get_field(name), RichTextField)
    shown = diff(word_diff(made_from, source, rich=rich), languages.SOURCE)
    return Verdict(name, code, state, shown, may_be_minor=bool(source))


def who_wrote(act):
    """“Translated by Ji-won Seo, 9 Oct 2026”; empty where nobody is known to have."""
    if act is None:
        return ""
    by = f" by {act.by}" if act.by else ""
    return f"{WROTE[act.verb]}{by}, {day_of(act.at)}"


def _made_from(record):
    rows = Provenance.objects.filter(of_records([record]))
    return {(field, code): text for field, code, text in rows.values_list("field", "language", "made_from")}
