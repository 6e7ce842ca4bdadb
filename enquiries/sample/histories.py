"""What became of an enquiry, from receipt until now, as the officers' verbs would have left it: every move is one that
`enquiries.stages` allows, and each leaves its rows. Moments are in whole seconds; what lies after `now` has not
happened yet."""

from enquiries.models.stage import CLOSING, WAITING, Stage
from enquiries.sample.office import HOUR

DAY = 86400
ROBOT = "The form was sent less than 3 seconds after it was opened."
TRAPPED = "A field that people do not see was filled in."
NOT_FOR_US = ["Asks for a job, not for a site.", "Advertises services to us.", "A student's questionnaire."]
NO_FDI = [
    "The parent is in the United Kingdom.",
    "Looks for a distributor only.",
    "Buys from us; does not invest.",
]
SILENT = ["No answer to three mails.", "No answer since our reply.", "The address no longer answers."]
TAKEN = "Taken"
HANDED = ["Speaks their language.", "Knows the company.", "Has fewer open ones this week."]
FROM_US, FROM_THEM, CONVERSATION = "from-us", "from-them", "conversation"
REPLIES = ["email"] * 7 + ["telephone"] * 2 + ["video"]


class Passed(Exception):
    """The next thing would happen after now."""


class History:
    """One enquiry's rows as they come about."""

    def __init__(self, rng, office, now, received, officers):
        self.rng, self.office, self.now, self.received, self.at = rng, office, now, received, received
        self.officers = officers
        self.stage = Stage.NEW.value
        self.changes = [("", self.stage, None, received, "")]
        self.assignments, self.contacts, self.waits = [], [], []
        self.owner = self.team = self.first_reply = self.waiting_since = None
        self.closed, self.held, self.qualified = (
            None,
            None,
            None,
        )  # (at, why, by), [at, why, released, by], (…)

    def pass_working(self, hours, most=None):
        """Go on by some working hours, about so many."""
        seconds = max(60, int(hours * HOUR * self.rng.lognormvariate(0, 0.7)))
        self._go_to(self.office.after(self.at, min(seconds, int(most * HOUR)) if most else seconds))

    def pass_days(self, days):
        self._go_to(self.at + int(days * DAY * self.rng.lognormvariate(0, 0.5)))

    def _go_to(self, moment):
        if moment > self.now:
            raise Passed
        self.at = moment

    def move(self, stage, why=""):
        before, self.stage = self.stage, stage.value
        self.changes.append((before, self.stage, self.owner, self.at, why))
        if stage in WAITING and before not in WAITING:
            self.waiting_since = self.at
        if stage in CLOSING:
            self.closed = (self.at, why or stage.label, self.owner)

    def stop_waiting(self, heard_at=None):
        self.waits.append((self.waiting_since, max(self.waiting_since, heard_at or self.at)))
        self.waiting_since = None

    def give(self, officer, why, by):
        self.owner = officer
        self.assignments.append((officer, self.team, by, self.at, why))

    def contact(self, direction, channel, at=None, reached=True):
        at = at or self.at
        self.contacts.append((at, direction, channel, reached, self.owner))
        if self.first_reply is None and reached and direction != FROM_THEM:
            self.first_reply = at

    def qualify(self, readiness, quality):
        self.qualified = (self.at, self.owner, readiness, quality)


def history(rng, office, now, received, *, suspect, may_be_added, team, officers):
    """The history of an enquiry received then. `may_be_added`: it has what Data Hub asks for."""
    made = History(rng, office, now, received, officers)
    try:
        if suspect:
            _looked_at(made)
        made.team = team
        made.assignments.append((None, team, None, made.at, "The first rule that matches"))
        made.pass_working(1)
        made.give(rng.choice(officers), TAKEN, None)
        if rng.random() < 0.06:
            made.pass_working(1)
            made.give(
                rng.choice([each for each in officers if each != made.owner]), rng.choice(HANDED), made.owner
            )
        _answered(made)
        _talked(made, may_be_added)
    except Passed:
        pass
    return made


