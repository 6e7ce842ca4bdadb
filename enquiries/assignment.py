"""Who is given an enquiry: by the first rule that matches, or by hand."""

from django.utils import timezone

from accounts.models import Absence
from enquiries import emails
from enquiries.models import Assignment, AssignmentRule


def assign_by_rule(enquiry):
    """Give a new enquiry to whom the first matching rule says; nobody where none matches. The caller holds the row."""
    if rule := first_matching(enquiry):
        officer = at_work(rule.officer) if rule.officer else None
        assign(enquiry, officer=officer, team=rule.team, rule=rule, why=str(rule), by=None)


def first_matching(enquiry):
    """The first rule in order that holds for the enquiry. Of an officer who has left, or a team retired, it is passed
    over."""
    about = {row.opportunity_id for row in enquiry.opportunity_rows.all()}
    themes = set(enquiry.opportunities.values_list("theme_rows__theme", flat=True) if about else ())
    for rule in AssignmentRule.objects.filter(in_use=True).select_related(
        "officer", "team", "theme", "opportunity"
    ):
        if (
            (rule.officer is None or rule.officer.is_active)
            and (rule.team is None or rule.team.retired_at is None)
            and (rule.theme_id is None or rule.theme_id in themes)
            and (rule.opportunity_id is None or rule.opportunity_id in about)
            and rule.country in {"", enquiry.country}
            and rule.language in {"", enquiry.reply_language}
        ):
            return rule
    return None


def at_work(officer):
    """The officer, or whoever stands in for them today and is at work; the officer where nobody does."""
    seen, found, today = set(), officer, timezone.localdate()
    while found and found.pk not in seen:
        seen.add(found.pk)
        away = Absence.objects.on(today).filter(user=found).select_related("deputy").first()
        if away is None:
            return found
        found = away.deputy if away.deputy and away.deputy.is_active else None
    return officer


def assign(enquiry, *, officer=None, team=None, rule=None, why="", by, tell=True):
    """Write who has it, with its row, and tell whoever did not do it themselves. The caller holds the row."""
    if enquiry.owner == officer and enquiry.team == team:
        return enquiry
    enquiry.owner, enquiry.team = officer, team
    enquiry.save(update_fields=["owner", "team"])
    row = Assignment.objects.create(enquiry=enquiry, officer=officer, team=team, rule=rule, why=why, by=by)
    if tell:
        emails.queue_assigned(enquiry, row)
    return enquiry
