"""What the translator's desk shows of one record in one language: a row a field, with everything that helps."""

from dataclasses import dataclass, field, replace

from django import forms
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from publishing import languages
from publishing.desk.display import diff, text_state
from publishing.desk.field_states import who_wrote
from publishing.desk.rich_text import RichText
from publishing.fields import LineField, RichTextField
from publishing.models.publishable import column, translated_fields
from publishing.publication import provenance_of
from publishing.text.diffs import word_diff
from publishing.text.normal_form import normal_html, plain_text
from publishing.translations.editing import last_written
from publishing.translations.figures import facts_of, lacking, not_borne_out
from publishing.translations.glossary import hints
from publishing.translations.state import CURRENT, MISSING, STALE, UNREVIEWED, state_of

NEEDS_WORK = (STALE, MISSING)


@dataclass
class FieldRow:
    """One field: the source, the translation as stored, what its box holds, and how the two compare.

    `typed` differs from `text` only after a refused save. `shown_source` and `shown_text` travel with the form: what
    the translator saw.
    """

    name: str
    label: str
    language: str
    source: str
    text: str
    state: str
    model_field: object = None
    required: bool = False
    made: str = ""
    made_from: str | None = None
    record_id: int = 0
    facts: object = None
    typed: str | None = None
    shown_source: str = ""
    shown_text: str = ""
    errors: list = field(default_factory=list)
    theirs: str | None = None

    @property
    def anchor(self):
        return f"field-{self.name}"

    @property
    def box_id(self):
        return f"text-{self.name}"

    @property
    def rich(self):
        return isinstance(self.model_field, RichTextField)

    @property
    def one_line(self):
        return isinstance(self.model_field, LineField)

    @property
    def value(self):
        return self.text if self.typed is None else self.typed

    @property
    def state_tag(self):
        return text_state(self.state)

    @property
    def needs_work(self):
        return self.state in NEEDS_WORK

    @property
    def may_be_still_right(self):
        return self.state in (STALE, UNREVIEWED) and self.theirs is None

    @property
    def source_shown(self):
        if self.rich:
            return mark_safe(normal_html(self.source))
        return mark_safe(linebreaks(self.source, autoescape=True))

    @property
    def source_length(self):
        return len(self.source)

    @property
    def length(self):
        return len(self.value)

    @property
    def most(self):
        return self.model_field.max_length

    @property
    def help(self):
        return self.model_field.help_text

    @property
    def changes(self):
        """What changed in the source since the translation was made."""
        if self.state != STALE or self.made_from is None:
            return ""
        return diff(word_diff(self.made_from, self.source, rich=self.rich), languages.SOURCE)

    @property
    def against_theirs(self):
        """From what somebody else saved meanwhile to what was typed here."""
        runs = word_diff(self.theirs or "", self.value, rich=self.rich)
        return diff(runs, self.language) if runs else ""

    @property
    def hints(self):
        return hints(self._plain(self.source), self._plain(self.value), self.language)

    @property
    def lacking(self):
        return lacking(self.source, self.value, self.language, self.rich)

    @property
    def not_borne_out(self):
        return not_borne_out(self.value, self.language, self.facts, self.source, self.rich)

    @property
    def source_not_borne_out(self):
        return not_borne_out(self.source, languages.SOURCE, self.facts, rich=self.rich)

    @property
    def box(self):
        attrs = languages.marking(self.language) | {
            "id": self.box_id,
            "aria-describedby": f"{self.anchor}-about",
        }
        attrs |= {"spellcheck": "true"}
        if self.errors:
            attrs["aria-invalid"] = "true"
        return self.widget.render("text", self.value, attrs)

    @property
    def widget(self):
        if self.rich:
            return RichText(self.model_field, self.language, self.record_id)
        return forms.Textarea({"rows": 2 if self.one_line else 5})

    def _plain(self, text):
        return plain_text(text) if self.rich else text


def rows_of(record, code):
    """A row for every field that has a text in the source or in the language, and the names of the others."""
    model = type(record)
    noted = _noted(record, code)
    wrote, facts = last_written(record), facts_of(record)
    rows, unused = [], []
    for name in translated_fields(model):
        original, own = model._meta.get_field(name), column(name, code)
        source = getattr(record, column(name, languages.SOURCE)) or ""
        text = getattr(record, own) or ""
        label = capfirst(original.verbose_name)
        note = noted.get(name)
        state = state_of(source, text, note and (note.md5, note.state))
        if not state:
            unused.append(label)
            continue
        row = FieldRow(
            name, label, code, source, text, state, model._meta.get_field(own), name in model.required_texts
        )
        row = replace(row, made=who_wrote(wrote.get((name, code))), made_from=note and note.made_from)
        rows.append(replace(row, record_id=record.pk, facts=facts, shown_source=source, shown_text=text))
    return rows, unused


def next_of(rows, name=""):
    """The field to go to after this one: the next that is stale or missing, around the end; failing that, the next that
    is unreviewed; None when nothing is left to do."""
    names = [row.name for row in rows]
    start = names.index(name) + 1 if name in names else 0
    ahead = rows[start:] + rows[:start]
    for wanted in (NEEDS_WORK, (UNREVIEWED,)):
        for row in ahead:
            if row.state in wanted and row.name != name:
                return row
    return None


def media_of(rows):
    return sum((row.widget.media for row in rows), start=forms.Media())


def counted(rows):
    """How many fields are in each state, in words: 2 stale, 1 missing."""
    states = [row.state for row in rows]
    found = [(states.count(state), state) for state in (STALE, MISSING, UNREVIEWED)]
    return ", ".join(f"{count} {state}" for count, state in found if count) or "all current"


def all_current(rows):
    return all(row.state == CURRENT for row in rows)


def _noted(record, code):
    return {note.field: note for note in provenance_of(record, code)}
