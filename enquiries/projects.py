"""What officers do with an investment project beyond correcting it: move it on, say how it goes, win, lose, abandon
and re-open it.

Every verb locks the project first and then looks: of two people at once, the second is told what the first has done.
`shown` is the standing (`InvestmentProject.standing`) that the user saw. Each change leaves a row in its transaction.
"""

from django.db import transaction
from django.utils import timezone

from enquiries.missing import Missing
from enquiries.models import InvestmentProject, ProjectChange
from enquiries.project_stages import (
    ENDS,
    LINKED,
    MOVES,
    ONLY_IF,
    ORDER,
    REQUIRED_FROM,
    STATUSES,
    WITH_REASON,
    Stage,
    Status,
    next_stage,
)
from enquiries.triage import NotPossible

STAGE, STATUS = ProjectChange.What.STAGE, ProjectChange.What.STATUS


def locked(project):
    """The project as it stands now, with its links, held until the transaction ends."""
    projects = InvestmentProject.objects.with_links()
    return projects.select_for_update(of=("self",)).get(pk=project.pk)


def missing_for(project, stage):
    """Everything that the stage and those before it demand and the project has not; a list of `Missing`, the field's
    name in each. A project that was read `with_links` costs no query."""
    reached = ORDER.index(Stage(stage))
    lacking = [
        name
        for name, required_from in REQUIRED_FROM.items()
        if ORDER.index(required_from) <= reached and ONLY_IF.get(name, _always)(project)
    ]
    if any(name in LINKED for name in lacking) and not hasattr(project, "has_sectors"):
        _read_links(project)
    return [Missing(name, _words(name), "") for name in lacking if not _present(project, name)]


def missing_for_next(project):
    """What is missing for the next stage; nothing where the project has ended or no stage follows."""
    following = next_stage(project.stage)
    return missing_for(project, following) if following and project.status not in ENDS else []


def moves_of(project):
    """The stages that a project may move to as it stands, in their order."""
    return (
        [] if project.status in ENDS else [stage for stage in ORDER if stage in MOVES[Stage(project.stage)]]
    )


@transaction.atomic
def move_stage(project, stage, *, shown=None, why="", by):
    """Move a project to another stage: forward with all that the stage demands, back with a reason. Into Won it is
    won. Returns its row, or None where it stands there already."""
    project, stage = locked(project), Stage(stage)
    if project.stage == stage:
        return None
    _as_shown(project, shown)
    if project.status in ENDS:
        raise NotPossible(
            f"{project.project_code} is {project.get_status_display().lower()}. Re-open it first."
        )
    if stage not in MOVES[Stage(project.stage)]:
        raise NotPossible(f"From “{project.get_stage_display()}” there is no way to “{stage.label}”.")
    if stage == Stage.WON:
        return win(project, landed_on=project.actual_land_date, by=by)
    if ORDER.index(stage) < ORDER.index(project.stage):
        if not why.strip():
            raise NotPossible("Say why it goes back.")
    else:
        _complete(project, stage)
    return _changed(project, STAGE, stage, why=why, by=by)


@transaction.atomic
def change_status(project, status, *, shown=None, why="", by):
    """Say how a project goes that has not ended: ongoing, delayed or dormant, the last two with a reason. Returns the
    row, or None where it stands so already."""
    project, status = locked(project), Status(status)
    if project.status == status:
        return None
    _as_shown(project, shown)
    if status in ENDS:
        raise NotPossible("Winning, losing and abandoning have a form of their own.")
    _allowed(project, status)
    project.status_why = _reason(status, why)
    return _changed(project, STATUS, status, why=why, by=by)


@transaction.atomic
def lose(project, *, on, why, country_lost_to="", shown=None, by):
    """The investment went elsewhere: on which day, why, and to which country if that is known."""
    return _ended(project, Status.LOST, on=on, why=why, country_lost_to=country_lost_to, shown=shown, by=by)


@transaction.atomic
def abandon(project, *, on, why, shown=None, by):
    """The investor gave the project up."""
    return _ended(project, Status.ABANDONED, on=on, why=why, shown=shown, by=by)


