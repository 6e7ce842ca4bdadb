from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from enquiries.models.project import InvestmentProject, staff_key
from partners.models import Interaction, Organisation, Person


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
    by = staff_key()
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="project_change_changes_something")
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.before or 'made'} → {self.after}"
