"""A history as rows of every table it touches."""

import json
from hashlib import sha256

from enquiries.models import (
    Assignment,
    Enquiry,
    EnquiryConsent,
    EnquiryInteraction,
    EnquiryMail,
    EnquiryOpportunity,
    StageChange,
    Wait,
    Warned,
)
from enquiries.names import full_name
from enquiries.sample import mails, warnings
from enquiries.sample.copying import Table, escaped, stamp
from partners.models import Interaction, InteractionOrganisation, InteractionParticipant

COLUMNS = (
    "id reference received_at created_at promised_by channel language reply_language given_name family_name "
    "job_title email telephone organisation website country plans how_heard page utm_source utm_medium "
    "utm_campaign shortlist original submission_key content_digest stage held_at held_why released_at "
    "released_by_id follows_id follows_why closed_at closed_by_id closed_why details_to_check entered_by_id "
    "first_reply_at known_organisation_id owner_id team_id reply_due_at qualification_due_at qualified_at "
    "qualified_by_id investment_readiness quality waiting_since"
).split()
INTERACTION = (
    "id kind status channel direction reached at subject notes counterpart logged_by_id logged_at".split()
)
MAIL = (
    "enquiry_id kind to language subject body message_id in_reply_to references queued_at sent_at attempts "
    "last_error"
).split()
# Every sample enquiry has a submission key that begins so: by it they are known, counted and removed.
KEY = "5a3b1e00-0000-8000-8000-{:012x}"
FIRST_KEY, LAST_KEY = KEY.format(0), "5a3b1e00-ffff-ffff-ffff-ffffffffffff"
SPOKEN = "Talked about space, power and timing; they send their figures."


