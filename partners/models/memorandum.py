from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opportunities.models import Programme, Site, Theme
from opportunities.models.theme import SlugQuerySet
from publishing.fields import ProseField
from publishing.models import Publishable

from .organisation import Organisation
from .person import Person


class Memorandum(Publishable):
    """An international agreement: its parties, who signed it, and its terms one after another."""

    class Instrument(models.TextChoices):
        MOU = "mou", _("Memorandum of understanding")
        MOA = "moa", _("Memorandum of agreement")
        LETTER_OF_INTENT = "loi", _("Letter of intent")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        EXTENDED = "extended", _("Extended")
        UNKNOWN = "unknown", _("Not known")

    reference = models.CharField(
        max_length=20, unique=True, help_text="MOU-2023-0001; the year is that of signature."
    )
    summary = ProseField()
    fields_of_work = ProseField(blank=True, help_text="What it covers, one a line.")
    exchanges = ProseField(blank=True, help_text="What is exchanged, one a line.")
    instrument = models.CharField(max_length=4, choices=Instrument)
    status = models.CharField(max_length=8, choices=Status, default=Status.UNKNOWN)
    signed_on = models.DateField(null=True, blank=True)
    signed_at_site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    parties = models.ManyToManyField(Organisation, through="MemorandumParty", related_name="memoranda")
    signatories = models.ManyToManyField(Person, through="Signatory", related_name="memoranda")
    themes = models.ManyToManyField(Theme, blank=True, related_name="memoranda")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="memoranda"
    )
    sources = models.ManyToManyField("opportunities.Source", blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Staff only.")
    confidence = models.CharField(max_length=8, blank=True)

    required_texts = ("title", "summary")

    objects = SlugQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name_plural = "memoranda"
        ordering = ["-signed_on", "slug"]

    def get_absolute_url(self):
        return reverse("prospectus:partnerships") + f"#{self.slug}"

    def natural_key(self):
        return (self.slug,)


class MemorandumParty(models.Model):
    """An organisation bound by a memorandum."""

    memorandum = models.ForeignKey(Memorandum, on_delete=models.PROTECT, related_name="party_rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "memorandum parties"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["memorandum", "organisation"], name="party_once")]

    def __str__(self):
        return str(self.organisation)


class Signatory(models.Model):
    """A person who signed or witnessed."""

    memorandum = models.ForeignKey(Memorandum, on_delete=models.PROTECT, related_name="signatory_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "signatories"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["memorandum", "person"], name="signatory_once")]

    def __str__(self):
        return str(self.person)


class MemorandumTerm(models.Model):
    """One term of a memorandum. A renewal is another row. The expiry is stated, computed from the length, or not known;
    where it is computed we say so."""

    class Basis(models.TextChoices):
        STATED = "stated", "stated in the agreement"
        COMPUTED = "computed", "computed from the length of the term"
        UNKNOWN = "", "not known"

    memorandum = models.ForeignKey(Memorandum, on_delete=models.PROTECT, related_name="terms")
    position = models.PositiveSmallIntegerField(default=0)
    starts = models.DateField(null=True, blank=True)
    years = models.PositiveSmallIntegerField(null=True, blank=True)
    expires = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=8, choices=Basis, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["memorandum", "position"], name="term_position_once"),
            models.CheckConstraint(
                condition=Q(expires__isnull=True, basis="") | (Q(expires__isnull=False) & ~Q(basis="")),
                name="term_expiry_with_basis",
                violation_error_message="Say whether the expiry is stated or computed; leave both empty if not known.",
            ),
            models.CheckConstraint(
                condition=Q(expires__isnull=True) | Q(starts__isnull=True) | Q(expires__gt=F("starts")),
                name="term_expires_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.starts} to {self.expires or 'not known'}"
