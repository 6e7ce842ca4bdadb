from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils import timezone

from enquiries import countries
from enquiries.models import project_words as words
from enquiries.models.enquiry import LONDON
from enquiries.models.sector import Sector
from opportunities.models import Opportunity, Site
from partners.models import Organisation, Person
from publishing.fields import LineField, ProseField
from publishing.search import Bigrams

WORDS = Lower(
    Concat(
        *("project_code", Value(" "), "name", Value(" "), "description", Value(" "), "anonymous_description"),
        output_field=models.TextField(),
    )
)


def staff_key(**more):
    """A member of staff, forgotten when they are deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", **more
    )


def _pounds(words, **more):
    return models.BigIntegerField(words, null=True, blank=True, help_text="Whole pounds.", **more)


def _yes_or_no(words, **more):
    """Not answered yet is neither."""
    return models.BooleanField(words, null=True, blank=True, **more)


def _rows_of(link):
    return link.objects.filter(investmentproject=OuterRef("pk"))


class ProjectQuerySet(models.QuerySet):
    def ongoing(self):
        """Neither won nor ended."""
        return self.filter(ended_on__isnull=True)

    def with_links(self):
        """With `has_…` for what hangs on a project in rows of their own, so that any number of projects can be asked
        what they lack in one query."""
        model = self.model
        of_organisation = model.organisations.through.objects.filter(project=OuterRef("pk"))
        return self.annotate(
            has_investor_company=Exists(of_organisation.filter(role="investor")),
            has_uk_company=Exists(of_organisation.filter(role="uk-company")),
            has_client_contacts=Exists(model.people.through.objects.filter(project=OuterRef("pk"))),
            has_sectors=Exists(_rows_of(model.sectors.through)),
            has_delivery_partners=Exists(_rows_of(model.delivery_partners.through)),
        )


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

    InvestmentType, FdiType, FdiValue = words.InvestmentType, words.FdiType, words.FdiValue
    Likelihood, InvestorType, Involvement = words.Likelihood, words.InvestorType, words.Involvement
    Driver, Activity, Referral = words.Driver, words.Activity, words.Referral

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
    fdi_value = models.CharField("FDI value", max_length=8, choices=FdiValue, blank=True)
    investor_type = models.CharField(max_length=8, choices=InvestorType, blank=True)
    level_of_involvement = models.CharField(max_length=16, choices=Involvement, blank=True)
    specific_programme = LineField(
        "specific investment programme",
        max_length=150,
        blank=True,
        help_text="As the national list names it.",
    )
    business_activities = ArrayField(
        models.CharField(max_length=24, choices=Activity), default=list, blank=True
    )
    other_business_activity = LineField(max_length=150, blank=True)
    country = models.CharField(
        "country of origin",
        max_length=2,
        choices=countries.in_english,
        blank=True,
        help_text="Of the investor.",
    )
    sectors = models.ManyToManyField(Sector, blank=True, related_name="+")
    opportunities = models.ManyToManyField(Opportunity, blank=True, related_name="+")
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    address_1 = LineField("street", max_length=150, blank=True, help_text="Where it lands.")
    address_town = LineField("town", max_length=100, blank=True)
    address_postcode = LineField("postcode", max_length=12, blank=True)

    estimated_land_date = models.DateField(null=True, blank=True)
    actual_land_date = models.DateField(null=True, blank=True)
    likelihood_to_land = models.CharField(max_length=8, choices=Likelihood, blank=True)
    total_investment = _pounds("total investment")
    client_cannot_provide_total_investment = models.BooleanField("the client cannot say", default=False)
    foreign_equity_investment = _pounds("foreign equity investment")
    client_cannot_provide_foreign_investment = models.BooleanField("the client cannot say", default=False)
    gross_value_added = _pounds("gross value added")
    number_new_jobs = models.PositiveIntegerField("new jobs", null=True, blank=True)
    average_salary = _pounds("average salary of new jobs")
    number_safeguarded_jobs = models.PositiveIntegerField("safeguarded jobs", null=True, blank=True)
    government_assistance = _yes_or_no("government financial assistance")
    r_and_d_budget = _yes_or_no("budget for research and development")
    non_fdi_r_and_d_budget = _yes_or_no("associated with a non-FDI R&D project")
    new_tech_to_uk = _yes_or_no("technology new to the world")
    export_revenue = _yes_or_no("will export from the UK")

    client_requirements = ProseField(blank=True)
    strategic_drivers = ArrayField(models.CharField(max_length=24, choices=Driver), default=list, blank=True)
    client_considering_other_countries = _yes_or_no("considers other countries")
    competitor_countries = ArrayField(
        models.CharField(max_length=2, choices=countries.in_english), default=list, blank=True
    )

    client_relationship_manager = staff_key()
    project_manager = staff_key()
    project_manager_assigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    project_assurance_adviser = staff_key()
    referral_source_activity = models.CharField(max_length=20, choices=Referral, blank=True)
    referral_source_detail = LineField(
        max_length=250, blank=True, help_text="Which website, event or campaign."
    )
    referral_source_adviser = staff_key()
    delivery_partners = models.ManyToManyField(Organisation, blank=True, related_name="+")
    aftercare_offered_on = models.DateField(null=True, blank=True)
    aftercare_manager = staff_key()
    aftercare_notes = ProseField(blank=True)

    enquiries = models.ManyToManyField("Enquiry", through="ProjectEnquiry", related_name="projects")
    organisations = models.ManyToManyField(Organisation, through="ProjectOrganisation", related_name="+")
    people = models.ManyToManyField(Person, through="ProjectPerson", related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = staff_key(editable=False)
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

    def save(self, *args, update_fields=None, **kwargs):
        if not self.project_code:
            self.project_code = next_project_code(self.created_at)
        if self.project_manager_id and not self.project_manager_assigned_at:
            self.project_manager_assigned_at = timezone.now()
            if update_fields is not None:
                update_fields = {*update_fields, "project_manager_assigned_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def standing(self):
        """Stage and status in one word, by which a verb knows what its user saw."""
        return f"{self.stage}/{self.status}"


def next_project_code(created_at):
    """INV-2026-0001. The number rises for ever and is never reused, gaps allowed; the year is London's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('enquiries_project_code')")
        (number,) = cursor.fetchone()
    return f"INV-{created_at.astimezone(LONDON).year}-{number:04d}"
