"""A log of edits and, reckoned from it alone, how every text should stand."""

import itertools

from tests.publishing.reckoning import Noted

SOURCE = "en"


class Ledger:
    """What was done to each text, in order, and each translation as it should be after it."""

    def __init__(self, codes):
        self.codes = codes  # of the translations
        self.texts = {}  # {(record, field, language): Noted}
        self.editions = {}  # {(record, language): [{field: (text, made from)}]}
        self.log = []
        self.numbers = itertools.count(1)

    def new_text(self, field, code, rich=False):
        number = next(self.numbers)
        words = f"Text {number} of {field}." if code == SOURCE else f"{field} {number}번 글입니다."
        return f"<p>{words}</p>" if rich else words

    def of(self, name, field=None):
        return {key: text for key, text in self.texts.items() if key[0] == name and field in (None, key[1])}

    def source(self, name, field):
        return next(iter(self.of(name, field).values())).source

    def add(self, name, field, source, translations):
        """A text that somebody wrote and noted: every translation was made from the source beside it."""
        for code in self.codes:
            self.texts[name, field, code] = Noted(source, translations[code], source)

    def source_written(self, name, field, source):
        self.log.append(("source", name, field, source))
        for text in self.of(name, field).values():
            text.written(source=source)

    def source_edited_a_little(self, name, field, source):
        self.log.append(("minor edit", name, field, source))
        for text in self.of(name, field).values():
            text.minor_edit(source)

    def said_to_be_minor(self, name, field, code):
        """It holds for every translation that was made from the same text."""
        self.log.append(("was minor", name, field, code))
        made_from = self.texts[name, field, code].made_from
        for text in self.of(name, field).values():
            if text.made_from == made_from:
                text.made_from = text.source

    def published(self, name, code):
        fields = {}
        for (_name, field, language), text in self.of(name).items():
            if code == SOURCE:
                fields[field] = (text.source, None)
            elif code == language:
                fields[field] = (text.text, text.made_from)
        self.log.append(("published", name, code))
        self.editions.setdefault((name, code), []).append(fields)

    def restored(self, name, code, fields):
        self.log.append(("restored", name, code))
        for (_name, field, language), text in self.of(name).items():
            put_back, made_from = fields[field]
            if code == SOURCE:
                text.source = put_back
            elif code == language:
                text.text, text.reviewed = put_back, True
                text.made_from = made_from if put_back else None

    def working(self, name, code):
        return {
            field: text.source if code == SOURCE else text.text
            for (_name, field, language), text in self.of(name).items()
            if code in (SOURCE, language)
        }
