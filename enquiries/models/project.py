from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils import timezone

from enquiries import countries
from enquiries.models.enquiry import LONDON
from enquiries.models.sector import Sector
from opportunities.models import Opportunity, Site
from partners.models import Interaction, Organisation, Person
from publishing.fields import LineField, ProseField
from publishing.search import Bigrams

WORDS = Lower(
    Concat(
        *("project_code", Value(" "), "name", Value(" "), "description", Value(" "), "anonymous_description"),
        output_field=models.TextField(),
    )
)


def _staff(**more):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", **more
    )


def _pounds(words, **more):
    return models.BigIntegerField(words, null=True, blank=True, help_text="Whole pounds.", **more)


class ProjectQuerySet(models.QuerySet):
    def ongoing(self):
        """Neither won nor ended."""
        return self.filter(ended_on__isnull=True)


class InvestmentProject(models.Model):
    """A project that may land in the region, in the words of the national system. Its stage says how far it is, its
    status whether it goes on: each changes by its own verb and leaves a row (`ProjectChange`). Money is in pounds."""

    class Stage(models.TextChoices):
        PROSPECT = "prospect", "Prospect"
        ACTIVE = "active", "Active"
        VERIFY_WIN = "verify-win", "Verify win"
        WON = "won", "Won"

    class Status(models.TextChoices):
        ONGOING = "ongoing", "Ongoing"
        DELAYED = "delayed", "Delayed"
        DORMANT = "dormant", "Dormant"
        LOST = "lost", "Lost"
        ABANDONED = "abandoned", "Abandoned"
        WON = "won", "Won"

    class InvestmentType(models.TextChoices):
        FDI = "fdi", "FDI"
        NON_FDI = "non-fdi", "Non-FDI"
        COMMITMENT = "commitment-to-invest", "Commitment to invest"

    class FdiType(models.TextChoices):
        NEW_SITE = "new-site", "Creation of new site or activity"
        EXPANSION = "expansion", "Expansion of existing site or activity"
        MERGER = "merger", "Merger"
        ACQUISITION = "acquisition", "Acquisition"
        JOINT_VENTURE = "joint-venture", "Joint venture"
        RETENTION = "retention", "Retention"
        CAPITAL_ONLY = "capital-only", "Capital only"

    class Likelihood(models.TextChoices):
        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    class Driver(models.TextChoices):
        MARKET = "access-to-market", "Access to market"
        TECHNOLOGY = "innovation", "Innovation, technology or expertise"
        SKILLS = "skills", "Access to skilled workforce"
        CLUSTER = "cluster", "Proximity to a cluster"
        INFRASTRUCTURE = "infrastructure", "Infrastructure and sites"
        COST = "cost", "Cost of doing business"
        INCENTIVES = "incentives", "Incentives and support"
        CUSTOMER = "customer", "Following a customer or supplier"

    class Activity(models.TextChoices):
        MANUFACTURING = "manufacturing", "Manufacturing"
        RESEARCH = "research-and-development", "Research and development"
        HEADQUARTERS = "headquarters", "Headquarters"
        SALES = "sales", "Sales"
        SERVICES = "services", "Services"
        LOGISTICS = "logistics", "Distribution and logistics"
        ENERGY = "energy", "Energy generation"
        DATA = "data", "Data centre"

    project_code = models.CharField(max_length=24, unique=True, editable=False)
    name = LineField(max_length=200)
    description = ProseField(blank=True)
    anonymous_description = ProseField(
        blank=True, help_text="May be shared outside: names nobody and no company."
    )
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PROSPECT, editable=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.ONGOING, editable=False)
    status_why = models.TextField("why", blank=True, editable=False)
    ended_on = models.DateField("won, lost or abandoned on", null=True, blank=True, editable=False)
    country_lost_to = models.CharField(max_length=2, choices=countries.in_english, blank=True, editable=False)

    investment_type = models.CharField(max_length=24, choices=InvestmentType, default=InvestmentType.FDI)
    fdi_type = models.CharField("FDI type", max_length=16, choices=FdiType, blank=True)
    estimated_land_date = models.DateField(null=True, blank=True)
    actual_land_date = models.DateField(null=True, blank=True)
    likelihood_to_land = models.CharField(max_length=8, choices=Likelihood, blank=True)
    total_investment = _pounds("total investment")
    foreign_equity_investment = _pounds("foreign equity investment")
    gross_value_added = _pounds("gross value added")
    number_new_jobs = models.PositiveIntegerField("new jobs", null=True, blank=True)
    number_safeguarded_jobs = models.PositiveIntegerField("safeguarded jobs", null=True, blank=True)
    average_salary = _pounds("average salary")
    strategic_drivers = ArrayField(models.CharField(max_length=24, choices=Driver), default=list, blank=True)
    business_activities = ArrayField(
        models.CharField(max_length=24, choices=Activity), default=list, blank=True
    )
    competitor_countries = ArrayField(
        models.CharField(max_length=2, choices=countries.in_english), default=list, blank=True
    )
    country = models.CharField(
        "country of origin",
        max_length=2,
        choices=countries.in_english,
        blank=True,
        help_text="Of the investor.",
    )
    sectors = models.ManyToManyField(Sector, blank=True, related_name="+")
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    opportunities = models.ManyToManyField(Opportunity, blank=True, related_name="+")
    client_relationship_manager = _staff()
    project_manager = _staff()
    project_manager_assigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    referral_source_activity = LineField(max_length=100, blank=True, help_text="Enquiry, event, embassy.")
    referral_source_adviser = _staff()
    delivery_partners = models.ManyToManyField(Organisation, blank=True, related_name="+")
    aftercare_offered_on = models.DateField(null=True, blank=True)
    aftercare_manager = _staff()
    aftercare_notes = ProseField(blank=True)

    enquiries = models.ManyToManyField("Enquiry", through="ProjectEnquiry", related_name="projects")
    organisations = models.ManyToManyField(Organisation, through="ProjectOrganisation", related_name="+")
    people = models.ManyToManyField(Person, through="ProjectPerson", related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = _staff(editable=False)
    landing = models.GeneratedField(
        expression=Coalesce("actual_land_date", "estimated_land_date"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    words = models.GeneratedField(expression=WORDS, output_field=models.TextField(), db_persist=True)
    search = models.GeneratedField(
        expression=Bigrams(WORDS), output_field=Bigrams.output_field, db_persist=True
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [("export_investmentproject", "Can export investment projects")]
        constraints = [
            models.CheckConstraint(
                condition=Q(project_code__regex=r"^INV-\d{4}-\d{4,}$"), name="project_code_form"
            ),
            models.CheckConstraint(
                condition=(Q(status__in=["lost", "abandoned", "won"]) & Q(ended_on__isnull=False))
                | (~Q(status__in=["lost", "abandoned", "won"]) & Q(ended_on__isnull=True)),
                name="project_ended_with_date",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["lost", "abandoned", "delayed", "dormant"]) | ~Q(status_why=""),
                name="project_status_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(stage="won", status="won", actual_land_date__isnull=False)
                | (~Q(stage="won") & ~Q(status="won")),
                name="project_won_in_stage_and_status",
            ),
            models.CheckConstraint(
                condition=Q(country_lost_to="") | Q(status="lost"), name="project_lost_to_a_country"
            ),
            models.CheckConstraint(
                condition=(Q(fdi_type="") | Q(investment_type="fdi")),
                name="project_fdi_type_of_fdi",
                violation_error_message="Only an FDI project has an FDI type.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}),
                    name=f"project_{name}_not_negative",
                    violation_error_message="Money is not negative.",
                )
                for name in (
                    "total_investment",
                    "foreign_equity_investment",
                    "gross_value_added",
                    "average_salary",
                )
            ),
            models.CheckConstraint(
                condition=Q(foreign_equity_investment__isnull=True)
                | Q(total_investment__isnull=True)
                | Q(foreign_equity_investment__lte=F("total_investment")),
                name="project_equity_within_total",
                violation_error_message="Foreign equity is part of the total investment and not more than it.",
            ),
        ]
        indexes = [
            models.Index("stage", F("id").desc(), name="project_of_stage"),
            models.Index("status", F("id").desc(), name="project_of_status"),
            models.Index("landing", F("id").desc(), name="project_landing"),
            GinIndex(fields=["search"], name="project_search", fastupdate=False),
        ]

    def __str__(self):
        return f"{self.project_code} {self.name}"

    def save(self, *args, **kwargs):
        if not self.project_code:
            self.project_code = next_project_code(self.created_at)
        super().save(*args, **kwargs)


class ProjectEnquiry(models.Model):
    """An enquiry that the project came from."""

    project = models.ForeignKey(InvestmentProject, on_delete=models.PROTECT, related_name="enquiry_rows")
    enquiry = models.OneToOneField("Enquiry", on_delete=models.PROTECT, related_name="project_row")

    class Meta:
        verbose_name, verbose_name_plural = "enquiry", "enquiries"
        ordering = ["pk"]

    def __str__(self):
        return str(self.enquiry)


class ProjectOrganisation(models.Model):
    """An organisation in a project, and as what."""

    class Role(models.TextChoices):
        INVESTOR = "investor", "Investor"
        UK_COMPANY = "uk-company", "UK company"
        INTERMEDIATE = "intermediate", "Intermediate company"
        ADVISER = "adviser", "Adviser"

    project = models.ForeignKey(InvestmentProject, on_delete=models.PROTECT, related_name="organisation_rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role, default=Role.INVESTOR)

    class Meta:
        verbose_name, verbose_name_plural = "organisation", "organisations"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "role"], name="organisation_once_a_project_and_role"
            )
        ]

    def __str__(self):
        return str(self.organisation)