def _looked_at(made):
    """Held until somebody releases it, or closes it for what it is; a few stay."""
    rng = made.rng
    made.held = [made.at, rng.choice((ROBOT, TRAPPED)), None, None]
    if rng.random() < 0.02:
        raise Passed
    made.pass_working(4)
    officer = rng.choice(made.officers)
    if rng.random() < 0.6:
        made.held[2:] = made.at, officer
    else:
        made.owner = officer
        made.move(Stage.NON_APPLICABLE, "Sent by a robot.")
        made.owner = None
        raise Passed


def _answered(made):
    """The first reply, by mail or by telephone; some mails come back."""
    rng = made.rng
    if rng.random() < 0.002:
        raise Passed  # overlooked
    if rng.random() < 0.03:
        made.pass_working(12)
        made.move(Stage.NON_APPLICABLE, rng.choice(NOT_FOR_US))
        raise Passed
    made.pass_working(6)
    if rng.random() < 0.04:
        made.contact(FROM_US, "email", reached=False)
        made.pass_working(8)
    channel = rng.choice(REPLIES)
    made.contact(FROM_US if channel == "email" else CONVERSATION, channel)
    made.move(Stage.AWAITING if rng.random() < 0.7 else Stage.DIALOGUE, "")


def _talked(made, may_be_added):
    """To and fro, until it is qualified and ends one way or another."""
    rng = made.rng
    for _ in range(6):
        if made.waiting_since:
            _heard_or_not(made)
        made.pass_working(10)
        if made.qualified is None and rng.random() < 0.8:
            _qualified(made)
        if made.qualified and rng.random() < 0.75:
            break
        made.pass_working(6)
        made.contact(rng.choice((FROM_US, CONVERSATION)), rng.choice(REPLIES))
        made.move(Stage.AWAITING, "")
    else:
        raise Passed
    made.pass_days(8)
    _ended(made, may_be_added)


def _heard_or_not(made):
    """Their answer ends a wait; silence ends it too, in time."""
    rng = made.rng
    if rng.random() < 0.8:
        sent = made.at
        made.pass_days(4)
        heard = made.at
        made.pass_working(0.5)
        made.contact(FROM_THEM, "email", at=max(heard, sent))
        made.stop_waiting(heard)
        made.move(Stage.DIALOGUE, "E-mail or website: they answered.")
        return
    made.pass_days(30)
    if rng.random() < 0.3 and made.stage == Stage.AWAITING:
        made.move(Stage.NURTURE, "Ask again in spring.")
        made.pass_days(150)
    made.stop_waiting()
    made.move(Stage.NON_RESPONSIVE, rng.choice(SILENT))
    raise Passed


def _qualified(made):
    quality = made.rng.choices(("high", "medium", "low", "not-investment"), (10, 42, 30, 18))[0]
    readiness = {
        "high": ("convinced", "shortlist"),
        "medium": ("shortlist", "exploring"),
        "low": ("exploring", "not-ready"),
        "not-investment": ("not-interested",),
    }[quality]
    made.qualify(made.rng.choice(readiness), quality)


def _ended(made, may_be_added):
    rng, quality = made.rng, made.qualified[3]
    if quality == "high" and may_be_added:
        made.move(Stage.ADDED_TO_DATA_HUB, "")
    elif quality in {"high", "medium"} and rng.random() < 0.5:
        made.move(Stage.SENT_TO_POST, "Handled by the embassy's trade office.")
        made.pass_days(20)
        made.move(Stage.POST_PROGRESSING, "")
        made.pass_days(60)
        if may_be_added:
            made.move(Stage.ADDED_TO_DATA_HUB, "")
        else:
            made.move(Stage.NON_RESPONSIVE, rng.choice(SILENT))
    elif quality in {"high", "medium"}:
        made.move(Stage.NURTURE, "Interested, not this year.")
        made.pass_days(200)
        made.stop_waiting()
        made.move(Stage.NON_RESPONSIVE, rng.choice(SILENT))
    elif quality == "low":
        made.move(Stage.NON_FDI, rng.choice(NO_FDI))
    else:
        made.move(Stage.NON_APPLICABLE, rng.choice(NOT_FOR_US))
