"""What is owed to investors: the six states, what is due today and what is late, and where to begin."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.text import Truncator

from enquiries import clock_display, countries
from enquiries.clock import Clock
from enquiries.models import Enquiry
from enquiries.names import text_language
from lcr_crm.desk.parts import Action, Counter, Panel, Row, may
from publishing.desk.display import LIVERPOOL

MOST_SHOWN = 6
SEE_PEOPLE = "partners.view_person"
MANAGE = "enquiries.manage_enquiry"
OWED_NOW = {"mine", "nobody", "late"}
State = Enquiry.State
# Icon and tone of each state that is not empty.
LOOKS = {
    State.UNANSWERED: ("inbox", "calm"),
    State.HELD: ("held", "paused"),
    State.DIALOGUE: ("mail", "calm"),
    State.WAITING: ("paused", "paused"),
    State.CLOSED_ANSWERED: ("done", "good"),
    State.CLOSED_UNANSWERED: ("cross", "soon"),
}


def address(query=""):
    return reverse("admin:enquiries_enquiry_changelist") + query


def counters(user, now=None):
    """Late and due today, then the six states, which add up to all there are: three queries. Nothing for those who may
    not see them."""
    if not may(user, "view", Enquiry):
        return []
    now = now or timezone.now()
    by_state = dict(Enquiry.objects.order_by().values_list("state").annotate(Count("pk")))
    late = Enquiry.objects.breached(now).count()
    today = Enquiry.objects.due_today(now).count()
    return [
        Counter("Late", late, address("?due=breached"), "late", "late"),
        Counter("Due today", today, address("?due=today"), "soon", "soon"),
        *(
            Counter(state.label, by_state.get(state, 0), address(f"?state={state}"), icon, tone)
            for state, (icon, tone) in LOOKS.items()
        ),
    ]


def panels(user, now=None):
    """Where an officer begins: what is theirs, what nobody has, what is held; for managers also what is late, whoever
    has it, and what was closed without a reply. None for those who may not see enquiries."""
    if not may(user, "view", Enquiry):
        return []
    shown = _Shown(user, now or timezone.now())
    found = [shown.mine(), shown.nobodys(), shown.held()]
    return [*found, shown.late(), shown.closed_unanswered()] if user.has_perm(MANAGE) else found


class _Shown:
    """The short lists of one user at one moment, with calendar and targets read once."""

    def __init__(self, user, now):
        self.user, self.now = user, now
        self.clock = Clock.now_in_force()
        self.may_act = may(user, "change", Enquiry)
        self.sees_people = user.has_perm(SEE_PEOPLE)
        rows = Enquiry.objects.defer("original").select_related("owner", "team")
        self.rows = clock_display.with_not_reached(rows)

    def mine(self):
        found = self.rows.open().of(self.user).filter(due_at__isnull=False).order_by("urgency", "-pk")
        return self._panel(
            "mine",
            "Yours, the most urgent first",
            found,
            empty="You owe nobody an answer.",
            more=address("?owner=me"),
        )

    def nobodys(self):
        found = self.rows.with_nobody().exclude(state=State.HELD)
        return self._panel(
            "nobody",
            "Nobody has these",
            found.order_by("urgency", "-pk"),
            empty="Every open enquiry has somebody who answers for it.",
            more=address("?owner=nobody"),
            action=("Take", "take"),
        )

    def held(self):
        return self._panel(
            "held",
            "Held: did a person write this?",
            self.rows.held().open().order_by("urgency", "-pk"),
            empty="Nothing is held.",
            more=address("?state=held"),
            action=("Release", "release"),
        )

    def late(self):
        found = self.rows.breached(self.now).order_by("urgency", "-pk")
        return self._panel(
            "late",
            "Late, whoever has them",
            found,
            empty="Nobody waits for longer than we promised.",
            more=address("?due=breached"),
            next_step=(
                "Hand over what a colleague leaves behind",
                reverse("admin:enquiries_enquiry_hand_over"),
            ),
        )

    def closed_unanswered(self):
        found = self.rows.in_state(State.CLOSED_UNANSWERED).order_by("urgency", "-pk")
        return Panel(
            key="closed-unanswered",
            title="Closed without a reply",
            rows=[self._closed(enquiry) for enquiry in found[:MOST_SHOWN]],
            empty="No enquiry was closed without a reply.",
            more_url=address(f"?state={State.CLOSED_UNANSWERED}"),
        )

    def _panel(self, key, title, found, *, empty, more, action=None, next_step=None):
        rows = [self._row(enquiry, action if self.may_act else None) for enquiry in found[:MOST_SHOWN]]
        return Panel(key=key, title=title, rows=rows, empty=empty, more_url=more, next_step=next_step)

    def _row(self, enquiry, action=None):
        words, lang = self._words(enquiry)
        country = countries.name(enquiry.country) if enquiry.country else "country not known"
        at, today = (moment.astimezone(LIVERPOOL) for moment in (enquiry.received_at, self.now))
        received = formatted(at, "j M, H:i" if at.year == today.year else "j M Y, H:i")
        return Row(
            url=reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]),
            title=words,
            lang=lang,
            sub=f"{enquiry.reference} · {country} · received {received}",
            tags=[clock_display.due_tag(enquiry, self.now, self.clock)],
            action=action and _action(enquiry, *action),
        )

    def _closed(self, enquiry):
        return Row(
            url=reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]),
            title=enquiry.closed_why if self.sees_people else enquiry.get_stage_display(),
            sub=f"{enquiry.reference} · {enquiry.organisation}",
            meta=formatted(enquiry.closed_at.astimezone(LIVERPOOL), "j M Y"),
        )

    def _words(self, enquiry):
        """What was asked; for those who may not see people, who asks: the organisation."""
        if not self.sees_people:
            return enquiry.organisation or enquiry.reference, ""
        start = Truncator(" ".join(enquiry.plans.split())).chars(90) or enquiry.organisation
        return start or enquiry.reference, text_language(start, enquiry.language)


def _action(enquiry, label, verb):
    return Action(
        label=label,
        url=reverse(f"admin:enquiries_enquiry_{verb}", args=[enquiry.pk]),
        about=enquiry.reference,
    )
