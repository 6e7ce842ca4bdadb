"""What is asked of enquiries, by the names that officers use."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
IS_HELD = Q(held_at__isnull=False, released_at__isnull=True)


class EnquiryQuerySet(models.QuerySet):
    def held(self):
        """Suspects that wait for a person to look at them."""
        return self.filter(IS_HELD)

    def open(self):
        """Whatever is not closed, held ones among them."""
        return self.filter(closed_at__isnull=True)

    def in_state(self, *states):
        return self.filter(state__in=states)

    def owed_a_reply(self):
        """Open, and no person has replied: the unanswered, and the held, whose clocks run all the same."""
        return self.in_state(self.model.State.UNANSWERED, self.model.State.HELD)

    def falling_to(self, officers, teams):
        """Whose it is to act: these officers' while they work here, and these teams' where nobody else has it."""
        theirs = Q(owner__in=officers, owner__is_active=True)
        nobody_elses = Q(owner__isnull=True) | Q(owner__is_active=False)
        return self.filter(theirs | (nobody_elses & Q(team__in=teams)))

    def breached(self, now=None):
        """What should have been done by now."""
        return self.open().filter(due_at__lte=now or timezone.now())

    def due_today(self, now=None):
        """What is still to be done in time before London's day ends."""
        now = now or timezone.now()
        midnight = datetime.combine(now.astimezone(LONDON).date() + timedelta(days=1), time(), tzinfo=LONDON)
        return self.open().filter(due_at__gt=now, due_at__lt=midnight)

    def due_soon(self, now=None):
        """What is still to be done in time within the next seven days."""
        now = now or timezone.now()
        return self.open().filter(due_at__gt=now, due_at__lte=now + timedelta(days=7))

    def of(self, user):
        """Theirs: what they own, and what their teams have and nobody has taken."""
        teams = list(user.teams.values_list("pk", flat=True))  # named, the planner joins two indexes
        return self.filter(Q(owner=user) | Q(owner__isnull=True, team__in=teams))

    def of_leavers(self):
        """Theirs who no longer work here."""
        return self.filter(owner__is_active=False)

    def with_nobody(self):
        """Open, and nobody has it: never given, given to a team and not taken, or its owner has left."""
        return self.open().filter(Q(owner__isnull=True) | Q(owner__is_active=False))

    def under_key(self, submission_key):
        """What one opened form has sent us, in the order in which it came."""
        return self.filter(submission_key=submission_key).order_by("pk")
