"""Who was warned of what became late, as the periodic job would have done it."""

from enquiries.clock import QUALIFICATION, REPLY
from enquiries.models import Warned
from enquiries.models.stage import CLOSING, WAITING

EVERY = 300  # seconds between two runs of the job


def warned(history, office, targets):
    """[(obligation, whom, due at, warned at)] of one enquiry; `targets` are the clock's."""
    found = {}
    for obligation, due, begins, ends in _owed(history, office, targets):
        target = targets[obligation]
        leads = {Warned.Whom.OFFICER: target.warn_officer, Warned.Whom.MANAGER: target.warn_manager}
        for whom, lead in leads.items():
            moment = max(begins, office.moment(office.worked_by(due) - int(lead.total_seconds())))
            at = min(-(-moment // EVERY) * EVERY, history.now)
            if moment <= history.now and at < ends:
                found.setdefault((str(obligation), str(whom), due), at)
    return [(*key, at) for key, at in found.items()]


def _owed(history, office, targets):
    """(obligation, when it was due, from when and until when we owed it): the first reply, then qualification, anew
    after every wait."""
    within = {name: int(target.within.total_seconds()) for name, target in targets.items()}
    never = history.now + 1
    first_reply, closed = history.first_reply or never, history.closed[0] if history.closed else never
    yield REPLY, office.after(history.received, within[REPLY]), history.received, min(first_reply, closed)
    qualified = history.qualified[0] if history.qualified else never
    for begins, ends, waits in _spells(history, first_reply):
        due = office.after(history.received, within[QUALIFICATION], history.waits[:waits])
        yield QUALIFICATION, due, begins, min(ends, qualified)


def _spells(history, first_reply):
    """(from, until, how many waits had ended): when it was answered, open, and waited for nobody."""
    begins, waits = first_reply, 0
    for before, after, _, at, _ in history.changes:
        if begins is not None and (after in CLOSING or after in WAITING):
            yield begins, at, waits
            begins = None
        if before in WAITING and after not in WAITING:
            begins, waits = at, waits + 1
        if after in CLOSING:
            return
    if begins is not None:
        yield begins, history.now + 1, waits
