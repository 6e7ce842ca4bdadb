from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.fields import ProseField, RichTextField
from publishing.models import Publishable
from publishing.partial_dates import PartialDateField

from .site import District
from .theme import SlugQuerySet


class Opportunity(Publishable):
    """Something to invest in. Money is in whole pounds; a figure the source does not give stays empty."""

    class Category(models.TextChoices):
        CORE = "core", "has its own page in the prospectus"
        RELATED = "related", "a next phase named elsewhere in it"

    class Stage(models.TextChoices):
        """In order: the buoy moves up the estuary."""

        PROPOSAL = "proposal", _("Proposal")
        FEASIBILITY = "feasibility", _("Feasibility")
        DESIGN = "design", _("Design")
        PILOT = "pilot", _("Pilot")
        PLANNED = "planned", _("Planned")
        IN_DEVELOPMENT = "in-development", _("In development")
        PLANNING_APPROVED = "planning-approved", _("Planning approved")
        FUNDING_NEARLY_COMPLETE = "funding-nearly-complete", _("Funding nearly complete")
        PHASED_DELIVERY = "phased-delivery", _("Phased delivery")
        OPEN_FOR_INVESTMENT = "open-for-investment", _("Open for investment")
        EXPANSION = "expansion", _("Expansion")

    summary = ProseField(
        help_text="One or two sentences: the lead of the page and its description elsewhere."
    )
    body = RichTextField(blank=True, figures="opportunities.Figure")
    sought = ProseField(
        verbose_name="what is sought", blank=True, help_text="Whom or what the project looks for."
    )
    timescale = ProseField(blank=True, help_text="In words; dates go into the fields beside.")
    jobs_note = ProseField(
        blank=True, help_text="What the job figures mean where it does not go without saying."
    )

    category = models.CharField(max_length=8, choices=Category, default=Category.CORE)
    themes = models.ManyToManyField("Theme", through="OpportunityTheme", related_name="opportunities")
    stage = models.CharField(max_length=24, choices=Stage)
    district = models.CharField(max_length=12, choices=District)
    site = models.ForeignKey(
        "Site", on_delete=models.PROTECT, null=True, blank=True, related_name="opportunities"
    )
    value_min = models.BigIntegerField("value from, £", null=True, blank=True)
    value_max = models.BigIntegerField("value to, £", null=True, blank=True)
    funding_secured = models.BigIntegerField("funding secured, £", null=True, blank=True)
    gva = models.BigIntegerField("gross value added, £", null=True, blank=True)
    jobs_direct = models.PositiveIntegerField(null=True, blank=True)
    jobs_indirect = models.PositiveIntegerField(null=True, blank=True)
    jobs_construction = models.PositiveIntegerField("jobs in construction", null=True, blank=True)
    jobs_apprenticeships = models.PositiveIntegerField("apprenticeships a year", null=True, blank=True)
    co2_saving = models.PositiveBigIntegerField("CO2 saving, tonnes a year", null=True, blank=True)
    starts = PartialDateField(blank=True)
    ends = PartialDateField(blank=True)
    as_at = PartialDateField("figures as at", blank=True)
    sources = models.ManyToManyField("Source", blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Doubts and readings. Staff only.")
    featured = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Place on the home page; empty: not there."
    )

    required_texts = ("title", "summary")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name_plural = "opportunities"
        ordering = ["slug"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_max__isnull=True)
                | Q(value_min__isnull=True)
                | Q(value_min__lte=F("value_max")),
                name="opportunity_value_range_rises",
                violation_error_message="“Value from” may not be more than “value to”.",
            ),
            models.CheckConstraint(
                condition=Q(value_min__isnull=True) | Q(value_min__gte=0),
                name="opportunity_value_not_negative",
            ),
        ]

    def get_absolute_url(self):
        return reverse("prospectus:opportunity", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    @property
    def jobs(self):
        """All published kinds of jobs together; None where none is published."""
        kinds = [self.jobs_direct, self.jobs_indirect, self.jobs_construction, self.jobs_apprenticeships]
        return sum(number for number in kinds if number) or None

    @property
    def stage_index(self):
        return self.Stage.values.index(self.stage)


class OpportunityThemeManager(models.Manager):
    def get_by_natural_key(self, opportunity, theme):
        return self.get(opportunity__slug=opportunity, theme__slug=theme)


class OpportunityTheme(models.Model):
    """A theme of an opportunity. The first one gives the cover its tone."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="theme_rows")
    theme = models.ForeignKey("Theme", on_delete=models.PROTECT, related_name="opportunity_rows")
    position = models.PositiveSmallIntegerField(default=0)

    objects = OpportunityThemeManager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "theme"], name="theme_once_an_opportunity")
        ]

    def __str__(self):
        return f"{self.opportunity_id}: {self.theme_id}"

    def natural_key(self):
        return (self.opportunity.slug, self.theme.slug)

    natural_key.dependencies = ["opportunities.opportunity", "opportunities.theme"]
