import hashlib
import json
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils import timezone

from accounts.models import Team
from enquiries import countries
from enquiries.models.enquiry_queryset import IS_HELD, LONDON, EnquiryQuerySet
from enquiries.models.stage import CLOSING, WAITING, Stage
from enquiries.names import full_name
from partners.models import Organisation, Person
from publishing.fields import LineField, ProseField
from publishing.search import Bigrams

PLANS_LIMIT = 5000
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # after everything that is due

WORDS = Lower(
    Concat(
        *("reference", Value(" "), "family_name", "given_name", Value(" "), "given_name", Value(" ")),
        *("family_name", Value(" "), "organisation", Value(" "), "email", Value(" "), "telephone"),
        *(Value(" "), "plans"),
        output_field=models.TextField(),
    )
)
# What is no personal datum: who may not see people searches this and nothing else.
OPEN_WORDS = Lower(Concat("reference", Value(" "), "organisation", output_field=models.TextField()))
DUE = Case(
    When(closed_at__isnull=False, then=None),
    When(first_reply_at__isnull=True, then=F("reply_due_at")),
    When(qualified_at__isnull=True, waiting_since__isnull=True, then=F("qualification_due_at")),
    default=None,
    output_field=models.DateTimeField(),
)


def _staff(**more):
    """A member of staff, forgotten when they are deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", **more
    )


class Enquiry(models.Model):
    """What an investor asks. The columns are ours to correct; `original` is what they typed and never changes.

    Received is not created: an enquiry may be entered after it was received. A suspect is held until a person releases
    it; it has been received all the same, and `promised_by` is what its sender was told.

    It is in exactly one `state`, which the database reckons. `first_reply_at` is written by a trigger alone, from the
    interactions tied to it. `due_at` is the next thing that we owe; `urgency` is the same with what owes nothing last.
    """

    class Channel(models.TextChoices):
        WEBSITE = "website", "Website"
        EMAIL = "email", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        EVENT = "event", "Event or exhibition"
        MEETING = "meeting", "Meeting"
        LETTER = "letter", "Letter"
        SOCIAL = "social", "Social media"
        REFERRAL = "referral", "Referral from a partner"

    class State(models.TextChoices):
        HELD = "held", "Held"
        UNANSWERED = "unanswered", "Unanswered"
        WAITING = "waiting", "Waiting on investor"
        DIALOGUE = "dialogue", "In dialogue"
        CLOSED_ANSWERED = "closed-answered", "Closed after a reply"
        CLOSED_UNANSWERED = "closed-unanswered", "Closed without a reply"

    class Readiness(models.TextChoices):
        CONVINCED = "convinced", "Convinced"
        SHORTLIST = "shortlist", "Has us on a shortlist"
        EXPLORING = "exploring", "Exploring"
        NOT_READY = "not-ready", "Not ready"
        NOT_INTERESTED = "not-interested", "Not interested"

    class Quality(models.TextChoices):
        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"
        NOT_INVESTMENT = "not-investment", "Not an investment"

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
    entered_by = _staff(editable=False, help_text="Who entered it by hand or from a mail.")
    promised_by = models.DateTimeField("answer promised by", editable=False)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.WEBSITE, editable=False)
    details_to_check = models.BooleanField(default=False, editable=False)
    language = models.CharField("language of the form", max_length=12, editable=False)
    reply_language = models.CharField("answer in", max_length=12, choices=settings.LANGUAGES)

    given_name = LineField(max_length=100, blank=True)
    family_name = LineField(max_length=100, blank=True)
    job_title = LineField(max_length=150, blank=True)
    email = models.EmailField("e-mail", max_length=254, blank=True)
    telephone = models.CharField(
        max_length=40, blank=True, help_text="In international form: +44 151 233 2000."
    )
    organisation = LineField(max_length=200, blank=True)
    website = models.URLField(max_length=300, blank=True)
    country = models.CharField(
        "country of headquarters",
        max_length=2,
        choices=countries.in_english,
        blank=True,
        help_text="ISO 3166-1.",
    )
    sectors = models.ManyToManyField("Sector", blank=True, related_name="+")
    opportunities = models.ManyToManyField(
        "opportunities.Opportunity", through="EnquiryOpportunity", related_name="+"
    )
    plans = ProseField(max_length=PLANS_LIMIT)
    how_heard = models.CharField("how they heard of us", max_length=16, choices=HowHeard, blank=True)
    page = models.CharField("page before the form", max_length=300, blank=True, editable=False)
    shortlist = ArrayField(
        models.SlugField(max_length=100),
        default=list,
        blank=True,
        editable=False,
        help_text="Opportunities with which the form was opened.",
    )
    utm_source = models.CharField(max_length=100, blank=True, editable=False)
    utm_medium = models.CharField(max_length=100, blank=True, editable=False)
    utm_campaign = models.CharField(max_length=100, blank=True, editable=False)

    original = models.JSONField("as submitted", editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", editable=False
    )
    follows_why = models.CharField(max_length=60, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who it is in our records, where somebody has confirmed it.",
    )
    known_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation in our records",
    )

    owner = _staff(editable=False)
    team = models.ForeignKey(
        Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    investment_readiness = models.CharField(max_length=16, choices=Readiness, blank=True, editable=False)
    quality = models.CharField(max_length=16, choices=Quality, blank=True, editable=False)
    qualified_at = models.DateTimeField(null=True, blank=True, editable=False)
    qualified_by = _staff(editable=False)

    stage = models.CharField(max_length=32, choices=Stage, default=Stage.NEW, editable=False)
    first_reply_at = models.DateTimeField("first human reply", null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_why = models.TextField("why closed", blank=True, editable=False)
    closed_by = _staff(editable=False)
    reply_due_at = models.DateTimeField("first reply due", editable=False)
    qualification_due_at = models.DateTimeField("qualification due", null=True, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_why = models.TextField("why held", blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_by = _staff(editable=False)

    state = models.GeneratedField(
        expression=Case(
            When(closed_at__isnull=False, first_reply_at__isnull=False, then=Value(State.CLOSED_ANSWERED)),
            When(closed_at__isnull=False, then=Value(State.CLOSED_UNANSWERED)),
            When(IS_HELD, then=Value(State.HELD)),
            When(first_reply_at__isnull=True, then=Value(State.UNANSWERED)),
            When(waiting_since__isnull=False, then=Value(State.WAITING)),
            default=Value(State.DIALOGUE),
        ),
        output_field=models.CharField(max_length=20, choices=State),
        db_persist=True,
    )
    due_at = models.GeneratedField(expression=DUE, output_field=models.DateTimeField(), db_persist=True)
    urgency = models.GeneratedField(
        expression=Coalesce(DUE, Value(NEVER)), output_field=models.DateTimeField(), db_persist=True
    )
    words = models.GeneratedField(expression=WORDS, output_field=models.TextField(), db_persist=True)
    search = models.GeneratedField(
        expression=Bigrams(WORDS), output_field=Bigrams.output_field, db_persist=True
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["-received_at", "-pk"]
        permissions = [
            ("export_enquiry", "Can export enquiries"),
            ("manage_enquiry", "Can see what is owed by everybody, and hand over a leaver's enquiries"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission_key", "content_digest"], name="enquiry_once_a_key_and_content"
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^ENQ-\d{4}-\d{4,}$"), name="enquiry_reference_form"
            ),
            models.CheckConstraint(
                condition=Q(country__regex="^([A-Z]{2})?$"), name="enquiry_country_is_iso"
            ),
            models.CheckConstraint(
                condition=~Q(email="", telephone="", organisation="", family_name=""),
                name="enquiry_from_somebody",
                violation_error_message="Say who asks: a name, an organisation, an e-mail address or a telephone.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_why="", closed_by__isnull=True)
                | (Q(closed_at__isnull=False) & ~Q(closed_why="")),
                name="enquiry_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=sorted(CLOSING), closed_at__isnull=False)
                | (~Q(stage__in=sorted(CLOSING)) & Q(closed_at__isnull=True)),
                name="enquiry_closed_by_its_stage",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=sorted(WAITING), waiting_since__isnull=False)
                | (~Q(stage__in=sorted(WAITING)) & Q(waiting_since__isnull=True)),
                name="enquiry_waits_by_its_stage",
            ),
            models.CheckConstraint(
                condition=Q(
                    qualified_at__isnull=True, qualified_by__isnull=True, investment_readiness="", quality=""
                )
                | (Q(qualified_at__isnull=False) & ~Q(investment_readiness="") & ~Q(quality="")),
                name="enquiry_qualified_with_verdict",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_at__isnull=False),
                name="enquiry_merged_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="enquiry_not_merged_into_itself",
            ),
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
            models.Index("urgency", F("id").desc(), name="enquiry_most_urgent"),
            models.Index("state", "urgency", F("id").desc(), name="enquiry_of_state"),
            models.Index("stage", "urgency", F("id").desc(), name="enquiry_of_stage"),
            models.Index("country", "urgency", F("id").desc(), name="enquiry_of_country"),
            models.Index("reply_language", "urgency", F("id").desc(), name="enquiry_of_language"),
            models.Index("channel", "urgency", F("id").desc(), name="enquiry_of_channel"),
            models.Index("owner", "urgency", F("id").desc(), name="enquiry_of_owner"),
            models.Index("team", "urgency", F("id").desc(), name="enquiry_of_team"),
            models.Index("due_at", condition=Q(closed_at__isnull=True), name="enquiry_due"),
            models.Index(Lower("email"), name="enquiry_email"),
            models.Index("telephone", condition=~Q(telephone=""), name="enquiry_telephone"),
            models.Index("id", condition=Q(details_to_check=True), name="enquiry_to_check"),
            GinIndex(fields=["search"], name="enquiry_search", fastupdate=False),
            GinIndex(Bigrams(OPEN_WORDS), name="enquiry_search_open", fastupdate=False),
            models.Index(
                "urgency",
                F("id").desc(),
                condition=Q(released_at__isnull=False),
                name="enquiry_released",
            ),
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

    def get_state_display(self):
        """Django gives this to every column with choices but a generated one."""
        return self.State(self.state).label

    @property
    def full_name(self):
        return full_name(self.given_name, self.family_name)

    @property
    def is_held(self):
        return self.held_at is not None and self.released_at is None

    @property
    def is_answered(self):
        return self.first_reply_at is not None


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
