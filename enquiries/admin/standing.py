"""How an enquiry stands, as staff see it: its state and stage by word and shape, and who has it."""

from django.utils import timezone
from django.utils.html import format_html, format_html_join

from accounts.models import Absence
from enquiries.models import Enquiry
from enquiries.models.stage import CLOSING, WITH_POST, Stage
from publishing.desk.display import day_of, nobody, tag, two_lines

State = Enquiry.State
# Tone and icon of each state.
STATES = {
    State.HELD: ("paused", "held"),
    State.UNANSWERED: ("plain", "inbox"),
    State.WAITING: ("paused", "paused"),
    State.DIALOGUE: ("tide", "mail"),
    State.CLOSED_ANSWERED: ("good", "done"),
    State.CLOSED_UNANSWERED: ("soon", "cross"),
}
# Stages that say no more than the state they bring.
SAME = {(State.UNANSWERED, Stage.NEW), (State.WAITING, Stage.AWAITING), (State.DIALOGUE, Stage.DIALOGUE)}
PIPS = 5
STEPS = {
    Stage.NEW: 1,
    Stage.AWAITING: 2,
    Stage.DIALOGUE: 3,
    Stage.NURTURE: 4,
    **dict.fromkeys(WITH_POST, 4),
    **dict.fromkeys(CLOSING, PIPS),
}


def state_tag(enquiry):
    return tag(enquiry.get_state_display(), *STATES[enquiry.state])


def says_more(enquiry):
    """Whether the stage tells something that the state does not."""
    return (enquiry.state, enquiry.stage) not in SAME


def stage(value):
    """A stage by its word and by how far it is; square where it closes."""
    step = STEPS[Stage(value)]
    pips = format_html_join(
        "", '<i class="{}"></i>', (("is-on" if place < step else "",) for place in range(PIPS))
    )
    kind = "pips is-closed" if value in CLOSING else "pips"
    word = Stage(value).label
    return format_html(
        '<span class="stage"><span class="{}" aria-hidden="true">{}</span>{}</span>', kind, pips, word
    )


def whose(enquiry):
    """Who has it; Nobody where nobody does, and why: never given, or its officer has left."""
    owner = enquiry.owner
    if owner is None:
        last = enquiry.assignments.first()
        was_given = last and last.officer_id is None and last.team_id is None and last.why
        return nobody("Nobody: who had it is gone" if was_given else "Nobody")
    if not owner.is_active:
        return nobody(f"Nobody: {owner} has left")
    away = Absence.objects.on(timezone.localdate()).filter(user=owner).select_related("deputy").first()
    if away is None:
        return str(owner)
    stands_in = f", {away.deputy} stands in" if away.deputy else ", nobody stands in"
    return two_lines(str(owner), f"Away until {day_of(away.last_day)}{stands_in}")
