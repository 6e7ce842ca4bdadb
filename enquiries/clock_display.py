"""How the clock of an enquiry reads on a list, on the first screen, on its record and in a mail: a word, a shape and a
moment, never a colour alone. Beside it, what time it is where the investor is.

Everything takes the moment and the `Clock` as arguments: a page reads calendar and targets once, however many rows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.dateformat import format as formatted
from django.utils.html import format_html

from enquiries.beside import beside
from enquiries.clock import QUALIFICATION, REPLY
from enquiries.models import Enquiry, EnquiryInteraction
from partners.models import Interaction
from publishing.desk.display import LIVERPOOL, icon, tag, tags

State = Enquiry.State
AN_HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
SAID_IN_DAYS = 10  # from here on hours say nothing more
WAS_DUE = "Was due"
OWED = {REPLY: "First reply", QUALIFICATION: "Qualification"}


@dataclass(frozen=True)
class Display:
    """How the clock of one enquiry stands. `at` is the moment it speaks of; `more` is said beside it."""

    words: str
    tone: str
    icon: str
    at: datetime | None = None
    at_words: str = ""
    more: str = ""

    @property
    def is_late(self):
        return self.at_words == WAS_DUE

    @property
    def text(self):
        """For a mail or an export: the words alone."""
        return "; ".join(filter(None, [self.words, self.more]))

    @property
    def tags(self):
        """The word in its shape, and what is to be said beside it."""
        return tags(tag(self.words, self.tone, self.icon), self.more and tag(self.more, "late", "back"))

    @property
    def html(self):
        """The same, and beneath it the moment."""
        when = self.at and format_html(
            '<small class="clock-at">{}<time datetime="{}">{}</time></small>',
            f"{self.at_words} " if self.at_words else "",
            self.at.astimezone(LIVERPOOL).isoformat(timespec="minutes"),
            when_in_liverpool(self.at),
        )
        return format_html('<span class="clock">{}{}</span>', self.tags, when or "")


def due_in(enquiry, now, clock):
    """How the enquiry's clock stands at a moment. Lists annotate their rows `with_not_reached`; where that was not
    done the database is asked."""
    if enquiry.closed_at:
        return _closed(enquiry)
    if enquiry.first_reply_at is None:
        return _owed(
            REPLY, enquiry.reply_due_at, now, clock, held=enquiry.is_held, more=_not_reached(enquiry)
        )
    if enquiry.waiting_since and not enquiry.is_held:
        day = formatted(enquiry.waiting_since.astimezone(LIVERPOOL), "j M Y")
        return Display(f"Paused since {day}: waiting on the investor", "paused", "paused")
    if enquiry.qualified_at is None and enquiry.qualification_due_at:
        return _owed(QUALIFICATION, enquiry.qualification_due_at, now, clock, held=enquiry.is_held)
    if enquiry.is_held:
        return Display("Held", "paused", "held", enquiry.held_at, "Since")
    return answered(enquiry, clock)


def due_tag(enquiry, now, clock):
    """The same without the moment: among the tags of a row."""
    return due_in(enquiry, now, clock).tags


def beside_html(country, now):
    """The hour where the investor is, and why nobody may be there; nothing for a country of many hours."""
    found = beside(country, now)
    if found is None:
        return ""
    note = found.note and format_html('<span class="note">{}{}</span>', icon("scheduled"), found.note)
    return format_html('<span class="beside">{}{}</span>', found.words, note)


def seoul_beside(now):
    return beside_html("KR", now)


def answered(enquiry, clock):
    """How the first reply was given: in time, or how late."""
    due, at = enquiry.reply_due_at, enquiry.first_reply_at
    if at <= due:
        return Display("Answered in time", "good", "done", at)
    late = in_working_time(clock.calendar.between(due, at), clock.calendar)
    return Display(f"Answered {late or 'a little'} late", "soon", "done-late", at)


def obligations(enquiry, now, clock):
    """[(what, Display)] for both obligations of a record, met or not."""
    reply = answered(enquiry, clock) if enquiry.first_reply_at else due_in(enquiry, now, clock)
    if enquiry.qualified_at:
        qualified = Display("Qualified", "good", "done", enquiry.qualified_at)
    elif enquiry.closed_at:
        qualified = Display("Not qualified", "plain", "withdrawn")
    elif enquiry.qualification_due_at is None:
        qualified = Display(
            "Paused: waiting on the investor", "paused", "paused", enquiry.waiting_since, "Since"
        )
    else:
        qualified = _owed(QUALIFICATION, enquiry.qualification_due_at, now, clock)
    return [("First reply", reply), ("Qualification", qualified)]


def not_reached():
    """The channel of the newest contact of ours that did not reach the investor: for `annotate(not_reached=…)`."""
    rows = EnquiryInteraction.objects.filter(
        enquiry=OuterRef("pk"), interaction__reached=False, interaction__status=Interaction.Status.COMPLETE
    )
    return Subquery(rows.order_by("-interaction__at").values("interaction__channel")[:1])


def with_not_reached(enquiries):
    """The rows of a list, each knowing whether something we said came back: one query with the list's own."""
    return enquiries.annotate(not_reached=not_reached())


def in_working_time(length, calendar):
    """“25 working min”, “3 working h”, “1 working d 3 h”: never more than there is; empty for nothing."""
    if length < A_MINUTE:
        return ""
    if length < AN_HOUR:
        return f"{length // A_MINUTE} working min"
    days, rest = divmod(length, calendar.longest_day)
    hours = rest // AN_HOUR
    if not days:
        return f"{hours} working h"
    return f"{days} working d" + (f" {hours} h" if hours and days < SAID_IN_DAYS else "")


def when_in_liverpool(at):
    return formatted(at.astimezone(LIVERPOOL), "j M Y, H:i")


def _closed(enquiry):
    if enquiry.first_reply_at:
        return Display("Closed after a reply", "plain", "done", enquiry.closed_at)
    return Display("Closed without a reply", "plain", "withdrawn", enquiry.closed_at)


def _owed(obligation, due, now, clock, *, held=False, more=""):
    """An obligation that is not met: how much working time is left, or how much has gone over it."""
    what = f"Held, {OWED[obligation].lower()}" if held else OWED[obligation]
    calendar = clock.calendar
    if due <= now:
        late = in_working_time(calendar.between(due, now), calendar)
        words = f"{what} late by {late}" if late else f"{what} late"
        return Display(words, "late", "late", due, WAS_DUE, more)
    left = calendar.between(now, due)
    amount = in_working_time(left, calendar)
    today = due.astimezone(LIVERPOOL).date() == now.astimezone(LIVERPOOL).date()
    soon = today or left <= clock.targets[obligation].warn_officer
    tone, symbol = ("soon", "soon") if soon else ("plain", "clock")
    words = f"{what} due in {amount}" if amount else f"{what} due now"
    if held:
        tone, symbol = ("soon" if soon else "paused"), "held"
    return Display(words, tone, symbol, due, "Today" if today else "", more)


def _not_reached(enquiry):
    if not hasattr(enquiry, "not_reached"):
        rows = Enquiry.objects.filter(pk=enquiry.pk).values_list(not_reached(), flat=True)
        enquiry.not_reached = rows.first()
    match enquiry.not_reached:
        case None:
            return ""
        case Interaction.Channel.EMAIL:
            return "Not reached: the reply came back"
    return "Not reached"
