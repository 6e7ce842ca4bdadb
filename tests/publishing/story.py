"""Every edit of the table, by every route: each does it, and enters in the ledger what was done."""

import random

from publishing.fields import RichTextField
from publishing.models import Edition
from publishing.models.publishable import column, translated_fields
from publishing.publication import missing_texts, note_provenance, publish, restore
from publishing.workflow import discard
from tests import factories
from tests.publishing import routes
from tests.publishing.ledger import SOURCE, Ledger

READY = {"xliff": "final", "xlsx": "current"}
TO_REVIEW = {"xliff": "needs-review-translation", "xlsx": "unreviewed"}


class Story:
    """Some records with all their texts, and somebody who edits them."""

    def __init__(self, seed, client, codes, folder):
        self.random = random.Random(seed)
        self.client, self.codes, self.folder = client, codes, folder
        self.ledger = Ledger(codes)
        self.records = {
            "case study": factories.case_study("story-one"),
            "other case study": factories.case_study("story-two"),
            "theme": factories.theme("story-three"),
            "page": factories.page("story-four"),
        }
        for name, record in self.records.items():
            self.write_first_texts(name, record)

    def write_first_texts(self, name, record):
        for field in translated_fields(type(record)):
            texts = {code: self.new(record, field, code) for code in [SOURCE, *self.codes]}
            routes.by_update(record, {column(field, code): text for code, text in texts.items()})
            for code in self.codes:
                note_provenance(record, field, code, texts[SOURCE])
            self.ledger.add(name, field, texts[SOURCE], texts)

    def new(self, record, field, code):
        rich = isinstance(record._meta.get_field(field), RichTextField)
        return self.ledger.new_text(field, code, rich)

    def pick(self, *states, title=True):
        """Any text of these states, of any when none is named: its place, record and ledger entry."""
        found = [
            key
            for key, text in self.ledger.texts.items()
            if (not states or text.state in states) and text.source and (title or key[1] != "title")
        ]
        if not found:
            return self.make(states[0], title)
        key = self.random.choice(sorted(found))
        return key, self.records[key[0]], self.ledger.texts[key]

    def make(self, state, title):
        """Nothing is in that state: makes something so."""
        key, record, text = self.pick("current", "stale", "unreviewed", "missing", title=title)
        _name, field, _code = key
        if state == "missing":
            self.behind("update()", key, text="")
        else:
            self.desk_save(key, record)
            if state == "stale":
                self.behind("update()", key, source=self.new(record, field, SOURCE))
            elif state == "unreviewed":
                self.from_file("xliff", TO_REVIEW, key)
        assert text.state == state
        return key, record, text

    def behind(self, route, key, source=None, text=None):
        """By a way that knows nothing of translations."""
        name, field, code = key
        columns = {}
        if source is not None:
            columns[column(field, SOURCE)] = source
            self.ledger.source_written(name, field, source)
        if text is not None:
            columns[column(field, code)] = text
            self.ledger.texts[key].written(text=text)
        routes.behind_the_desk()[route](self.records[name], columns)

    def fill_what_the_form_requires(self, record):
        """SQL may empty what the form does not let go empty."""
        (name,) = (name for name, one in self.records.items() if one is record)
        for key, text in self.ledger.of(name).items():
            if not text.source and not record._meta.get_field(key[1]).blank:
                self.behind("update()", key, source=self.new(record, key[1], SOURCE))

    def form(self, record, **typed):
        self.fill_what_the_form_requires(record)
        routes.by_form(self.client, record, **typed)

    # English changes

    def source_by_form(self):
        (name, field, _code), record, _text = self.pick()
        source = self.new(record, field, SOURCE)
        self.form(record, **{column(field, SOURCE): source})
        self.ledger.source_written(name, field, source)

    def source_behind(self, route):
        key, record, _text = self.pick()
        self.behind(route, key, source=self.new(record, key[1], SOURCE))

    def source_there_and_back(self):
        key, record, text = self.pick()
        ways, before = sorted(routes.behind_the_desk()), text.source
        self.behind(self.random.choice(ways), key, source=self.new(record, key[1], SOURCE))
        self.behind(self.random.choice(ways), key, source=before)

    def source_emptied_by_form(self):
        (name, field, _code) = self.optional()
        self.form(self.records[name], **{column(field, SOURCE): ""})
        self.ledger.source_written(name, field, "")

    def source_emptied_behind(self, route):
        key, _record, _text = self.pick(title=False)
        self.behind(route, key, source="")

    def optional(self):
        fields = [
            key
            for key, text in self.ledger.texts.items()
            if text.source and self.records[key[0]]._meta.get_field(key[1]).blank
        ]
        if fields:
            return self.random.choice(sorted(fields))
        key = ("case study", "lesson", self.codes[0])
        self.behind("SQL", key, source=self.new(self.records["case study"], "lesson", SOURCE))
        return key

    # Both, and Korean

    def both_by_form(self):
        (name, field, code), record, text = self.pick()
        source, own = self.new(record, field, SOURCE), self.new(record, field, code)
        self.form(record, **{column(field, SOURCE): source, column(field, code): own})
        self.ledger.source_written(name, field, source)
        text.saved(source, own)

    def text_by_form(self):
        (_name, field, code), record, text = self.pick()
        own = self.new(record, field, code)
        self.form(record, **{column(field, code): own})
        text.saved(text.source, own)

    def text_by_form_while_the_source_moves(self):
        key, record, text = self.pick()
        _name, field, code = key
        source, own, seen = self.new(record, field, SOURCE), self.new(record, field, code), text.source
        self.fill_what_the_form_requires(record)
        routes.by_form_opened_before(
            self.client, record, lambda: self.behind("SQL", key, source=source), **{column(field, code): own}
        )
        text.saved(source, own, shown=seen)

    def text_emptied_by_form(self):
        (_name, field, code), record, text = self.pick("current", "stale", "unreviewed")
        self.form(record, **{column(field, code): ""})
        text.saved(text.source, "")

    def desk_save(self, key, record):
        own = self.new(record, key[1], key[2])
        routes.at_the_desk(self.client, record, *key[1:], "save", own)
        text = self.ledger.texts[key]
        text.saved(text.source, own)

    def text_at_the_desk(self):
        key, record, _text = self.pick()
        self.desk_save(key, record)

    def text_at_the_desk_while_the_source_moves(self):
        key, record, text = self.pick()
        own, seen = self.new(record, key[1], key[2]), text.source
        source = self.new(record, key[1], SOURCE)
        routes.at_the_desk(
            self.client, record, *key[1:], "save", own, lambda: self.behind("update()", key, source=source)
        )
        text.saved(source, own, shown=seen)

    def text_emptied_at_the_desk(self):
        key, record, text = self.pick("current", "stale", "unreviewed")
        routes.at_the_desk(self.client, record, *key[1:], "save", "")
        text.saved(text.source, "")

    def text_behind(self, route, state):
        key, record, text = self.pick(state)
        self.behind(route, key, text=self.new(record, key[1], key[2]))
        assert text.state == state

    def text_emptied_behind(self, route):
        key, _record, _text = self.pick("current", "stale", "unreviewed")
        self.behind(route, key, text="")

    # What people say

    def minor_edit(self, state):
        (name, field, _code), record, text = self.pick(state)
        source = self.new(record, field, SOURCE)
        self.form(record, **{column(field, SOURCE): source, "minor": "on"})
        self.ledger.source_edited_a_little(name, field, source)
        assert text.state == state

    def said_to_be_minor(self):
        key, record, _text = self.pick("stale")
        while self.ledger.texts[key].made_from is None:
            key, record, _text = self.make("stale", title=True)
        routes.at_the_desk(self.client, record, *key[1:], "minor")
        self.ledger.said_to_be_minor(*key)

    def still_right_at_the_desk(self):
        key, record, text = self.pick("stale")
        routes.at_the_desk(self.client, record, *key[1:], "still_right")
        text.still_right()

    def still_right_by_form(self):
        (_name, field, code), record, text = self.pick("stale", "unreviewed")
        self.form(record, _still_right=f"{field}:{code}")
        text.still_right()

    # Files

    def from_file(self, file_format, states=None, key=None):
        key, record, text = (key, self.records[key[0]], self.ledger.texts[key]) if key else self.pick()
        _name, field, code = key
        own = self.new(record, field, code)
        marked = {field: (states or READY)[file_format]}
        routes.by_file(self.client, file_format, record, code, {field: own}, marked)
        text.saved(text.source, own)
        text.reviewed = states is not TO_REVIEW

    def from_file_while_the_source_moves(self, file_format):
        key, record, text = self.pick()
        _name, field, code = key
        own, seen, source = self.new(record, field, code), text.source, self.new(record, field, SOURCE)
        routes.by_file(
            self.client,
            file_format,
            record,
            code,
            {field: own},
            {field: READY[file_format]},
            lambda: self.behind("COPY", key, source=source),
        )
        text.saved(source, own, shown=seen)

    def from_file_unedited(self, file_format):
        (_name, _field, code), record, _text = self.pick()
        routes.by_file(self.client, file_format, record, code, {})

    def from_file_as_still_right(self, file_format):
        (_name, field, code), record, text = self.pick("stale", "unreviewed")
        routes.by_file(self.client, file_format, record, code, {}, {field: READY[file_format]})
        text.still_right()

    def fixture_with_both(self):
        (name, field, code), record, text = self.pick()
        source, own = self.new(record, field, SOURCE), self.new(record, field, code)
        routes.by_fixture(record, self.folder, {column(field, SOURCE): source, column(field, code): own})
        for other in self.ledger.of(name, field).values():
            other.brought(source, own if other is text else other.text)

    def fixture_with_another_source(self):
        (name, field, _code), record, _text = self.pick()
        source = self.new(record, field, SOURCE)
        routes.by_fixture(record, self.folder, {column(field, SOURCE): source})
        for other in self.ledger.of(name, field).values():
            other.brought(source, other.text)

    # Nothing that translations could mind

    def imported_again(self):
        _key, record, _text = self.pick()
        routes.by_fixture(record, self.folder, {})

    def reordered(self):
        _key, record, _text = self.pick()
        routes.by_update(record, {"position": self.random.randrange(1, 99)})

    def saved_unchanged(self):
        _key, record, _text = self.pick()
        self.form(record)

    def another_field_changed(self):
        _key, record, _text = self.pick()
        self.form(record, position=str(self.random.randrange(1, 99)))

    # Editions

    def publish(self):
        name = self.random.choice(sorted(self.records))
        record = self.records[name]
        for code in [SOURCE, *self.codes]:
            for field in missing_texts(routes.fresh(record), code):
                text = {"source" if code == SOURCE else "text": self.new(record, field, code)}
                self.behind("update()", (name, field, self.codes[0] if code == SOURCE else code), **text)
            publish([record], [code], by=None)
            self.ledger.published(name, code)

    def published(self, code):
        if not self.ledger.editions:
            self.publish()
        return self.random.choice(sorted(key for key in self.ledger.editions if key[1] == code))

    def restore(self, of_source):
        name, code = self.published(SOURCE if of_source else self.random.choice(self.codes))
        editions = self.ledger.editions[name, code]
        place = self.random.randrange(len(editions))
        restore(Edition.objects.of(self.records[name]).get(language=code, number=place + 1), by=None)
        self.ledger.restored(name, code, editions[place])

    def discard(self):
        name, code = self.published(self.random.choice([SOURCE, *self.codes]))
        last = self.ledger.editions[name, code][-1]
        if self.ledger.working(name, code) == {field: text for field, (text, _made) in last.items()}:
            key = next(key for key in self.ledger.of(name) if code in (SOURCE, key[2]))
            text = self.new(self.records[name], key[1], code)
            self.behind("SQL", key, **{"source" if code == SOURCE else "text": text})
        discard([(self.records[name], code)], by=None)
        self.ledger.restored(name, code, last)


