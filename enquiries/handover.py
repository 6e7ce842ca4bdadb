"""Somebody leaves: what is theirs goes to somebody else, in one action and for one reason."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from enquiries import assignment, emails
from enquiries.models import AssignmentRule, Enquiry, InvestmentProject
from enquiries.triage import NotPossible, check_receiver

# Who looks after a project while it goes on, and who afterwards.
ROLES = ["client_relationship_manager", "project_manager", "project_assurance_adviser"]
AFTERCARE = Q(status=InvestmentProject.Status.WON)


@dataclass(frozen=True)
class Theirs:
    """What somebody has: open enquiries, projects by role, and the rules that give to them."""

    enquiries: object
    projects: dict
    rules: object

    @classmethod
    def of(cls, user):
        ongoing = InvestmentProject.objects.ongoing().order_by("pk")
        projects = {role: ongoing.filter(**{role: user}) for role in ROLES}
        after = InvestmentProject.objects.filter(AFTERCARE | Q(ended_on__isnull=True)).order_by("pk")
        projects["aftercare_manager"] = after.filter(aftercare_manager=user)
        return cls(
            Enquiry.objects.open().filter(owner=user).order_by("pk"),
            projects,
            AssignmentRule.objects.filter(officer=user),
        )


@dataclass(frozen=True)
class HandedOver:
    """How much went over."""

    enquiries: int
    projects: int
    rules: int


@transaction.atomic
def hand_over(leaver, *, officer=None, team=None, rules=True, why, by):
    """Give everything open of one colleague to another, to a team or both; all of it or nothing. Projects need an
    officer. One mail tells whoever gets it. Returns how much it was."""
    check_receiver(officer, team, why)
    if officer is None and team is None:
        raise NotPossible("Choose an officer or a team.")
    if officer == leaver:
        raise NotPossible(f"It is {leaver}’s already. Choose somebody else.")
    theirs = Theirs.of(leaver)
    enquiries = list(theirs.enquiries.select_for_update(of=("self",)))
    for enquiry in enquiries:
        assignment.assign(
            enquiry, officer=officer, team=team or enquiry.team, why=why.strip(), by=by, tell=False
        )
    projects = _projects(theirs, officer)
    changed = _rules(theirs, officer, team) if rules else 0
    given = {"leaver": leaver, "officer": officer, "team": team, "why": why.strip(), "by": by}
    emails.queue_handed_over(enquiries, projects, **given, to=assignment.told_for(officer, team))
    return HandedOver(len(enquiries), len(projects), changed)


def _projects(theirs, officer):
    """Every project in which the leaver had a role, each once, with the officer in that role."""
    found = {}
    for role, projects in theirs.projects.items():
        for project in projects.select_for_update(of=("self",)):
            project = found.setdefault(project.pk, project)
            setattr(project, role, officer)
            project.save(update_fields=[role])
    if found and officer is None:
        raise NotPossible("A project is looked after by a person. Choose an officer as well.")
    return list(found.values())


def _rules(theirs, officer, team):
    """A rule gives to an officer or to a team, one of the two."""
    return theirs.rules.update(officer=officer, team=None if officer else team)


def with_something():
    """Colleagues who have open enquiries or ongoing projects, with how many; who has left first."""
    open_ones = Enquiry.objects.open().filter(owner__isnull=False).order_by()
    counts = {
        row["owner"]: {"enquiries": row["number"], "projects": 0}
        for row in open_ones.values("owner").annotate(number=Count("pk"))
    }
    for pk, projects in _projects_by_person().items():
        counts.setdefault(pk, {"enquiries": 0, "projects": 0})["projects"] = len(projects)
    for pk in AssignmentRule.objects.filter(officer__isnull=False).values_list("officer", flat=True):
        counts.setdefault(pk, {"enquiries": 0, "projects": 0})
    people = User.objects.filter(pk__in=counts).order_by("is_active", "first_name", "last_name", "username")
    return [(person, counts[person.pk]) for person in people]


def _projects_by_person():
    found = {}
    rows = InvestmentProject.objects.filter(AFTERCARE | Q(ended_on__isnull=True))
    for pk, ended, *people in rows.values_list("pk", "ended_on", *ROLES, "aftercare_manager"):
        for person in people[-1:] if ended else people:
            if person:
                found.setdefault(person, set()).add(pk)
    return found
