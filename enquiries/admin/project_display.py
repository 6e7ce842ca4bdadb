"""What lists, cards and the record of an investment project show of it."""

from django.utils.html import format_html, format_html_join

from enquiries.admin.project_forms import pounds
from enquiries.models import ProjectOrganisation
from enquiries.names import script_language
from enquiries.project_stages import ENDS, ORDER, Status
from publishing.desk.display import day_of, in_language, tag, timeline

# How a project goes: tone, icon. The word is the status's own.
STATUSES = {
    Status.ONGOING: ("plain", "clock"),
    Status.DELAYED: ("soon", "soon"),
    Status.DORMANT: ("paused", "paused"),
    Status.LOST: ("late", "cross"),
    Status.ABANDONED: ("gap", "withdrawn"),
    Status.WON: ("good", "done"),
}


def status_tag(project):
    return tag(project.get_status_display(), *STATUSES[project.status])


def stage_pips(project):
    """The stage by word and by the place of its pip; square where the project has ended."""
    reached = ORDER.index(project.stage)
    pips = format_html_join(
        "", '<i class="{}"></i>', (("on" if place <= reached else "off",) for place in range(len(ORDER)))
    )
    ended = " is-ended" if project.status in ENDS else ""
    return format_html(
        '<span class="stage-pips{}"><span class="pips" aria-hidden="true">{}</span>{}</span>',
        ended,
        pips,
        project.get_stage_display(),
    )


def investors(project):
    """The names of the investor companies, from rows read with the project."""
    return ", ".join(
        str(row.organisation)
        for row in project.organisation_rows.all()
        if row.role == ProjectOrganisation.Role.INVESTOR
    )


def named(project):
    """Its name, marked with its language where the script tells."""
    code = script_language(project.name)
    return in_language(project.name, code) if code else project.name


def value_words(project):
    return pounds(project.total_investment) or "Value not known"


def jobs_words(new, safeguarded):
    parts = [f"{new:,} new" if new else "", f"{safeguarded:,} safeguarded" if safeguarded else ""]
    return f"{' and '.join(filter(None, parts))} jobs" if any(parts) else ""


def landing_words(project):
    if project.actual_land_date:
        return f"Landed {day_of(project.actual_land_date)}"
    if project.estimated_land_date:
        return f"Expected {day_of(project.estimated_land_date)}"
    return "No date yet"


def missing_tag(count):
    return tag(f"{count} missing", "gap", "missing") if count else ""


def changes(project):
    """What became of stage and status, newest first."""
    return timeline(
        (
            "done" if row.after == Status.WON else "changed",
            "good" if row.after == Status.WON else "plain",
            f"{_sentence(row, project)}{': ' if row.why else ''}{row.why}",
            row.by or "",
            row.at,
        )
        for row in project.changes.select_related("by")
    )


def _sentence(row, project):
    kind = project.Stage if row.what == row.What.STAGE else project.Status
    after = kind(row.after).label
    return (
        f"{row.get_what_display()}: {kind(row.before).label} → {after}" if row.before else f"Began as {after}"
    )
