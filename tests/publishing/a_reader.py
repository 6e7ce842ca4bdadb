"""Records of every kind, what readers should have of them, and a reader who looks after every step."""

import itertools
import random
import re
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.test import Client
from hypothesis.stateful import RuleBasedStateMachine, invariant

from publishing import languages, previews
from publishing.models.publishable import column, translated_fields
from publishing.reading import read
from tests.publishing import readers
from tests.publishing.clock import Clock
from tests.publishing.reckoning import Text
from tests.publishing.scene import RECORDS, Words, set_scene
from tests.site.addresses import WITHOUT_LANGUAGE

START = datetime(2031, 3, 4, 9, tzinfo=UTC)
TOUCHED = 3  # addresses of what was touched to look at after a step, beside one of all
AHEAD = (0, 1, 2, 3, 5)  # minutes
IN_SITEMAP = re.compile(r"<loc>[^<]*?//[^/]+/([\w-]+)/(?:[a-z-]+/)?(zq[a-p]{4}qz)/</loc>")
ALTERNATE = re.compile(r'hreflang="(?!x-)([\w-]+)" href="[^"]*/(?:[a-z-]+/)?(zq[a-p]{4}qz)/"')


class Stand(RuleBasedStateMachine):
    """The records, what they should be to readers, and the reader."""

    seen = set()  # (name of the address, status, whether it showed a word of the scene) of a whole run

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        Clock.moment = START
        self.words = Words()
        self.records = set_scene(self.words, START)
        self.slugs = {name: record.slug for name, record in self.records.items()}
        self.texts = {
            (name, code): Text(
                {
                    field: readers.WORD.search(getattr(record, column(field, code)))[0]
                    for field in translated_fields(type(record))
                }
            )
            for name, record in self.records.items()
            for code in languages.codes()
        }
        self.cast = list(RECORDS)  # who plays a part in what happens
        self.old = {}  # {(kind, slug): name} of addresses that lead to a record
        self.links = []  # [link, name, code, texts, end]
        self.client = Client()
        self.list_addresses()
        self.touched, self.turn = set(), itertools.count()

    def list_addresses(self):
        """All of them, in an order in which neighbours have little in common, the same every time."""
        self.addresses = readers.all_addresses(self.records)
        random.Random(1).shuffle(self.addresses)

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def now(self):
        return Clock.moment

    def after(self, more):
        return None if more is None else self.now + timedelta(minutes=more)

    def cast_in(self, text):
        """The record that plays a part, with a language. A record may be named itself, too."""
        part, code = text
        return (part if isinstance(part, str) else self.cast[part % len(self.cast)]), code

    def here(self, chosen):
        found = dict.fromkeys(map(self.cast_in, chosen))
        return [(name, code) for name, code in found if name in self.records]

    def pairs(self, chosen):
        return [(self.records[name], code) for name, code in chosen]

    def touch(self, chosen):
        self.touched |= {name for name, _code in chosen}

    def reading(self, name, language, rule=readers.EITHER):
        """(language, texts) that readers of the language should have of a record; None: nothing."""
        if name not in self.records:
            return None
        for code in [language] if rule == readers.OWN else [language, languages.SOURCE]:
            live = self.texts[name, code].at(self.now)
            if live:
                return code, live.texts
        return None

    def was_live(self, name, code):
        return self.texts[name, code].was_ever_live(self.now)


