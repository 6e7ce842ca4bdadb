"""What readers should have, and how each translation should stand, reckoned in plain Python from what was done.

Nothing here reads the database or asks the project: it is the other opinion that tests compare the project with.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Publication:
    """One text that was given to the public. `over`: taken from readers at that moment; `void`: never came to be."""

    texts: dict
    start: datetime
    until: datetime | None
    order: int
    over: datetime | None = None
    void: bool = False

    def has_ended(self, moment):
        return any(end is not None and end <= moment for end in (self.until, self.over))


@dataclass
class Text:
    """One record in one language: its working copy, and everything that was ever published of it.

    The rule: of what has begun, the latest is what readers have, until it ends; nothing earlier ever comes back.
    """

    working: dict
    published: list = field(default_factory=list)

    def at(self, moment):
        """The publication that readers have at that moment, or None."""
        begun = [one for one in self.published if one.start <= moment and not one.void]
        latest = max(begun, key=lambda one: (one.start, one.order), default=None)
        return None if latest is None or latest.has_ended(moment) else latest

    def ahead(self, now):
        """What is scheduled, the next one first."""
        coming = (one for one in self.published if one.start > now)
        return sorted((one for one in coming if self.at(one.start) is one), key=lambda one: one.start)

    def was_ever_live(self, now):
        return any(one.start <= now and self.at(one.start) is one for one in self.published)

    def latest(self):
        """The last that is or will be live, else the last that was."""
        real = [one for one in self.published if self.at(one.start) is one]
        return max(real, key=lambda one: one.start, default=None)

    def publish(self, now, at=None, until=None):
        start = max(at or now, now)
        self.published.append(Publication(dict(self.working), start, until, len(self.published)))

    def withdraw(self, now):
        for one in self.published:
            one.void = one.void or one.start > now
            one.over = one.over or now

    def unschedule(self, now):
        for one in self.published:
            one.void = one.void or one.start > now

    def open(self, now):
        """What readers have or will have, the earliest first."""
        live = self.at(now)
        return [live] * (live is not None) + self.ahead(now)

    def end(self, now, at):
        """Readers have a text until then and no longer; what begins later is as it was. None: there is no end."""
        for one in self.open(now):
            if at is None or one.start < at:
                one.until = at


@dataclass
class Noted:
    """One field of one record: its source text, one translation, and the source text that this was made from.

    `made_from` None: nobody noted it.
    """

    source: str
    text: str
    made_from: str | None
    reviewed: bool = True

    @property
    def state(self):
        """The first that holds: missing, stale, unreviewed, current. A translation of nothing is nothing."""
        if not self.text:
            return "missing" if self.source else ""
        if self.made_from is None:
            return "unreviewed" if self.source else "stale"
        if self.made_from != self.source:
            return "stale"
        return "current" if self.reviewed else "unreviewed"

    def saved(self, source, text, shown=None):
        """Written by a form, the desk or a file; `shown`: the source that the translator looked at."""
        if text != self.text:
            self.made_from = (source if shown is None else shown) if text else None
            self.reviewed = True
        self.source, self.text = source, text

    def brought(self, source, text):
        """A fixture or import brought source and translation together."""
        if (source, text) != (self.source, self.text):
            self.source, self.text = source, text
            if text:
                self.made_from, self.reviewed = source, True

    def written(self, source=None, text=None):
        """By the shell, update(), SQL or COPY: what the translation was made from is as it was."""
        self.source = self.source if source is None else source
        self.text = self.text if text is None else text

    def minor_edit(self, source):
        """The source changed in ways that leave translations right: those that were current stay so."""
        if source and self.source and self.made_from == self.source:
            self.made_from = source
        self.source = source

    def still_right(self):
        self.made_from, self.reviewed = self.source, True