class Rows:
    """The tables of a portion, filled enquiry by enquiry."""

    def __init__(self, office, targets, officers_address, consents):
        self.office, self.targets = office, targets
        self.officers_address, self.consents = officers_address, consents
        self.enquiries = Table(Enquiry, COLUMNS)
        self.stages = Table(StageChange, ["enquiry_id", "from_stage", "to_stage", "by_id", "at", "why"])
        self.assignments = Table(Assignment, ["enquiry_id", "officer_id", "team_id", "by_id", "at", "why"])
        self.waits = Table(Wait, ["enquiry_id", "since", "until"])
        self.warned = Table(Warned, ["enquiry_id", "obligation", "whom", "due_at", "at"])
        self.interactions = Table(Interaction, INTERACTION)
        self.links = Table(EnquiryInteraction, ["enquiry_id", "interaction_id"])
        self.participants = Table(InteractionParticipant, ["interaction_id", "adviser_id"])
        self.organisations = Table(InteractionOrganisation, ["interaction_id", "organisation_id"])
        self.mails = Table(EnquiryMail, MAIL)
        self.consent_rows = Table(
            EnquiryConsent, ["enquiry_id", "kind", "given", "wording", "language", "at"]
        )
        self.sectors = Table(Enquiry.sectors.through, ["enquiry_id", "sector_id"])
        self.opportunities = Table(EnquiryOpportunity, ["enquiry_id", "opportunity_id"])
        self.without_number = []

    @property
    def tables(self):
        """Each after those that it points to."""
        return [
            *(self.enquiries, self.stages, self.assignments, self.waits, self.interactions, self.links),
            *(self.participants, self.organisations, self.mails, self.consent_rows, self.sectors),
            *(self.opportunities, self.warned),
        ]

    def add_enquiry(self, pk, reference, sender, asked, history, follows):
        """`asked` is what they asked and how it came in."""
        held = history.held or (None, "", None, None)
        closed = history.closed or (None, "", None)
        qualified = history.qualified or (None, None, "", "")
        waits = history.waits
        due = None if history.waiting_since else self.office.after(asked.received, asked.qualification, waits)
        original = asked.original(sender)
        self.enquiries.add(
            *(pk, reference, stamp(asked.received), stamp(asked.received)),
            *(stamp(self.office.promised_by(asked.received)), asked.channel, sender.language),
            *(sender.reply_language, sender.given_name, sender.family_name, sender.job_title, sender.email),
            *(sender.telephone, sender.organisation, sender.website, sender.country, escaped(asked.plans)),
            *(
                asked.how_heard,
                asked.page,
                *asked.campaign,
                "{}",
                escaped(json.dumps(original, ensure_ascii=False)),
            ),
            *(KEY.format(pk), sha256(f"{pk} {asked.plans}".encode()).hexdigest(), history.stage),
            *(stamp(held[0]), held[1], stamp(held[2]), held[3]),
            *(follows, "The same e-mail address" if follows else ""),
            *(stamp(closed[0]), closed[2], escaped(closed[1]), asked.to_check, asked.entered_by),
            *(stamp(history.first_reply), sender.known_organisation, history.owner, history.team),
            *(stamp(self.office.after(asked.received, asked.reply)), stamp(due)),
            *(stamp(qualified[0]), *qualified[1:], stamp(history.waiting_since)),
        )
        for row in history.changes:
            self.stages.add(pk, *row[:3], stamp(row[3]), row[4])
        for officer, team, by, at, why in history.assignments:
            self.assignments.add(pk, officer, team, by, stamp(at), why)
        for since, until in waits:
            self.waits.add(pk, stamp(since), stamp(until))
        if history.waiting_since:
            self.waits.add(pk, stamp(history.waiting_since), None)
        for obligation, whom, due_at, at in warnings.warned(history, self.office, self.targets):
            self.warned.add(pk, obligation, whom, stamp(due_at), stamp(at))
        self._add_what_was_asked(pk, sender, asked)
        if asked.channel == "website":
            self._add_mails(pk, reference, sender, asked, history)
        self._add_contacts(pk, sender, asked, history)

    def _add_what_was_asked(self, pk, sender, asked):
        self.sectors.add(pk, asked.sector[0])
        for opportunity_id, _ in asked.opportunities:
            self.opportunities.add(pk, opportunity_id)
        for kind, given in asked.consents:
            wording = self.consents[sender.language][kind]
            self.consent_rows.add(pk, kind, given, wording, sender.language, stamp(asked.received))

    def _add_mails(self, pk, reference, sender, asked, history):
        subject, body = mails.notice(reference)
        self._add_mail(pk, "notice", self.officers_address, "en", subject, body, asked.received)
        held = history.held
        acknowledged = asked.received if held is None else held[2]
        if acknowledged:
            name = full_name(sender.given_name, sender.family_name)
            code, subject, body = mails.acknowledgement(reference, name, sender.reply_language)
            self._add_mail(pk, "acknowledgement", sender.email, code, subject, body, acknowledged)

    def _add_mail(self, pk, kind, to, language, subject, body, at):
        message_id = f"<{kind}.{pk}@sample.example>"
        sent = stamp(at + 2)
        self.mails.add(
            *(pk, kind, to, language, subject, escaped(body), message_id, "", "", stamp(at), sent, 1, "")
        )

    def _add_contacts(self, pk, sender, asked, history):
        """Interactions get their numbers when the portion is written."""
        counterpart = f"{full_name(sender.given_name, sender.family_name)}, {sender.organisation}"
        for contact in history.contacts:
            self.without_number.append((pk, sender, asked.subject, counterpart, contact))

    def number_contacts(self, first):
        for number, row in enumerate(self.without_number, first):
            pk, sender, subject, counterpart, (at, direction, channel, reached, by) = row
            notes = SPOKEN if direction == "conversation" else ""
            moment = stamp(at)
            self.interactions.add(
                *(number, "interaction", "complete", channel, direction, reached, moment, subject, notes),
                *(counterpart, by, moment),
            )
            self.links.add(pk, number)
            if direction != "from-them" and by:
                self.participants.add(number, by)
            if sender.known_organisation:
                self.organisations.add(number, sender.known_organisation)
        self.without_number = []
