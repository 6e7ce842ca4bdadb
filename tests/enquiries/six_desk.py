"""An office at work, as Hypothesis plays it: everything that anybody does to an enquiry, in any order, and after every
step a look at the six."""

import itertools
import uuid
from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Q
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import Absence, Team, User
from enquiries import (
    by_hand,
    conversation,
    conversion,
    handover,
    incoming,
    merging,
    qualification,
    replies,
    triage,
)
from enquiries.forms.by_hand import ByHandForm
from enquiries.models import AssignmentRule, Enquiry, EnquiryMail, Reply, Sector
from enquiries.models.stage import Stage
from partners.models import Interaction, Organisation
from tests import factories
from tests.enquiries.filling import ANSWERS, send
from tests.enquiries.six_ledger import CLOSES, SIX, WAITS, Story

WHO = {"us": "from-us", "them": "from-them", "both": "conversation"}
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
# Statements that try to make an enquiry look other than it is. The database refuses them, or they change nothing of it.
ATTEMPTS = [
    "first_reply_at = now()",
    "state = 'dialogue'",
    "closed_at = now(), closed_why = 'x'",
    "closed_at = NULL, closed_why = '', closed_by_id = NULL",
    "waiting_since = now()",
    "waiting_since = NULL",
    "released_at = now() - interval '1 year'",
    "owner_id = NULL",
    "qualified_at = now()",
    "merged_into_id = id",
    "due_at = NULL",
]


