from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Team
from enquiries import countries
from opportunities.models import Opportunity, Theme
from publishing import languages


class AssignmentRule(models.Model):
    """Who is given a new enquiry. The first rule in order whose every condition holds decides; an empty condition
    holds for all. A rule for an officer who is away gives to their deputy; one who has left is passed over."""

    position = models.PositiveSmallIntegerField(default=0, help_text="The lowest that matches decides.")
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of an opportunity that is asked about.",
    )
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    country = models.CharField(max_length=2, choices=countries.in_english, blank=True)
    language = models.CharField("answer in", max_length=12, choices=settings.LANGUAGES, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(officer__isnull=True, team__isnull=False)
                | Q(officer__isnull=False, team__isnull=True),
                name="rule_gives_to_officer_or_team",
                violation_error_message="A rule gives to an officer or to a team, one of the two.",
            )
        ]

    def __str__(self):
        return f"{self.conditions}: {self.officer or self.team}"

    @property
    def conditions(self):
        """What it asks for, in words."""
        found = [self.theme, self.opportunity, self.country and countries.name(self.country)]
        found.append(self.language and f"answer in {languages.english_name(self.language)}")
        said = ", ".join(str(condition) for condition in found if condition) or "everything"
        return said[0].upper() + said[1:]


class Assignment(models.Model):
    """An enquiry was given to somebody: an officer, a team, or both; or taken from everybody. Append-only, kept so by
    a database trigger."""

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="assignments")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    rule = models.ForeignKey(
        AssignmentRule, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"To {self.officer or self.team or 'nobody'}"
