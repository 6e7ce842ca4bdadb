"""Editors who do everything that can be done to a text, in any order, and a reader who looks after every step."""

import itertools
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from publishing import languages, previews
from publishing.models import Edition
from publishing.models.publishable import column, translated_fields
from publishing.publication import (
    Incomplete,
    NothingToWithdraw,
    WrongMoment,
    expire,
    launch,
    restore,
    take_down,
    unschedule,
    withdraw,
)
from publishing.workflow import NotNow, approve, assign, discard, review, send_back, set_review_by, submit
from tests.publishing import readers
from tests.publishing.a_reader import Reader
from tests.publishing.clock import Clock
from tests.publishing.scene import RECORDS

WITHOUT_TIES = ["news", "other news", "event", "page"]  # records to which no other one points
names = st.sampled_from(list(RECORDS))
parts = st.integers(0, 1)  # in the cast of an example
codes = st.sampled_from(languages.codes())
texts = st.tuples(parts, codes)
several = st.lists(texts, min_size=1, max_size=4, unique=True)
one_or_two = st.lists(texts, min_size=1, max_size=2, unique=True)
some_codes = st.lists(codes, min_size=1, max_size=3, unique=True)
minutes = st.integers(1, 3)
maybe_minutes = st.none() | minutes
places = st.integers(0, 50)


@contextmanager
def refused(error):
    with pytest.raises(error), transaction.atomic():
        yield


