"""Fifty enquiries a second while parts of the site are killed at random. Whoever was thanked is in the database once,
and hears from us once. SOAK_SECONDS says how long (`make soak`: two minutes), SOAK_SEED repeats the kills of a run.
"""

import asyncio
import contextlib
import os
import random
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass

import psycopg
import pytest

from lcr_crm import supervisor
from tests.ground.sites import PATIENCE, Site, wait
from tests.soak import ledger, visitors
from tests.soak.killer import VICTIMS, Killer
from tests.soak.mail_server import MailServer
from tests.soak.report import PROPERTY

RATE = 50  # a second
SECONDS = int(os.environ.get("SOAK_SECONDS", "15"))
SEED = int(os.environ.get("SOAK_SEED", random.SystemRandom().randrange(10**6)))
OFFICERS = "officers@desk.example"
KINDS = ["acknowledgement", "notice"]


@dataclass
class Aftermath:
    visitors: list
    killed: Counter
    stored: dict  # by key
    mails: dict  # by enquiry and kind
    accepted: list  # by the mail server

    def acknowledged(self):
        return [visitor for visitor in self.visitors if visitor.acknowledged]

    def of(self, visitor):
        return self.stored.get(visitor.fields["submission_key"], [])


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    """The site after the storm, when it is ready again and has no mail left to send. It keeps nothing in memory that
    it could lose: unlike in other tests, what the database has confirmed is on the disk."""
    folder = tmp_path_factory.mktemp("storm")
    folder.parent.chmod(0o755)
    with MailServer() as post, running_site(folder / "var", post.port) as site:
        everyone = visitors.arrive(site.port, RATE * SECONDS)
        with Killer(site, SEED, SECONDS) as killer:
            asyncio.run(visitors.send_all(site.port, everyone, RATE, PATIENCE))
        wait(site.ready)
        wait(lambda: nothing_left_to_send(site))
        yield Aftermath(
            everyone,
            killer.killed,
            ledger.stored_by_key(site),
            ledger.mails_by_enquiry(site),
            list(post.accepted),
        )


@contextlib.contextmanager
def running_site(folder, mail_port):
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail_port), "EMAIL_USE_TLS": "0"}
    site = Site(folder, POSTGRES_FSYNC="on", OFFICERS_EMAIL=OFFICERS, **mail)
    site.start()
    try:
        site.wait_until_ready()
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()
        left = supervisor.parts_of(site.folder)
        site.reset()
    assert not left


def nothing_left_to_send(site):
    try:
        return ledger.left_to_send(site) == (0, 0)
    except (OSError, ValueError, psycopg.Error):
        return False  # the database is just starting


def test_every_part_of_the_site_was_killed(aftermath, record_property):
    for line in summary(aftermath):
        record_property(PROPERTY, line)
    assert set(aftermath.killed) == set(VICTIMS)


def test_whoever_stays_is_thanked_in_the_end_and_meets_errors_that_ask_to_try_again(aftermath):
    stayed = [visitor for visitor in aftermath.visitors if not visitor.goes_away]
    assert all(visitor.acknowledged for visitor in stayed)
    met = {outcome for visitor in aftermath.visitors for outcome in visitor.outcomes}
    assert met <= {303, 503, None}


def test_an_acknowledged_enquiry_is_stored_exactly_once(aftermath):
    wrong = {
        visitor.number: len(aftermath.of(visitor))
        for visitor in aftermath.acknowledged()
        if len(aftermath.of(visitor)) != 1
    }
    assert not wrong


def test_an_enquiry_that_nobody_was_thanked_for_is_stored_once_or_not_at_all(aftermath):
    assert {len(aftermath.of(visitor)) for visitor in aftermath.visitors} <= {0, 1}
    assert set(aftermath.stored) <= {visitor.fields["submission_key"] for visitor in aftermath.visitors}


def test_each_stored_enquiry_is_whole(aftermath):
    for [stored] in aftermath.stored.values():
        assert (stored.stage_changes, stored.consents) == (1, 2)
        assert stored.has_every_date and not stored.held


@pytest.mark.parametrize("kind", KINDS)
def test_each_stored_enquiry_has_one_mail_of_each_kind_that_arrived_under_one_message_id(aftermath, kind):
    arrived = defaultdict(set)
    for mail in aftermath.accepted:
        arrived[mail.message_id].add(mail.to)
    seen = set()
    for [stored] in aftermath.stored.values():
        [(message_id, to)] = aftermath.mails[stored.pk, kind]
        assert to == (stored.email if kind == "acknowledgement" else OFFICERS)
        assert arrived[message_id] == {to}
        seen.add(message_id)
    assert len(seen) == len(aftermath.stored)


def test_nobody_hears_from_us_under_two_message_ids(aftermath):
    ids = defaultdict(set)
    for mail in aftermath.accepted:
        ids[mail.to].add(mail.message_id)
    del ids[OFFICERS]
    assert {len(found) for found in ids.values()} == {1}


def summary(aftermath):
    """What happened, for people to read."""
    thanked = aftermath.acknowledged()
    outcomes = Counter(outcome for visitor in aftermath.visitors for outcome in visitor.outcomes)
    waits = sorted(visitor.acknowledged_after for visitor in thanked)
    repeats = Counter(mail.message_id for mail in aftermath.accepted)
    unthanked_but_stored = sum(
        bool(aftermath.of(visitor)) for visitor in aftermath.visitors if not visitor.acknowledged
    )
    yield f"storm: {SECONDS} s at {RATE} a second, SOAK_SEED={SEED}; killed: {dict(aftermath.killed)}"
    yield (
        f"storm: {len(aftermath.visitors)} visitors, {len(thanked)} thanked "
        f"(median {statistics.median(waits):.2f} s, slowest {waits[-1]:.1f} s), answers: {dict(outcomes)}; "
        f"{len(aftermath.visitors) - len(thanked)} went away, of whom {unthanked_but_stored} are stored"
    )
    yield (
        f"storm: {len(repeats)} mails, {sum(repeats.values()) - len(repeats)} of them arrived again "
        "under the same Message-ID"
    )
