"""Who is reminded of what is owed: a warning before an obligation falls due, first to the officer, then to the
managers, and every working day a list of the unanswered.

Everything is chosen by “due and not done”: a row says done (`Warned`, `DailyList`), so a missed run loses nothing and
two runs at once remind once.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from procrastinate.contrib.django import app

from enquiries import emails
from enquiries.assignment import at_work, told_for
from enquiries.clock import REPLY, Clock
from enquiries.clock_display import due_in, with_not_reached
from enquiries.models import DailyList, Enquiry, Warned

OFFICER, MANAGER = Warned.Whom.OFFICER, Warned.Whom.MANAGER
NOT_READ = ["original", "plans", "words", "search"]

logger = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.warn_of_breaches", queueing_lock="enquiries.warn_of_breaches")
def warn(timestamp):
    warn_of_breaches()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.send_daily_lists", queueing_lock="enquiries.send_daily_lists")
def list_unanswered(timestamp):
    send_daily_lists()


def managers():
    """Whoever may see what everybody owes, by role or of their own; administrators only where nobody else does."""
    staff = get_user_model().objects
    found = staff.with_perm("enquiries.manage_enquiry", include_superusers=False).exclude(email="")
    return list(found) or list(staff.filter(is_superuser=True, is_active=True).exclude(email=""))


# Warnings


def warn_of_breaches(now=None):
    """Warn of every obligation that falls due within its lead of working time, or is late, and was not warned of.
    Returns the number of warnings."""
    now, clock = now or timezone.now(), Clock.now_in_force()
    number = 0
    for obligation, target in clock.targets.items():
        for whom, lead in ((OFFICER, target.warn_officer), (MANAGER, target.warn_manager)):
            due = _due_and_not_warned(obligation, whom, clock.calendar.after(now, lead))
            number += sum(_warned(pk, due_at, obligation, whom, now, clock) for pk, due_at in due)
    return number


def _due_and_not_warned(obligation, whom, until):
    """What can still be done in time comes before what is late already, however much that is."""
    done = Warned.objects.filter(
        enquiry=OuterRef("pk"), obligation=obligation, whom=whom, due_at=OuterRef("due_at")
    )
    due = Enquiry.objects.breached(until).filter(first_reply_at__isnull=obligation == REPLY)
    return list(due.exclude(Exists(done)).order_by("-due_at", "pk").values_list("pk", "due_at"))


def _warned(pk, due_at, obligation, whom, now, clock):
    """Whether a warning was sent. One that cannot be sent leaves the others alone, and is tried at the next run."""
    try:
        return _warn_once(pk, due_at, obligation, whom, now, clock)
    except Exception as error:
        logger.error("No warning could be queued for enquiry %s: %s", pk, type(error).__name__)
        return False


@transaction.atomic
def _warn_once(pk, due_at, obligation, whom, now, clock):
    """Somebody may have answered or moved it since it was chosen: it is locked and looked at again. Who holds it now is
    about to change it: the next run looks again."""
    rows = Enquiry.objects.select_for_update(of=("self",), skip_locked=True).defer(*NOT_READ)
    enquiry = rows.select_related("owner", "team").filter(pk=pk, due_at=due_at).first()
    if enquiry is None:
        return False
    key = {"enquiry": enquiry, "obligation": obligation, "whom": whom, "due_at": due_at}
    _, first = Warned.objects.get_or_create(**key, defaults={"at": now})
    if first:
        told = officers(enquiry) if whom == OFFICER else managers()
        emails.queue_warning(enquiry, whom=whom, standing=due_in(enquiry, now, clock).text, to=told)
    return first


def officers(enquiry):
    """Who is to act: the owner, or their deputy while they are away; every member of the team where nobody owns it or
    its owner has left; nobody where there is none of these, and the officers' address is told."""
    for told in (told_for(enquiry.owner, None), told_for(None, enquiry.team)):
        if reachable := [member for member in told if member.email and member.is_active]:
            return reachable
    return []


