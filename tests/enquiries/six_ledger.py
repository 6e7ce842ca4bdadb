"""What each enquiry should be, kept apart from the system: what was done and what was said, and from it, in the words
that officers use, which of the six it is."""

from dataclasses import dataclass, field

WAITS = {"awaiting-response", "nurture-awaiting-response"}
CLOSES = {"non-responsive", "non-fdi", "non-applicable", "added-to-data-hub"}
SIX = ["held", "unanswered", "waiting", "dialogue", "closed-answered", "closed-unanswered"]


@dataclass
class Said:
    """One contact: who spoke, when, and whether it arrived."""

    who: str  # "us", "them" or "both"
    at: object
    arrived: bool = True

    @property
    def answers(self):
        return self.who != "them" and self.arrived


@dataclass
class Story:
    """What happened with one enquiry."""

    is_held: bool = False
    stage: str = "new"
    is_merged: bool = False
    said: dict = field(default_factory=dict)  # {number of the interaction: Said}

    @property
    def first_answer(self):
        return min((one.at for one in self.said.values() if one.answers), default=None)

    @property
    def state(self):
        """Exactly one of the six."""
        answered = self.first_answer is not None
        if self.stage in CLOSES:
            return "closed-answered" if answered else "closed-unanswered"
        if self.is_held:
            return "held"
        if not answered:
            return "unanswered"
        return "waiting" if self.stage in WAITS else "dialogue"

    def hears(self, number, who, at, *, arrived=True, then_wait=False):
        """Somebody spoke. Their word ends a wait and opens what was closed; ours begins a dialogue or a wait."""
        self.said[number] = Said(who, at, arrived)
        if not arrived:
            return
        if who != "us" and (self.stage in WAITS or (self.stage in CLOSES and not self.is_merged)):
            self.stage = "engaged-in-dialogue"
        elif who != "them" and self.stage in {"new", "engaged-in-dialogue"}:
            self.stage = "awaiting-response" if then_wait else "engaged-in-dialogue"

    def comes_back(self, number):
        """What we said did not arrive: there is nothing to wait for, unless something else reached them since."""
        gone = self.said[number]
        gone.arrived = False
        since = [one for one in self.said.values() if one.answers and one.at > gone.at]
        if self.stage == "awaiting-response" and not since:
            self.stage = "engaged-in-dialogue" if self.first_answer else "new"

    def is_parted(self):
        self.is_merged = False
        self.stage = "engaged-in-dialogue" if self.first_answer and not self.is_held else "new"