class EditorsAndReaders(Reader):
    @initialize(
        cast=st.lists(names, min_size=1, max_size=2, unique=True),
        published=st.lists(texts | st.tuples(names, codes), max_size=6, unique=True),
        turn=st.integers(0, 99),
    )
    def open_the_scene(self, cast, published, turn):
        """A few records play a part; some of all are published already."""
        self.cast, self.turn = cast, itertools.count(turn)
        if published:
            self.launch(published, None, None)

    @rule(text=texts, place=places, emptied=st.integers(0, 5), by_save=st.booleans())
    def edit(self, text, place, emptied, by_save):
        text = name, code = self.cast_in(text)
        if name not in self.records:
            return
        record = self.records[name]
        fields = translated_fields(type(record))
        field = fields[place % len(fields)]
        empty = emptied == 0 and (field, code) != ("title", languages.SOURCE)
        word = "" if empty else self.words.new()
        if by_save:
            record.refresh_from_db()
            setattr(record, column(field, code), word)
            record.save()
        else:
            type(record).objects.filter(pk=record.pk).update(**{column(field, code): word})
        self.texts[text].working[field] = word
        self.touch([text])

    @rule(chosen=several, at=maybe_minutes, until=maybe_minutes)
    def launch(self, chosen, at, until):
        chosen = self.here(chosen)
        start, end = self.after(at), self.after(until)
        if any(
            not self.texts[name, code].working[field]
            for name, code in chosen
            for field in self.records[name].required_texts
        ):
            with refused(Incomplete):
                launch(self.pairs(chosen), at=start, until=end, by=None)
            return
        if end and end <= (start or self.now):
            with refused(WrongMoment):
                launch(self.pairs(chosen), at=start, until=end, by=None)
            return
        launch(self.pairs(chosen), at=start, until=end, by=None)
        for name, code in chosen:
            self.texts[name, code].publish(self.now, start, end)
        self.touch(chosen)

    @rule(chosen=st.lists(parts, min_size=1, max_size=2, unique=True), in_languages=some_codes)
    def withdraw(self, chosen, in_languages):
        pairs = self.here(itertools.product(chosen, in_languages))
        records = [self.records[name] for name in dict.fromkeys(name for name, _code in pairs)]
        if not any(self.texts[pair].open(self.now) for pair in pairs):
            with refused(NothingToWithdraw):
                withdraw(records, in_languages, why="A test", by=None)
            return
        withdraw(records, in_languages, why="A test", by=None)
        for pair in pairs:
            self.texts[pair].withdraw(self.now)
        self.touch(pairs)

    @rule(part=parts)
    def take_down(self, part):
        name, _code = self.cast_in((part, ""))
        pairs = self.here((name, code) for code in languages.codes())
        if any(self.texts[pair].open(self.now) for pair in pairs):
            take_down(self.records[name], by=None)
            for pair in pairs:
                self.texts[pair].withdraw(self.now)
            self.touch(pairs)

    @rule(chosen=one_or_two, at=maybe_minutes)
    def expire(self, chosen, at):
        chosen, end = self.here(chosen), self.after(at)
        ahead = [self.texts[pair].open(self.now) for pair in chosen]
        if not all(ahead):
            with refused(NothingToWithdraw):
                expire(self.pairs(chosen), end, by=None)
        elif end and any(end <= max(self.now, first.start) for first, *_later in ahead):
            with refused(WrongMoment):
                expire(self.pairs(chosen), end, by=None)
        else:
            expire(self.pairs(chosen), end, by=None)
            for pair in chosen:
                self.texts[pair].end(self.now, end)
            self.touch(chosen)

    @rule(chosen=one_or_two)
    def unschedule(self, chosen):
        chosen = self.here(chosen)
        if not all(self.texts[pair].ahead(self.now) for pair in chosen):
            with refused(NothingToWithdraw):
                unschedule(self.pairs(chosen), by=None)
            return
        unschedule(self.pairs(chosen), by=None)
        for pair in chosen:
            self.texts[pair].unschedule(self.now)
        self.touch(chosen)

    @rule(text=texts, place=places)
    def restore(self, text, place):
        text = name, code = self.cast_in(text)
        kept = self.texts[text]
        if name in self.records and kept.published:
            one = kept.published[place % len(kept.published)]
            editions = Edition.objects.of(self.records[name]).filter(language=code)
            restore(editions.get(number=one.order + 1), by=None)
            kept.working = dict(one.texts)
            self.touch([text])

    @rule(text=texts)
    def discard(self, text):
        text = self.cast_in(text)
        if not self.here([text]):
            return
        kept = self.texts[text]
        latest = kept.latest()
        if latest is None or latest.texts == kept.working:
            with refused(NotNow):
                discard(self.pairs([text]), by=None)
            return
        discard(self.pairs([text]), by=None)
        kept.working = dict(latest.texts)
        self.touch([text])

    @rule(chosen=one_or_two, at=minutes)
    def schedule_and_cancel(self, chosen, at):
        """What is live keeps its own end, as if nothing had been scheduled."""
        self.launch(chosen, at, None)
        self.unschedule(chosen)

    @rule(text=texts, place=places)
    def publish_twice_and_discard(self, text, place):
        for _ in range(2):
            self.launch([text], None, None)
            self.edit(text, place, emptied=1, by_save=False)
        self.discard(text)

    @rule(text=texts, verb=st.sampled_from([submit, approve, send_back, review, set_review_by, assign]))
    def review_work(self, text, verb):
        """Nothing of it is seen by readers."""
        more = {set_review_by: [self.now.date()], assign: [None]}.get(verb, [])
        why = {"why": "A test"} if verb is send_back else {}
        try:
            with transaction.atomic():
                verb(self.pairs(self.here([text])), *more, by=None, **why)
        except NotNow:
            pass
        self.touch(self.here([text]))

    @rule(text=texts)
    def share(self, text):
        text = name, code = self.cast_in(text)
        if self.here([text]) and self.texts[text].working["title"]:
            self.records[name].refresh_from_db()
            link = previews.share(self.records[name], code, why="", by=None)
            kept = dict(self.texts[text].working)
            self.links.append([link, name, code, kept, self.now + timedelta(days=7)])

    @precondition(lambda self: self.links)
    @rule(place=places)
    def revoke(self, place):
        link = self.links.pop(place % len(self.links))
        previews.revoke(link[0], by=None)
        link[-1] = min(link[-1], self.now)
        self.links.append(link)

    @rule(part=parts, used_before=st.booleans())
    def change_the_address(self, part, used_before):
        """To a new one or, where there is one, to one that a record of the kind has left."""
        name, _code = self.cast_in((part, ""))
        if name not in self.records:
            return
        kind = readers.kind_of(name)
        left = [slug for of, slug in self.old if of == kind and slug not in self.slugs.values()]
        slug = left[-1] if left and used_before else self.words.new()
        record = self.records[name]
        type(record).objects.filter(pk=record.pk).update(slug=slug)
        self.leave_the_address(name)
        self.slugs[name] = slug
        self.touch([(name, "")])

    def leave_the_address(self, name):
        if any(self.texts[name, code].published for code in languages.codes()):
            self.old[readers.kind_of(name), self.slugs[name]] = name

    @rule(part=parts)
    def delete(self, part):
        """By the shell. The admin refuses it for what was ever published."""
        name, _code = self.cast_in((part, ""))
        if name in self.records and name in WITHOUT_TIES:
            self.records.pop(name).delete()
            self.leave_the_address(name)
            self.list_addresses()

    @rule(more=minutes)
    def time_passes(self, more):
        Clock.advance(minutes=more)
        self.touched |= set(self.cast)

    @precondition(lambda self: self.links)
    @rule()
    def a_week_passes(self):
        Clock.advance(days=7)