# The daily list


@dataclass
class Unanswered:
    """Every unanswered enquiry, the most urgent first, under whom it falls to."""

    by_owner: dict = field(default_factory=lambda: defaultdict(list))
    by_team: dict = field(default_factory=lambda: defaultdict(list))
    nobodys: list = field(default_factory=list)

    @classmethod
    def now(cls):
        found = cls()
        rows = Enquiry.objects.owed_a_reply().select_related("owner", "team").defer(*NOT_READ)
        for enquiry in with_not_reached(rows).order_by("urgency", "-pk"):
            if enquiry.owner and enquiry.owner.is_active:
                found.by_owner[enquiry.owner].append(enquiry)
            elif enquiry.team:
                found.by_team[enquiry.team].append(enquiry)
            else:
                found.nobodys.append(enquiry)
        return found

    def everybodys(self):
        """[(heading, enquiries)] for a manager: what nobody has, then by team, then by officer."""
        teams = sorted(self.by_team.items(), key=lambda item: item[0].name)
        owners = sorted(self.by_owner.items(), key=lambda item: str(item[0]))
        parts = [("Nobody has these", self.nobodys)]
        parts += [(f"{team}, not taken by anybody", rows) for team, rows in teams]
        return _filled(parts + [(str(owner), rows) for owner, rows in owners])

    def of(self, officer, deputies):
        """[(heading, enquiries)] for an officer: theirs, those of whom they stand in for, and their teams'."""
        parts = [("Yours", self.by_owner.get(officer, []))]
        parts += [
            (f"For {owner}, who is away", rows)
            for owner, rows in self.by_owner.items()
            if owner != officer and deputies[owner] == officer
        ]
        for team, rows in self.by_team.items():
            if officer in team.members.all():
                parts.append((f"{team}, not taken by anybody", rows))
        return _filled(parts)


def send_daily_lists(now=None):
    """Send the list of the newest working day, whose office has opened, to everybody who has not had it: officers
    theirs, managers everybody's. Whoever owes nothing gets no mail, and the row says done. Returns the number of
    mails."""
    now, clock = now or timezone.now(), Clock.now_in_force()
    day = clock.calendar.last_opened(now)
    waiting, all_seeing = _not_had(day), set(managers())
    if not waiting:
        return 0
    unanswered = Unanswered.now()
    deputies = {owner: at_work(owner) for owner in unanswered.by_owner}
    number = 0
    for recipient in waiting:
        sees_all = recipient in all_seeing
        parts = unanswered.everybodys() if sees_all else unanswered.of(recipient, deputies)
        number += _listed(recipient, day, parts, now, clock, owed="all" if sees_all else "mine")
    return number


def _not_had(day):
    """Active staff who answer enquiries or have some, and have not had the list of that day."""
    users = get_user_model().objects
    unanswered = Enquiry.objects.owed_a_reply().order_by()
    known = {
        *users.with_perm("enquiries.change_enquiry", include_superusers=False),
        *users.filter(pk__in=unanswered.values("owner")),
        *users.filter(teams__in=unanswered.values("team")),
        *managers(),
    }
    known |= {at_work(user) for user in known}
    had = set(DailyList.objects.filter(day=day).values_list("recipient", flat=True))
    waiting = [user for user in known if user.is_active and user.email and user.pk not in had]
    return sorted(waiting, key=lambda user: user.pk)


@transaction.atomic
def _listed(recipient, day, parts, now, clock, *, owed):
    row, first = DailyList.objects.get_or_create(recipient=recipient, day=day)
    if not first or not parts:
        return False
    said = [
        (heading, [(enquiry, due_in(enquiry, now, clock)) for enquiry in enquiries])
        for heading, enquiries in parts
    ]
    row.mail = emails.queue_daily_list(recipient, day, said, owed=owed)
    row.save(update_fields=["mail"])
    return True


def _filled(parts):
    return [(heading, rows) for heading, rows in parts if rows]
