"""What an enquiry lacks before it may stand in a stage: one answer for form, list and verb. The demands are data
(`stages.DEMANDS`); here stands how each is read and said."""

from typing import NamedTuple

from enquiries.models.stage import Stage
from enquiries.stages import DEMANDS, MOVES


class Missing(NamedTuple):
    """One thing that is lacking, and what to do about it."""

    name: str
    words: str
    do: str


READ = {
    "first_reply_at": lambda enquiry, why: enquiry.first_reply_at,
    "owner": lambda enquiry, why: enquiry.owner and enquiry.owner.is_active,
    "country": lambda enquiry, why: enquiry.country,
    "sectors": lambda enquiry, why: enquiry.sectors.exists(),
    "qualified_at": lambda enquiry, why: enquiry.qualified_at,
    "known_organisation": lambda enquiry, why: enquiry.known_organisation_id,
    "details_checked": lambda enquiry, why: not enquiry.details_to_check,
    "released": lambda enquiry, why: not enquiry.is_held,
    "why": lambda enquiry, why: why.strip(),
}
SAID = {
    "first_reply_at": ("No person has answered yet.", "Send a reply, or log the contact."),
    "owner": ("Nobody has it.", "Take it, or give it to somebody."),
    "country": ("The country is not known.", "Choose it."),
    "sectors": ("No sector is chosen.", "Choose at least one."),
    "qualified_at": ("It is not qualified.", "Say how ready they are and what it is worth."),
    "known_organisation": ("The organisation is not in our records.", "Confirm a match, or add it."),
    "details_checked": (
        "Its details are still to check.",
        "Compare them with the mail, then mark them as checked.",
    ),
    "released": ("It is held.", "Release it first."),
    "why": ("There is no reason.", "Say why."),
}


def missing_for(enquiry, stage, *, why=""):
    """Everything that the stage demands and the enquiry has not; a list of `Missing`."""
    return [
        Missing(name, *SAID[name])
        for name, stages in DEMANDS.items()
        if stage in stages and not READ[name](enquiry, why)
    ]


def next_stages(enquiry):
    """[(stage, what is missing for it)] for every stage it may move to, in the order of the stages. The reason, which
    is given with the move, is not counted."""
    return [
        (stage, [item for item in missing_for(enquiry, stage) if item.name != "why"])
        for stage in Stage
        if stage in MOVES[Stage(enquiry.stage)]
    ]
