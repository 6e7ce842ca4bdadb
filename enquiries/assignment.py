"""Who is given an enquiry: by the first rule that matches, or by hand."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Absence
from enquiries import countries, emails
from enquiries.models import Assignment, AssignmentRule
from opportunities.models import OpportunityTheme
from publishing import languages


@dataclass(frozen=True)
class Asked:
    """What rules look at in an enquiry: where it comes from, the language of the answer, what it asks about."""

    country: str
    language: str
    opportunities: frozenset
    themes: frozenset

    @classmethod
    def about(cls, opportunities, *, country, language):
        """`opportunities` are numbers of opportunities."""
        rows = OpportunityTheme.objects.filter(opportunity__in=opportunities) if opportunities else ()
        themes = rows.values_list("theme", flat=True) if opportunities else ()
        return cls(country, language, frozenset(opportunities), frozenset(themes))

    @classmethod
    def by(cls, enquiry):
        opportunities = enquiry.opportunity_rows.values_list("opportunity", flat=True)
        return cls.about(set(opportunities), country=enquiry.country, language=enquiry.reply_language)


def assign_by_rule(enquiry):
    """Give a new enquiry to whom the first matching rule says; nobody where none matches, and not where somebody has
    taken it meanwhile. The caller holds the row."""
    if enquiry.owner_id or enquiry.team_id:
        return
    if rule := first_matching(Asked.by(enquiry)):
        officer = at_work(rule.officer) if rule.officer else None
        away = f" {rule.officer} is away." if officer != rule.officer else ""
        why = f"{rule.conditions}.{away}"
        assign(enquiry, officer=officer, team=rule.team, rule=rule, why=why, by=None)


def first_matching(asked):
    return next((rule for rule, reasons in verdicts(asked) if not reasons), None)


def verdicts(asked):
    """[(rule, why it does not hold)] for every rule in order; the first without a reason decides."""
    rules = AssignmentRule.objects.select_related("officer", "team", "theme", "opportunity")
    return [(rule, reasons_against(rule, asked)) for rule in rules]


def reasons_against(rule, asked):
    """Why a rule does not decide; empty where it may. Of an officer who has left, or a team retired, it is passed
    over."""
    reasons = []
    if not rule.in_use:
        reasons.append("It is not in use.")
    if rule.officer and not rule.officer.is_active:
        reasons.append(f"{rule.officer} has left.")
    if rule.team and rule.team.retired_at:
        reasons.append(f"{rule.team} is retired.")
    if rule.theme_id and rule.theme_id not in asked.themes:
        reasons.append(f"Nothing asked about is of the theme {rule.theme}.")
    if rule.opportunity_id and rule.opportunity_id not in asked.opportunities:
        reasons.append(f"{rule.opportunity} is not asked about.")
    if rule.country and rule.country != asked.country:
        reasons.append(f"It does not come from {countries.name(rule.country)}.")
    if rule.language and rule.language != asked.language:
        reasons.append(f"The answer is not to be in {languages.english_name(rule.language)}.")
    return reasons


def at_work(officer):
    """The officer, or whoever stands in for them today and is at work; the officer where nobody does."""
    today = Absence.objects.on(timezone.localdate()).select_related("deputy")
    return _at_work(officer, lambda user: today.filter(user=user).first())


def stands_in_for(officer):
    """Every colleague who is away today and for whom, by whatever way, it is this officer who stands in."""
    today = Absence.objects.on(timezone.localdate()).select_related("user", "deputy")
    away = {absence.user_id: absence for absence in today}
    return [
        absence.user
        for absence in away.values()
        if absence.user != officer and _at_work(absence.user, lambda user: away.get(user.pk)) == officer
    ]


def _at_work(officer, absence_of):
    seen, found = set(), officer
    while found and found.pk not in seen:
        seen.add(found.pk)
        away = absence_of(found)
        if away is None:
            return found
        found = away.deputy if away.deputy and away.deputy.is_active else None
    return officer


def told_for(officer, team):
    """Whom a mail about something of theirs goes to: the officer or their deputy, otherwise every member of the team.
    Who has left is told nothing."""
    if officer:
        return [at_work(officer)] if officer.is_active else []
    return list(team.members.filter(is_active=True)) if team else []


def assign(enquiry, *, officer=None, team=None, rule=None, why="", by, tell=True):
    """Write who has it, with its row, and tell whoever did not do it themselves. The caller holds the row."""
    if enquiry.owner == officer and enquiry.team == team:
        return enquiry
    enquiry.owner, enquiry.team = officer, team
    enquiry.save(update_fields=["owner", "team"])
    row = Assignment.objects.create(enquiry=enquiry, officer=officer, team=team, rule=rule, why=why, by=by)
    if tell:
        emails.queue_assigned(enquiry, row, to=told_for(officer, team))
    return enquiry