@transaction.atomic
def win(project, *, landed_on=None, shown=None, by):
    """The project has landed: stage and status become Won together, on the day it landed. Returns the row of its
    stage."""
    project = locked(project)
    if project.status == Status.WON:
        return None
    _as_shown(project, shown)
    if Stage.WON not in moves_of(project):
        raise NotPossible(f"Only a project in “{Stage.VERIFY_WIN.label}” that goes on can be won.")
    project.actual_land_date = landed_on or project.actual_land_date
    _complete(project, Stage.WON)
    _past(project.actual_land_date)
    project.ended_on, project.status_why = project.actual_land_date, ""
    return _changed_both(project, Stage.WON, Status.WON, why="", by=by)


@transaction.atomic
def reopen(project, *, why, shown=None, by):
    """A project that had ended goes on, with a reason; one that was won stands in Verify win again."""
    project = locked(project)
    if project.status not in ENDS:
        return None
    _as_shown(project, shown)
    if not why.strip():
        raise NotPossible("Say why it goes on.")
    project.ended_on, project.status_why, project.country_lost_to = None, "", ""
    if project.status == Status.WON:
        return _changed_both(project, Stage.VERIFY_WIN, Status.ONGOING, why=why, by=by)
    return _changed(project, STATUS, Status.ONGOING, why=why, by=by)


def begun(project, *, why="", by):
    """The first rows of a new project, from nowhere."""
    for what, after in ((STAGE, project.stage), (STATUS, project.status)):
        ProjectChange.objects.create(project=project, what=what, after=after, why=why, by=by)


def _ended(project, status, *, on, why, country_lost_to="", shown, by):
    project = locked(project)
    if project.status == status:
        return None
    _as_shown(project, shown)
    _allowed(project, status)
    project.status_why = _reason(status, why)
    _past(on)
    project.ended_on, project.country_lost_to = on, country_lost_to
    return _changed(project, STATUS, status, why=why, by=by)


def _changed(project, what, after, *, why, by):
    """The change itself and its row. The caller holds the project."""
    before = getattr(project, what)
    setattr(project, what, after)
    project.save(
        update_fields=["stage", "status", "status_why", "ended_on", "country_lost_to", "actual_land_date"]
    )
    return ProjectChange.objects.create(
        project=project, what=what, before=before, after=after, why=why.strip(), by=by
    )


def _changed_both(project, stage, status, *, why, by):
    """Stage and status at once: the database knows neither without the other."""
    before, project.stage = project.stage, stage
    _changed(project, STATUS, status, why=why, by=by)
    return ProjectChange.objects.create(
        project=project, what=STAGE, before=before, after=stage, why=why.strip(), by=by
    )


def _as_shown(project, shown):
    if shown and shown != project.standing:
        raise NotPossible(
            f"Somebody has changed {project.project_code} in the meantime: it is "
            f"{project.get_status_display().lower()} in “{project.get_stage_display()}”. Nothing of yours was done. "
            "Look again."
        )


def _allowed(project, status):
    if status not in STATUSES[Status(project.status)]:
        raise NotPossible(
            f"{project.project_code} is {project.get_status_display().lower()}. Re-open it first."
        )


def _complete(project, stage):
    if lacking := missing_for(project, stage):
        named = ", ".join(item.words for item in lacking)
        raise NotPossible(f"“{stage.label}” demands what {project.project_code} has not yet: {named}.")


def _reason(status, why):
    if status in WITH_REASON and not why.strip():
        raise NotPossible(f"Say why it is {status.label.lower()}.")
    return why.strip()


def _past(day):
    if not day:
        raise NotPossible("Say on which day.")
    if day > timezone.localdate():
        raise NotPossible("That day is still to come.")


def _always(project):
    return True


def _present(project, name):
    if name in LINKED:
        return getattr(project, f"has_{name}")
    field = InvestmentProject._meta.get_field(name)
    return getattr(project, field.attname) not in (None, "", [])


def _words(name):
    if name in LINKED:
        return LINKED[name]
    words = InvestmentProject._meta.get_field(name).verbose_name
    return words[:1].upper() + words[1:]


def _read_links(project):
    columns = [f"has_{name}" for name in LINKED]
    for name, there in InvestmentProject.objects.with_links().values(*columns).get(pk=project.pk).items():
        setattr(project, name, there)