class ProjectPerson(models.Model):
    """A client contact."""

    project = models.ForeignKey(InvestmentProject, on_delete=models.PROTECT, related_name="person_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "client contact", "client contacts"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="person_once_a_project")]

    def __str__(self):
        return str(self.person)


class ProjectInteraction(models.Model):
    """An interaction about a project."""

    project = models.ForeignKey(InvestmentProject, on_delete=models.PROTECT, related_name="interaction_rows")
    interaction = models.ForeignKey(Interaction, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "interaction"], name="interaction_once_a_project")
        ]

    def __str__(self):
        return str(self.interaction)


class ProjectChange(models.Model):
    """A project's stage or status changed. Append-only, kept so by a database trigger; the first rows come from
    nowhere, when it was made."""

    class What(models.TextChoices):
        STAGE = "stage", "Stage"
        STATUS = "status", "Status"

    project = models.ForeignKey(InvestmentProject, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=8, choices=What)
    before = models.CharField("from", max_length=12, blank=True)
    after = models.CharField("to", max_length=12)
    by = _staff()
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="project_change_changes_something")
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.before or 'made'} → {self.after}"


def next_project_code(created_at):
    """INV-2026-0001. The number rises for ever and is never reused, gaps allowed; the year is London's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('enquiries_project_code')")
        (number,) = cursor.fetchone()
    return f"INV-{created_at.astimezone(LONDON).year}-{number:04d}"