BEHIND = sorted(routes.behind_the_desk())
FORMATS = ("xliff", "xlsx")
# {row of the table: [(route, edit, its arguments)]}
TABLE = {
    "English changes": [
        ("form", Story.source_by_form, ()),
        *((way, Story.source_behind, (way,)) for way in BEHIND),
    ],
    "both changed in one save": [("form", Story.both_by_form, ())],
    "Korean saved": [
        ("form", Story.text_by_form, ()),
        ("form, the English moved", Story.text_by_form_while_the_source_moves, ()),
        ("desk", Story.text_at_the_desk, ()),
        ("desk, the English moved", Story.text_at_the_desk_while_the_source_moves, ()),
    ],
    "English changed and changed back": [("any", Story.source_there_and_back, ())],
    "Korean changed behind": [
        (f"{way}, {state}", Story.text_behind, (way, state))
        for way, state in zip(BEHIND, ["stale", "current", "stale", "current", "unreviewed"], strict=True)
    ],
    "Korean emptied": [
        ("form", Story.text_emptied_by_form, ()),
        ("desk", Story.text_emptied_at_the_desk, ()),
        ("update()", Story.text_emptied_behind, ("update()",)),
        ("SQL", Story.text_emptied_behind, ("SQL",)),
    ],
    "English emptied": [
        ("form", Story.source_emptied_by_form, ()),
        ("COPY", Story.source_emptied_behind, ("COPY",)),
        ("bulk_update()", Story.source_emptied_behind, ("bulk_update()",)),
    ],
    "minor edit": [
        ("form, current", Story.minor_edit, ("current",)),
        ("form, stale", Story.minor_edit, ("stale",)),
        ("desk, afterwards", Story.said_to_be_minor, ()),
    ],
    "still right": [
        ("desk", Story.still_right_at_the_desk, ()),
        ("form", Story.still_right_by_form, ()),
        *((file_format, Story.from_file_as_still_right, (file_format,)) for file_format in FORMATS),
    ],
    "file": [
        *((file_format, Story.from_file, (file_format,)) for file_format in FORMATS),
        *(
            (f"{file_format}, to review", Story.from_file, (file_format, TO_REVIEW))
            for file_format in FORMATS
        ),
        *(
            (f"{file_format}, the English moved", Story.from_file_while_the_source_moves, (file_format,))
            for file_format in FORMATS
        ),
    ],
    "fixture": [
        ("both", Story.fixture_with_both, ()),
        ("another English", Story.fixture_with_another_source, ()),
    ],
    "nothing changes": [
        ("re-imported", Story.imported_again, ()),
        *((f"{file_format}, unedited", Story.from_file_unedited, (file_format,)) for file_format in FORMATS),
        ("reordered", Story.reordered, ()),
        ("saved unchanged", Story.saved_unchanged, ()),
        ("another field", Story.another_field_changed, ()),
    ],
    "editions": [
        ("publish", Story.publish, ()),
        ("restore Korean", Story.restore, (False,)),
        ("restore English", Story.restore, (True,)),
        ("discard", Story.discard, ()),
    ],
}
EDITS = [(row, *edit) for row, edits in TABLE.items() for edit in edits]
