from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import Interaction
from publishing import languages
from publishing.models.publishable import column


class EnquiryInteraction(models.Model):
    """An interaction that is about an enquiry. Only from these rows does the database know of a first reply."""

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="interaction_rows")
    interaction = models.OneToOneField(Interaction, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return str(self.interaction)


class EnquiryNote(models.Model):
    """What staff write down about an enquiry for each other. It stops no clock."""

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=5000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text[:80]


class Wait(models.Model):
    """A time in which we waited for the investor and the clock of qualification stood still."""

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="waits")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(until__isnull=True), name="wait_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="wait_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.since} to {self.until or 'now'}"


class ReplyTemplateQuerySet(models.QuerySet):
    def offered(self):
        return self.filter(retired_at__isnull=True)

    def get_by_natural_key(self, key):
        return self.get(key=key)


class ReplyTemplate(models.Model):
    """A beginning for replies, in every language. {{given_name}} and the like are filled in from the enquiry
    (enquiries/reply_facts.py); what cannot be filled must be written before the reply can go."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100, help_text="For staff, in English.")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.key,)

    def texts(self, code):
        """(subject, body) in one language; empty where nobody has written them in it."""
        return tuple(getattr(self, column(name, code)) or "" for name in ("subject", "body"))

    def written_in(self, code):
        return code in languages.codes() and all(self.texts(code))


class Reply(models.Model):
    """A member of staff's answer to an enquiry: a draft, saved as it is typed, until a mail is made of it. How its
    delivery stands is the mail's; when the server has accepted it, it becomes an interaction."""

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="replies")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=12, choices=settings.LANGUAGES)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True, max_length=50_000)
    shortlist = ArrayField(
        models.SlugField(max_length=100),
        default=list,
        blank=True,
        help_text="Opportunities the reply leads to.",
    )
    then_wait = models.BooleanField(
        "then wait for their answer",
        default=True,
        help_text="The clock of qualification stands still until then.",
    )
    begun_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0, help_text="An older save is refused.")
    mail = models.OneToOneField(
        "EnquiryMail", on_delete=models.SET_NULL, null=True, blank=True, related_name="reply"
    )
    interaction = models.OneToOneField(
        Interaction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    not_reached_at = models.DateTimeField(null=True, blank=True)
    not_reached_why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "by"], condition=Q(mail__isnull=True), name="reply_one_draft_an_officer"
            ),
            models.CheckConstraint(
                condition=Q(interaction__isnull=True) | Q(mail__isnull=False),
                name="reply_interaction_of_a_mail",
            ),
        ]

    def __str__(self):
        return self.subject or "(no subject yet)"


def attachment_path(attachment, name):
    """Under a random name: what the investor sees is `name`."""
    return f"replies/{timezone.now():%Y/%m}/{attachment.stored_as}"


class ReplyAttachment(models.Model):
    """A file that goes with a reply. Private: only staff who may see the enquiry get at it."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=attachment_path, max_length=200)
    stored_as = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name


class IncomingMail(models.Model):
    """A mail that somebody uploaded as it came: byte for byte, never changed. It made an enquiry, answered one, or said
    that a reply did not arrive."""

    class Became(models.TextChoices):
        ENQUIRY = "enquiry", "A new enquiry"
        ANSWER = "answer", "An answer to an enquiry"
        BOUNCE = "bounce", "A report that a reply did not arrive"

    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="incoming")
    became = models.CharField(max_length=8, choices=Became)
    interaction = models.OneToOneField(
        Interaction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raw = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256: one mail is taken in once.")
    message_id = models.CharField(max_length=400, blank=True, db_index=True)
    from_address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    received_at = models.DateTimeField(help_text="When our mail server received it.")
    received_by = models.CharField(max_length=200, blank=True, help_text="The server that says so.")
    authentication = models.TextField(blank=True, help_text="Its Authentication-Results, as written.")
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self):
        return self.subject or "(no subject)"
