"""An office at work, as Hypothesis plays it: everything that anybody does to an enquiry, in any order, and after every
step a look at the six."""

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Q
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from enquiries import (
    conversation,
    conversion,
    merging,
    qualification,
    replies,
    triage,
)
from enquiries.models import Enquiry, EnquiryMail, Reply, Sector
from enquiries.models.stage import Stage
from partners.models import Interaction, Organisation
from tests.enquiries.six_ledger import CLOSES, SIX, WAITS
from tests.enquiries.six_office import PLACES, Office

WHO = {"us": "from-us", "them": "from-them", "both": "conversation"}
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


class Desk(Office):
    """What is decided and said there, and the look."""

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