class Desk(RuleBasedStateMachine):
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

    # What is decided

    @precondition(lambda self: any(story.is_held for story in self.stories.values()))
    @rule(place=PLACES)
    def is_released(self, place):
        enquiry, story = self.one(place)
        number = triage.release([enquiry], by=self.officers[0])
        assert number == (story.is_held and story.stage not in CLOSES)
        if number:
            story.is_held = False
            self.done["released"] += 1

    @rule(place=PLACES, stage=st.sampled_from(sorted(Stage)), why=st.sampled_from(["Said so", "", "Said so"]))
    def is_moved(self, place, stage, why):
        enquiry, story = self.one(place)
        moved = self.attempt(triage.move, enquiry, stage, why=why, by=self.officers[0])
        if moved and stage != story.stage:
            assert not story.is_merged
            assert why or stage == "added-to-data-hub" or stage not in CLOSES, "closed without a reason"
            assert story.first_answer or stage not in WAITS, "waited for an answer to nothing"
            story.stage = str(stage)
            self.done[f"to {stage}"] += 1

    @precondition(lambda self: any(story.first_answer for story in self.stories.values()))
    @rule(place=PLACES)
    def is_closed_after_a_reply(self, place):
        answered = [number for number, story in enumerate(self.stories.values()) if story.first_answer]
        self.is_moved(answered[place % len(answered)], Stage.NON_FDI, "Said so")

    @rule(place=PLACES, into=PLACES)
    def is_merged(self, place, into):
        (enquiry, story), (other, survivor) = self.one(place), self.one(into)
        if self.attempt(merging.merge, enquiry, into=other, by=self.officers[0]):
            assert survivor.stage not in CLOSES and enquiry.pk != other.pk
            story.is_merged, story.stage = True, "non-applicable"

    @precondition(lambda self: any(story.is_merged for story in self.stories.values()))
    @rule(place=PLACES)
    def is_parted(self, place):
        merged = [number for number, story in enumerate(self.stories.values()) if story.is_merged]
        enquiry, story = self.one(merged[place % len(merged)])
        if self.attempt(merging.part, enquiry, why="Two", by=self.officers[0]):
            assert story.is_merged
            story.is_parted()

    @rule(place=PLACES, readiness=st.sampled_from(["exploring", "", "nonsense"]))
    def is_qualified(self, place, readiness):
        enquiry, _ = self.one(place)
        self.attempt(qualification.qualify, enquiry, readiness=readiness, quality="high", by=self.officers[0])

    @rule(place=PLACES)
    def is_noted(self, place):
        self.attempt(conversation.note, self.one(place)[0], "They will be rung.", by=self.officers[0])

    @rule(place=PLACES)
    def is_known(self, place):
        """What “Added to Data Hub” demands beside contact."""
        enquiry, _ = self.one(place)
        enquiry.sectors.set(Sector.objects.all()[:1])
        known = Organisation.objects.order_by("pk").first()
        Enquiry.objects.filter(pk=enquiry.pk).update(known_organisation=known, details_to_check=False)

    @rule(place=PLACES)
    def is_converted(self, place):
        enquiry, story = self.one(place)
        found = self.attempt(
            conversion.convert,
            enquiry,
            facts={},
            organisation=Organisation.objects.order_by("pk").first(),
            by=self.officers[0],
        )
        if found and found[1]:
            story.stage = "added-to-data-hub"

    # What is said

    @rule(place=PLACES, who=st.sampled_from(sorted(WHO)), arrived=st.booleans(), then_wait=st.booleans())
    def is_logged(self, place, who, arrived, then_wait):
        enquiry, story = self.one(place)
        arrived = arrived or who == "them"
        contact = self.attempt(
            conversation.log_contact,
            enquiry,
            channel="telephone",
            direction=WHO[who],
            at=timezone.now(),
            subject=f"Call {next(self.numbers)}",
            reached=arrived,
            then_wait=then_wait,
            by=self.officers[0],
        )
        if contact:
            story.hears(contact.pk, who, contact.at, arrived=arrived, then_wait=then_wait)

    @rule(place=PLACES, then_wait=st.booleans())
    def is_replied(self, place, then_wait):
        """The mail server accepts a reply, whatever has become of the enquiry meanwhile."""
        enquiry, story = self.one(place)
        number = next(self.numbers)
        mail = EnquiryMail.objects.create(
            enquiry=enquiry,
            kind="reply",
            to="asker@asker.example",
            language="en",
            subject=f"Reply {number}",
            body="Yes.",
            message_id=f"<reply-{number}@example.org>",
            sent_at=timezone.now(),
        )
        reply = Reply.objects.create(
            enquiry=enquiry, by=self.officers[0], language="en", to=mail.to, mail=mail, then_wait=then_wait
        )
        assert replies.accepted(mail) and replies.accepted(mail) is None
        reply.refresh_from_db()
        story.hears(reply.interaction_id, "us", mail.sent_at, then_wait=then_wait)
        self.replies[reply.pk] = enquiry.pk
        self.done["replied"] += 1

    @precondition(lambda self: self.replies)
    @rule(place=PLACES)
    def comes_back(self, place):
        pk = list(self.replies)[place % len(self.replies)]
        story, reply = self.stories[self.replies.pop(pk)], Reply.objects.get(pk=pk)
        replies.not_reached(reply, why="No such address", by=None)
        if reply.interaction_id in story.said:
            story.comes_back(reply.interaction_id)
            self.done["came back"] += 1

    @rule(place=PLACES, which=PLACES)
    def is_unsaid(self, place, which):
        """A contact that never was is taken back."""
        _, story = self.one(place)
        if story.said:
            number = list(story.said)[which % len(story.said)]
            Interaction.objects.get(pk=number).delete()
            del story.said[number]
            self.done["unsaid"] += 1

    # What nobody should be able to do

    @rule(place=PLACES, attempt=st.sampled_from(ATTEMPTS))
    def is_tampered_with(self, place, attempt):
        enquiry, _ = self.one(place)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE enquiries_enquiry SET {attempt} WHERE id = %s", [enquiry.pk])
        except DatabaseError:
            self.done["refused by the database"] += 1

    # The look

    @invariant()
    def every_enquiry_is_one_of_the_six(self):
        rows = list(Enquiry.objects.values_list("pk", "state", "first_reply_at", "closed_why", "stage"))
        assert {pk for pk, *_ in rows} == set(self.stories), "an enquiry is lost"
        for pk, state, first_reply_at, closed_why, stage in rows:
            story = self.stories[pk]
            assert (state, first_reply_at, stage) == (story.state, story.first_answer, story.stage)
            assert bool(closed_why) == state.startswith("closed")
            self.done[state] += 1
        six = {state: Count("pk", filter=Q(state=state)) for state in SIX}
        counts = Enquiry.objects.aggregate(all=Count("pk"), **{f"of_{name}": six[name] for name in SIX})
        assert counts.pop("all") == sum(counts.values()) == len(self.stories)