class Reader(Stand):
    """Looks at addresses and says what is wrong there."""

    @invariant()
    def readers_see_what_they_should(self):
        turn = next(self.turn)
        touched = [one for one in self.addresses if one.of and one.of in self.touched]
        picked = [touched[(turn + step) % len(touched)] for step in range(TOUCHED)] if touched else []
        for address in dict.fromkeys([*picked, self.addresses[turn % len(self.addresses)]]):
            self.look_at(address)
        left = [(key, name) for key, name in self.old.items() if key[1] not in self.slugs.values()]
        if left:
            (kind, slug), name = left[turn % len(left)]
            self.look_at_old(kind, slug, name)
        if self.links:
            self.look_at_link(*self.links[turn % len(self.links)])
        self.touched.clear()

    @invariant()
    def what_readers_will_have_is_known(self):
        """Also at the moments to come, if nothing more is done."""
        played = [self.records[name] for name in self.cast if name in self.records]
        for ahead, code in itertools.product(AHEAD, languages.codes()):
            moment = self.now + timedelta(minutes=ahead)
            found = read(played, code, at=moment, fallback=False)
            for name in {*self.cast} & {*self.records}:
                live, shown = self.texts[name, code].at(moment), found.get(self.records[name])
                told = f"{name} {code} at {moment:%H:%M}, now {self.now:%H:%M}"
                assert (shown and shown.title and readers.WORD.search(shown.title)[0]) == (
                    live and live.texts["title"]
                ), told

    @invariant()
    def working_copies_hold_what_was_written(self):
        for name in {*self.cast} & {*self.records}:
            self.records[name].refresh_from_db()
            for code in languages.codes():
                kept = self.texts[name, code].working
                found = {field: getattr(self.records[name], column(field, code)) or "" for field in kept}
                words = {field: "".join(readers.WORD.findall(text)) for field, text in found.items()}
                assert words == kept, f"{name} {code}"

    def look_at(self, address):
        if address.name in readers.PAGES or address.name == "prospectus:opportunity_cover":
            expected = self.of_page(address)
        elif address.name == "prospectus:search" or (address.of and address.query in ("", "?in=all")):
            self.search(address)
            return
        elif address.name == "sitemap":
            self.look_at_sitemap(address)
            return
        elif address.name in readers.LISTS:
            expected = self.of_list(readers.LISTS[address.name], address)
        else:
            expected = readers.Expected(WITHOUT_LANGUAGE.get(address.name, 200))
        self.compare(address.name, address.path(self.slugs), expected, address.language)

    def compare(self, name, path, expected, language):
        response = self.client.get(path)
        faults = list(readers.faults_of(response, expected, language, path))
        told = "\n".join(f"{fault}{self.whose(fault)}" for fault in faults)
        assert not faults, f"{self.now:%H:%M} {path}\n{told}"
        self.seen.add((name, response.status_code, bool(expected.words)))
        return response

    def whose(self, fault):
        word = fault.split()[-1]
        for (name, code), text in self.texts.items():
            for field, stands in text.working.items():
                if stands == word:
                    return f", which is the working copy: {name} {field} {code}"
            for one in text.published:
                for field, stood in one.texts.items():
                    if stood == word:
                        return f", published as {name} {field} {code}, {one.start:%H:%M} to {one.until}, {one.over}"
        found = [name for name, slug in self.slugs.items() if slug == word]
        return f", the address of {found}" if found else ""

    def of_list(self, shown, address, without=()):
        expected, there = readers.Expected(), set()
        for one in shown:
            rule = one.rule
            if rule == readers.IN_ALL:
                rule = readers.EITHER if address.shows_either else readers.OWN
            if one.beside and not there & set(one.beside):
                continue
            for name in self.records:
                reading = self.reading(name, address.language, rule)
                if readers.kind_of(name) == one.kind and reading and name not in without:
                    there.add(one.kind)
                    expected.may_show(reading, self.slugs[name])
                    expected.must_show(reading, one.fields.split())
        return expected

    def of_page(self, address):
        """The record's own texts, and what the page shows beside; nothing where the record is not readable."""
        reading = self.reading(address.of, address.language)
        if reading is None:
            codes = {address.language, languages.SOURCE}
            was = any(self.was_live(address.of, code) for code in codes)
            if address.name in readers.DRAWINGS:
                return readers.Expected(404)
            return readers.Expected(410 if was else self.status_of_former(address))
        if address.name in readers.DRAWINGS:
            return readers.Expected()
        own, *beside = readers.PAGES[address.name]
        expected = self.of_list(beside, address)
        expected.may_show(reading, self.slugs[address.of])
        expected.must_show(reading, own.fields.split())
        if address.name != "prospectus:event_calendar":
            expected.noindex = reading[0] != address.language
        return expected

    def search(self, address):
        """Looks for one word of the record: of what is published, or of its working copy."""
        turn = next(self.turn)
        kept = self.texts[address.of, languages.codes()[turn % len(languages.codes())]]
        sources = [kept.working, *(one.texts for one in kept.published[-3:])]
        words = [word for word in sources[turn % len(sources)].values() if word]
        word = words[turn % len(words)]
        expected = readers.Expected()
        in_list = address.name in readers.LISTS
        rule = readers.OWN if in_list and "in=all" not in address.query else readers.EITHER
        for name in ["opportunity"] if in_list else self.records:
            reading = self.reading(name, address.language, rule)
            if reading and word in reading[1].values():
                expected.may_show(reading, self.slugs[name])
                expected.must_show(reading, ["title"])
                expected.words.add(self.slugs[name])
        theme = self.reading("theme", address.language)
        if theme and (in_list or self.slugs["programme"] in expected.words):
            expected.may_show(theme, self.slugs["theme"])
        elif not in_list:
            expected.words.discard(
                self.slugs["programme"]
            )  # it stands nowhere, so its hit leads to the themes
        query = f"{address.query}&q={word}" if address.query else f"?q={word}"
        path = readers.Address(address.name, address.language, query=query).path(self.slugs)
        self.compare(address.name, path, expected, address.language)

    def look_at_sitemap(self, address):
        paged = set(readers.OF_KIND.values())
        live = {
            (code, self.slugs[name])
            for name in self.records
            for code in languages.codes()
            if readers.kind_of(name) in paged and self.reading(name, code, readers.OWN)
        }
        expected = readers.Expected(
            texts={slug: "" for _code, slug in live}, words={slug for _code, slug in live}
        )
        response = self.compare(address.name, "/sitemap.xml", expected, languages.SOURCE)
        listed, alternates = (
            pattern.findall(response.content.decode()) for pattern in (IN_SITEMAP, ALTERNATE)
        )
        assert sorted(listed) == sorted(live)
        assert set(alternates) == live

    def look_at_old(self, kind, slug, name):
        """An address under which a record was published once leads on, or says that the record is gone."""
        page = next((page for page, of in readers.OF_KIND.items() if of == kind), None)
        if page is None:
            return
        for language in languages.codes():
            path = readers.Address(page, language, "old").path({"old": slug})
            response = self.client.get(path)
            self.seen.add(("old", response.status_code, False))
            status = self.status_of_moved(page, language, name)
            assert response.status_code == status, path
            if status == 301:
                new = readers.Address(page, language, name).path(self.slugs)
                assert response.headers["Location"] == new

    def status_of_moved(self, page, language, name):
        """What the old address of a record answers."""
        if name not in self.records:
            return 410
        there = self.of_page(readers.Address(page, language, name)).status
        return 301 if there == 200 else there

    def status_of_former(self, address):
        """The address of a record that was never published: it may still be the old one of another."""
        former = self.old.get((readers.kind_of(address.of), self.slugs[address.of]), address.of)
        if former == address.of:
            return 404
        return self.status_of_moved(address.name, address.language, former)

    def look_at_link(self, link, name, code, kept, end):
        path = previews.public_address(link).split("/", 3)[-1]
        if end <= self.now or name not in self.records:
            expected = readers.Expected(410, noindex=True)
        else:
            everything = [readers.Shown(readers.kind_of(one), readers.EITHER) for one in self.records]
            expected = self.of_list(everything, readers.Address("", code), without=[name])
            expected.may_show((code, kept), self.slugs[name])
            expected.must_show((code, kept), ["title"])
            expected.noindex = True
        self.compare("prospectus:preview_link", f"/{path}", expected, code)
