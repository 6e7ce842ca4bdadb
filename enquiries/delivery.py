"""How the delivery of a reply stands, as staff are told."""

from typing import Any, NamedTuple

from django.utils import timezone

from enquiries.models.mail import TRY_FOR


class Delivery(NamedTuple):
    """`words` say it, `tone` and `icon` show it; `at` is since when, `seconds` how long it can still be taken back
    before it goes."""

    state: str
    words: str
    tone: str
    icon: str
    at: Any = None
    seconds: int = 0
    detail: str = ""

    @property
    def can_be_taken_back(self):
        return self.state in {"waiting", "sending", "trying", "refused", "given-up"}


def status(reply, now=None):
    """One answer for the record, the page of the reply and tests."""
    now, mail = now or timezone.now(), reply.mail
    if mail is None:
        return Delivery("draft", "Draft", "plain", "note", reply.saved_at)
    if mail.taken_back_at:
        return Delivery("taken-back", "Taken back", "plain", "back", mail.taken_back_at)
    if reply.not_reached_at:
        state, words = ("not-reached", "Came back") if mail.sent_at else ("refused", "Refused")
        return Delivery(state, words, "late", "late", reply.not_reached_at, detail=reply.not_reached_why)
    if mail.sent_at:
        return Delivery("accepted", "Accepted by the mail server", "good", "done", mail.sent_at)
    if mail.not_before and mail.not_before > now:
        seconds = int((mail.not_before - now).total_seconds()) + 1
        return Delivery("waiting", "Waiting to go", "tide", "clock", mail.not_before, seconds)
    if mail.queued_at <= now - TRY_FOR:
        words = f"Given up after {_times(mail.attempts)}"
        return Delivery("given-up", words, "late", "late", mail.queued_at, detail=mail.last_error)
    if mail.attempts:
        words = f"Tried {_times(mail.attempts)}, and will be tried again"
        return Delivery("trying", words, "soon", "soon", mail.queued_at, detail=mail.last_error)
    return Delivery("sending", "Being sent", "tide", "mail", mail.not_before)


def _times(number):
    return "once" if number == 1 else f"{number} times"
