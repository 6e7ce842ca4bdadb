from django.db import models
from django.utils.translation import gettext_lazy as _

from opportunities.models import Asset, CaseStudy, Opportunity, Programme
from opportunities.models.quantities import exactly_one_of

from .organisation import Organisation


class Involvement(models.Model):
    """An organisation's role in exactly one opportunity, asset, case study or programme."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        SUBJECT = "subject", _("Subject")
        OPERATOR = "operator", _("Operator")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="involvements")
    role = models.CharField(max_length=10, choices=Role)
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    case_study = models.ForeignKey(
        CaseStudy, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("opportunity", "asset", "case_study", "programme"),
                name="involvement_in_exactly_one_record",
                violation_error_message="An involvement is in exactly one opportunity, asset, case study or programme.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "role", "opportunity", "asset", "case_study", "programme"],
                nulls_distinct=False,
                name="involvement_once",
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id} ({self.get_role_display()})"
