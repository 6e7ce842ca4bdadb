import hashlib
import json
import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from enquiries import countries
from enquiries.models.stage import Stage, StageChange
from enquiries.names import full_name
from publishing.fields import LineField, ProseField

LONDON = ZoneInfo("Europe/London")
PLANS_LIMIT = 5000


class EnquiryQuerySet(models.QuerySet):
    def held(self):
        """Suspects that wait for a person to look at them."""
        return self.filter(held_at__isnull=False, released_at__isnull=True)

    def under_key(self, submission_key):
        """What one opened form has sent us, in the order in which it came."""
        return self.filter(submission_key=submission_key).order_by("pk")


class Enquiry(models.Model):
    """What an investor asks. The columns are ours to correct; `original` is what they typed and never changes.

    Received is not created: an enquiry may be entered after it was received. A suspect is held until a person releases
    it; it has been received all the same, and `promised_by` is what its sender was told.
    """

    class Channel(models.TextChoices):
        WEBSITE = "website", "Website"

    class HowHeard(models.TextChoices):
        SEARCH = "search", "Search engine"
        PRESS = "press", "Press or article"
        SOCIAL = "social", "Social media"
        EVENT = "event", "Event or exhibition"
        VISIT = "visit", "Delegation visit or meeting"
        TRADE_OFFICE = "trade-office", "Embassy or trade office"
        RECOMMENDATION = "recommendation", "Recommendation"
        OTHER = "other", "Other"

    reference = models.CharField(max_length=24, unique=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)
    promised_by = models.DateTimeField("answer promised by", editable=False)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.WEBSITE, editable=False)
    language = models.CharField("language of the form", max_length=12, editable=False)
    reply_language = models.CharField("answer in", max_length=12, choices=settings.LANGUAGES)

    given_name = LineField(max_length=100)
    family_name = LineField(max_length=100)
    job_title = LineField(max_length=150, blank=True)
    email = models.EmailField("e-mail", max_length=254)
    telephone = models.CharField(
        max_length=40, blank=True, help_text="In international form: +44 151 233 2000."
    )
    organisation = LineField(max_length=200)
    website = models.URLField(max_length=300, blank=True)
    country = models.CharField(
        "country of headquarters", max_length=2, choices=countries.in_english, help_text="ISO 3166-1."
    )
    sectors = models.ManyToManyField("Sector", blank=True, related_name="+")
    opportunities = models.ManyToManyField(
        "opportunities.Opportunity", through="EnquiryOpportunity", related_name="+"
    )
    plans = ProseField(max_length=PLANS_LIMIT)
    how_heard = models.CharField("how they heard of us", max_length=16, choices=HowHeard, blank=True)
    page = models.CharField("page before the form", max_length=300, blank=True, editable=False)
    utm_source = models.CharField(max_length=100, blank=True, editable=False)
    utm_medium = models.CharField(max_length=100, blank=True, editable=False)
    utm_campaign = models.CharField(max_length=100, blank=True, editable=False)

    original = models.JSONField("as submitted", editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", editable=False
    )

    stage = models.CharField(max_length=32, choices=Stage, default=Stage.NEW)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_why = models.TextField("why held", blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    words = models.GeneratedField(
        expression=Lower(
            Concat(
                *("reference", Value(" "), "family_name", "given_name", Value(" "), "given_name", Value(" ")),
                *("family_name", Value(" "), "organisation", Value(" "), "email", Value(" "), "telephone"),
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["-received_at", "-pk"]
        permissions = [("export_enquiry", "Can export enquiries")]
        constraints = [
            models.UniqueConstraint(
                fields=["submission_key", "content_digest"], name="enquiry_once_a_key_and_content"
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^ENQ-\d{4}-\d{4,}$"), name="enquiry_reference_form"
            ),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="enquiry_country_is_iso"),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, held_why="") | (Q(held_at__isnull=False) & ~Q(held_why="")),
                name="enquiry_held_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(held_at__isnull=False, released_at__gte=F("held_at")),
                name="enquiry_released_after_hold",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | Q(released_at__isnull=False),
                name="enquiry_released_by_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="enquiry_newest"),
            models.Index(
                fields=["held_at"],
                condition=Q(held_at__isnull=False, released_at__isnull=True),
                name="enquiry_held",
            ),
        ]

    def __str__(self):
        return self.reference

    def save(self, *args, **kwargs):
        if not self.reference:
            self.reference = next_reference(self.received_at)
        super().save(*args, **kwargs)

    @property
    def full_name(self):
        return full_name(self.given_name, self.family_name)

    @property
    def is_held(self):
        return self.held_at is not None and self.released_at is None

    @transaction.atomic
    def move_to(self, stage, *, why="", by):
        """Change the stage, with its row. Returns the row, or None where the enquiry stands there already."""
        before = Enquiry.objects.select_for_update().values_list("stage", flat=True).get(pk=self.pk)
        self.stage = stage
        if before == stage:
            return None
        self.save(update_fields=["stage"])
        return StageChange.objects.create(enquiry=self, from_stage=before, to_stage=stage, by=by, why=why)


class EnquiryOpportunity(models.Model):
    """An opportunity that an enquiry asks about."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="opportunity_rows")
    opportunity = models.ForeignKey("opportunities.Opportunity", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "opportunity"
        verbose_name_plural = "opportunities"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "opportunity"], name="opportunity_once_an_enquiry")
        ]

    def __str__(self):
        return str(self.opportunity)


def next_reference(received_at):
    """ENQ-2026-0001. The number rises for ever and is never reused, gaps allowed; the year is London's at receipt."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('enquiries_reference')")
        (number,) = cursor.fetchone()
    return f"ENQ-{received_at.astimezone(LONDON).year}-{number:04d}"


def digest_of(content):
    """A fingerprint of what was submitted, the same for the same content in any order of fields."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
