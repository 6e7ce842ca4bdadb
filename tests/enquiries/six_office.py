"""An office, as Hypothesis plays it: who works there, what comes in, and who gets it."""

import itertools
import uuid
from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from accounts.models import Absence, Team, User
from enquiries import (
    by_hand,
    handover,
    incoming,
    triage,
)
from enquiries.forms.by_hand import ByHandForm
from enquiries.models import AssignmentRule, Enquiry
from partners.models import Interaction
from tests import factories
from tests.enquiries.filling import ANSWERS, send
from tests.enquiries.six_ledger import Story

PLACES = st.integers(0, 4)
MAIL = """Message-ID: <{number}@asker.example>
From: Asker <asker-{number}@asker.example>
To: invest@example.org
Subject: A question
{more}Content-Type: text/plain; charset=utf-8

Is there room for a plant? {number}
"""
CALL = {
    "plans": "They rang: is there room for a plant?",
    "family_name": "Asker",
    "country": "DK",
    "reply_language": "en",
}


class Office(RuleBasedStateMachine):
    """The office, and the ledger beside it."""

    done = Counter()  # what was done in a whole run, to see that nothing was left out

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.client, self.numbers = Client(), itertools.count(1)
        self.stories, self.replies = {}, {}

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def opens(self):
        self.officers = [self.joins(), self.joins()]
        self.team = Team.objects.create(name="Energy")
        self.team.members.set(self.officers)
        self.sender = "first@asker.example"
        self.comes_in(held=False, again=False)

    def joins(self):
        return factories.staff(f"officer-{next(self.numbers)}", "enquiries.change_enquiry")

    def one(self, place):
        """An enquiry as it stands, and its story."""
        pk = list(self.stories)[place % len(self.stories)]
        return Enquiry.objects.get(pk=pk), self.stories[pk]

    def officer(self, place):
        return self.officers[place % len(self.officers)]

    def attempt(self, act, *args, **more):
        """What the act returns; None where it is refused, which changes nothing."""
        name = getattr(act, "__name__", "act")
        try:
            with transaction.atomic():
                found = act(*args, **more)
        except triage.NotPossible:
            self.done[f"{name} refused"] += 1
            return None
        self.done[name] += 1
        return found if found is not None else True

    # What comes in

    @precondition(lambda self: len(self.stories) < 6)
    @rule(held=st.booleans(), again=st.booleans())
    def comes_in(self, held, again):
        """By the form; what looks like a robot's is held."""
        if not again:
            self.sender = f"asker-{next(self.numbers)}@asker.example"
        changed = {"started": None} if held else {}
        send(self.client, "en", ANSWERS | {"email": self.sender}, **changed)
        self.stories[Enquiry.objects.latest("pk").pk] = Story(is_held=held)
        self.done["held" if held else "received"] += 1

    @precondition(lambda self: len(self.stories) < 6)
    @rule()
    def comes_by_mail(self):
        raw = MAIL.format(number=next(self.numbers), more="").encode()
        taken = self.attempt(incoming.take_in, raw, by=self.officers[0])
        self.stories[taken.row.enquiry_id] = Story()

    @precondition(lambda self: len(self.stories) < 6)
    @rule(channel=st.sampled_from(["telephone", "letter"]), acknowledge=st.booleans())
    def is_entered(self, channel, acknowledge):
        """By an officer who was rung or written to; twice, as by a double click, which makes one."""
        number = next(self.numbers)
        call = CALL | {"channel": channel, "email": f"asker-{number}@asker.example"}
        received = timezone.localtime() - timedelta(hours=number % 3)
        call |= {"received_at": f"{received:%Y-%m-%dT%H:%M}", "submission_key": str(uuid.uuid4())}
        form = ByHandForm(QueryDict(urlencode(call | ({"acknowledge": "on"} if acknowledge else {}))))
        assert form.is_valid(), form.errors
        made = {self.attempt(by_hand.enter, form, by=self.officers[0]).pk for _ in range(2)}
        self.stories |= {pk: Story() for pk in made}

    @rule(place=PLACES)
    def answers_by_mail(self, place):
        """To whatever we sent them, an automatic mail among it."""
        enquiry, _ = self.one(place)
        ours = enquiry.mails.filter(kind__in=["acknowledgement", "reply"]).last()
        if ours:
            more = f"In-Reply-To: {ours.message_id}\n"
            raw = MAIL.format(number=next(self.numbers), more=more).encode()
            row = incoming.take_in(raw, by=self.officers[0]).row
            self.done["answer by mail"] += 1
            self.stories[row.enquiry_id].hears(row.interaction_id, "them", row.interaction.at)

    # Who has it: none of it changes what it is

    @rule(place=PLACES, who=PLACES)
    def takes(self, place, who):
        self.attempt(triage.take, self.one(place)[0], by=self.officer(who))

    @rule(place=PLACES, who=PLACES, team=st.booleans())
    def gives(self, place, who, team):
        given = {"team": self.team} if team else {"officer": self.officer(who)}
        self.attempt(triage.assign, self.one(place)[0], **given, why="Because", by=self.officer(0))

    @rule(who=PLACES, country=st.sampled_from(["", "DK", "KR"]))
    def makes_a_rule(self, who, country):
        AssignmentRule.objects.create(officer=self.officer(who), country=country)

    @rule(who=PLACES, to=PLACES)
    def hands_over(self, who, to):
        receiver = self.officer(to)
        self.attempt(
            handover.hand_over, self.officer(who), officer=receiver, why="Leaves", by=self.officers[0]
        )

    @rule(who=PLACES)
    def leaves(self, who):
        """Made inactive; somebody joins in their place."""
        User.objects.filter(pk=self.officer(who).pk).update(is_active=False)
        self.officers[who % len(self.officers)] = self.joins()
        self.done["left"] += 1

    @rule(who=PLACES)
    def is_deleted(self, who):
        """Past every rule: whatever names them forgets them."""
        gone = self.officer(who)
        AssignmentRule.objects.filter(officer=gone).delete()
        Absence.objects.filter(user=gone).delete()
        for contact in Interaction.objects.filter(participants=gone):
            contact.participant_rows.all().delete()
        gone.delete()
        self.officers[who % len(self.officers)] = self.joins()
        self.done["deleted"] += 1

    @rule(who=PLACES, deputy=PLACES)
    def goes_away(self, who, deputy):
        user, stands_in = self.officer(who), self.officer(deputy)
        today = timezone.localdate()
        if not Absence.objects.on(today).filter(user=user).exists():
            Absence.objects.create(
                user=user,
                deputy=stands_in if stands_in != user else None,
                first_day=today,
                last_day=today + timedelta(days=3),
            )
            self.done["away"] += 1

    @rule()
    def team_is_retired(self):
        self.team.retired_at = None if self.team.retired_at else timezone.now()
        self.team.save()
