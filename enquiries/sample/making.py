"""Puts senders, texts, moments and histories together, portion by portion, in one transaction."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from enquiries.clock import QUALIFICATION, REPLY, Clock
from enquiries.forms.enquiry_form import CONSENTS
from enquiries.models import Enquiry, InvestmentProject, Sector
from enquiries.models.stage import Stage
from enquiries.sample import copying, histories, seasons, senders, staff, texts
from enquiries.sample.office import Office
from enquiries.sample.projects import Projects
from enquiries.sample.rows import Rows
from enquiries.working_time import LONDON
from opportunities.models import Opportunity
from partners.models import Interaction
from publishing import languages

PORTION = 10_000
MANY = 2_000  # from here on indexes are built once, after the rows
REPEATED, REMEMBERED = 0.12, 5000
CHANNELS = ("website", "email", "telephone", "event", "meeting", "letter", "social", "referral")
SHARES = (72, 9, 6, 5, 2, 1, 2, 3)
HEARD = ("search", "press", "social", "event", "visit", "trade-office", "recommendation", "other", "")
CAMPAIGNS = [("newsletter", "email", "spring"), ("fair", "print", "seoul"), ("search", "cpc", "sites")]
NO_CAMPAIGN = ("", "", "")


@dataclass(slots=True)
class Asked:
    """What was asked, and how it came in."""

    received: int
    channel: str
    plans: str
    subject: str
    sector: tuple
    opportunities: list
    how_heard: str
    page: str
    campaign: tuple
    consents: list
    entered_by: int | None
    to_check: bool
    reply: int
    qualification: int

    def original(self, sender):
        """As the form would have had it."""
        return {
            **{name: getattr(sender, name) for name in ("given_name", "family_name", "job_title", "email")},
            **{name: getattr(sender, name) for name in ("telephone", "organisation", "website", "country")},
            "reply_language": sender.reply_language,
            "plans": self.plans,
            "how_heard": self.how_heard,
            "sectors": [self.sector[1]],
            "opportunities": [slug for _, slug in self.opportunities],
        }


class Making:
    """One run of `make_sample`."""

    def __init__(self, *, seed, years, now=None):
        self.rng = random.Random(seed)
        self.years, self.now = years, int(now or time.time())
        clock = Clock.now_in_force()
        first = datetime.fromtimestamp(self.now, UTC) - timedelta(days=366 * years + 30)
        self.office = Office(clock.calendar, first.timestamp(), self.now + 500 * histories.DAY)
        self.targets = [int(clock.targets[name].within.total_seconds()) for name in (REPLY, QUALIFICATION)]
        self.officers = staff.officers()
        self.teams = staff.teams(self.officers)
        self.known = staff.organisations(self.rng)
        self.sectors = dict(Sector.objects.values_list("key", "pk"))
        self.about = _opportunities_by_theme()
        self.new_rows = partial(Rows, self.office, clock.targets, settings.OFFICERS_EMAIL, _wordings())
        self.projects = Projects(random.Random(seed), self.now)
        self.last_of, self.recent = {}, []

    @transaction.atomic
    def make(self, number, say=lambda made: None):
        """So many enquiries, all or none. `say` is told how many are written."""
        models = [*(table.model for table in self.new_rows().tables), InvestmentProject]
        with _quick_writing(models if number >= MANY else []), ThreadPoolExecutor(1) as ahead:
            pk = copying.reserve(copying.sequence_of(Enquiry), number)
            counter = copying.reserve("enquiries_reference", number)
            receipts = seasons.receipts(self.rng, number, self.years, self.now)
            starts = range(0, number, PORTION)
            next_one = ahead.submit(self.portion, pk, counter, receipts, 0)
            for start in starts:  # the next portion is made up while the database takes this one
                rows, projects = next_one.result()
                if start + PORTION < number:
                    next_one = ahead.submit(self.portion, pk, counter, receipts, start + PORTION)
                self.write(rows, projects)
                say(min(start + PORTION, number))

    def portion(self, pk, counter, receipts, start):
        """The rows of some enquiries, and what their projects are made from. Asks the database nothing."""
        rows, projects = self.new_rows(), []
        for place, (received, country) in enumerate(receipts[start : start + PORTION], start):
            self.add(rows, projects, pk + place, counter + place, received, country)
        return rows, projects

    def add(self, rows, projects, pk, counter, received, country):
        rng = self.rng
        sender = self.sender(country)
        topic = rng.choice(texts.NAMES_OF_TOPICS)
        asked = self.asked(received, sender, topic)
        history = histories.history(
            *(rng, self.office, self.now, received),
            suspect=asked.channel == "website" and rng.random() < 0.02,
            may_be_added=bool(sender.known_organisation),
            team=self.teams[topic],
            officers=self.officers,
        )
        asked.to_check = asked.channel == "email" and history.stage == Stage.NEW and rng.random() < 0.3
        reference = f"ENQ-{_year(received)}-{counter:04d}"
        rows.add_enquiry(pk, reference, sender, asked, history, self.last_of.get(sender.email))
        self.last_of[sender.email] = pk
        if len(self.recent) < REMEMBERED:
            self.recent.append(sender)
        else:
            self.recent[rng.randrange(REMEMBERED)] = sender
        if history.stage == Stage.ADDED_TO_DATA_HUB:
            at, _, by = history.closed
            projects.append((pk, sender, topic, asked.sector[0], by, at))

    def sender(self, country):
        if self.recent and self.rng.random() < REPEATED:
            return self.rng.choice(self.recent)
        return senders.new_sender(self.rng, country, self.known)

    def asked(self, received, sender, topic):
        rng = self.rng
        sector, theme, *_ = texts.TOPICS[topic]
        sector = sector if sector in self.sectors else next(iter(self.sectors))
        channel = rng.choices(CHANNELS, SHARES)[0]
        on_website = channel == "website"
        offered = self.about.get(theme, [])
        several = rng.choices((0, 1, 2), (45, 42, 13))[0]
        chosen = rng.sample(offered, min(several, len(offered)))
        consents = [(kind, rng.random() < 0.4) for kind in CONSENTS] if on_website else []
        return Asked(
            received=received,
            channel=channel,
            plans=texts.plans(rng, topic, sender.language),
            subject=texts.subject(rng, topic, sender.reply_language),
            sector=(self.sectors[sector], sector),
            opportunities=chosen,
            how_heard=rng.choice(HEARD),
            page=f"/{sender.language}/opportunities/{chosen[0][1]}/" if on_website and chosen else "",
            campaign=rng.choice(CAMPAIGNS) if on_website and rng.random() < 0.08 else NO_CAMPAIGN,
            consents=[
                (kind, given and (kind != "telephone" or bool(sender.telephone))) for kind, given in consents
            ],
            entered_by=None if on_website else rng.choice(self.officers),
            to_check=False,
            reply=self.targets[0],
            qualification=self.targets[1],
        )

    def write(self, rows, projects):
        if contacts := len(rows.without_number):
            rows.number_contacts(copying.reserve(copying.sequence_of(Interaction), contacts))
        for table in rows.tables:
            table.write()
        self.projects.write(projects)


class _quick_writing:
    """Within it the database takes rows as they are given: no trigger reckons or checks them one by one, foreign keys
    included, and the indexes of `models` are off until the end. A test holds everything the triggers keep against what
    was written."""

    def __init__(self, models):
        self.models, self.statements = models, []

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("LOCK TABLE enquiries_enquiry IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        if self.models:
            self.statements = copying.drop_indexes(self.models)

    def __exit__(self, kind, *_):
        if kind:
            return
        with connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = origin")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("ANALYZE")


def _opportunities_by_theme():
    found = {}
    rows = Opportunity.objects.order_by("pk").values_list("theme_rows__theme__slug", "pk", "slug")
    for theme, pk, slug in rows:
        found.setdefault(theme, []).append((pk, slug))
    return found


def _wordings():
    """{language: {kind: the words of the question}} as the form shows them."""
    found = {}
    for code in languages.codes():
        with translation.override(code):
            found[code] = {kind: str(wording) for kind, wording in CONSENTS.items()}
    return found


def _year(moment):
    return datetime.fromtimestamp(moment, LONDON).year
