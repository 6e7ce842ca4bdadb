from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

TRY_FOR = timedelta(days=14)


class EnquiryMailQuerySet(models.QuerySet):
    def due(self):
        """To be sent by now, not sent, not taken back, and not yet given up."""
        now = timezone.now()
        return self.filter(
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            sent_at__isnull=True,
            taken_back_at__isnull=True,
            queued_at__gt=now - TRY_FOR,
        )


class EnquiryMail(models.Model):
    """A mail about enquiries: written whole when it is queued, sent by a job. Sent when `sent_at` says so. Of all kinds
    only a member of staff's reply stops a clock, and that by the interaction it becomes."""

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement to the investor"
        NOTICE = "notice", "Notice to the officers"
        REPLY = "reply", "Reply to the investor"
        ASSIGNMENT = "assignment", "To the officer: given to you"
        MOVED = "moved", "To the officer: somebody moved it on"
        WARNING = "warning", "Warning before a target is missed"
        NOT_REACHED = "not-reached", "To the officer: a reply came back"
        DAILY_LIST = "daily-list", "Daily list of the unanswered"

    ONCE = [Kind.ACKNOWLEDGEMENT, Kind.NOTICE]

    enquiry = models.ForeignKey(
        "Enquiry", on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    to = models.EmailField(max_length=254)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The member of staff it is for.",
    )
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(
        max_length=200, unique=True, help_text="Fixed when queued: a repeat carries it too."
    )
    in_reply_to = models.CharField(max_length=400, blank=True)
    references = models.TextField(blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(null=True, blank=True, help_text="Until then it can be taken back.")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the mail server accepted it.")
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = EnquiryMailQuerySet.as_manager()

    class Meta:
        ordering = ["queued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "kind"],
                condition=Q(kind__in=["acknowledgement", "notice"]),
                name="mail_once_an_enquiry_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(enquiry__isnull=False) | Q(kind__in=["assignment", "daily-list"]),
                name="mail_about_an_enquiry",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="mail_sent_or_taken_back",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queued_at"],
                condition=Q(sent_at__isnull=True, taken_back_at__isnull=True),
                name="mail_unsent",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {'sent' if self.sent_at else 'not sent'}"


class Warned(models.Model):
    """Somebody has been warned that an obligation falls due. For one moment it is due at they are warned once: a moment
    reckoned anew is warned of anew."""

    class Whom(models.TextChoices):
        OFFICER = "officer", "The officer"
        MANAGER = "manager", "The managers"

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="warnings")
    obligation = models.CharField(max_length=16)
    whom = models.CharField(max_length=8, choices=Whom)
    due_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "obligation", "whom", "due_at"], name="warned_once_of_a_moment"
            )
        ]

    def __str__(self):
        return f"{self.get_whom_display()}, {self.due_at}"


class DailyList(models.Model):
    """The list of the unanswered has been sent to somebody for a working day."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(help_text="London's.")
    mail = models.OneToOneField(EnquiryMail, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "day"], name="daily_list_once_a_day")]

    def __str__(self):
        return f"{self.recipient}, {self.day}"
