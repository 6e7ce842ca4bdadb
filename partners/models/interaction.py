from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower

from publishing.fields import LineField, ProseField
from publishing.search import Bigrams

from .organisation import Organisation
from .person import Person

WORDS = Lower(
    Concat(
        *("subject", Value(" "), "counterpart", Value(" "), "notes"),
        output_field=models.TextField(),
    )
)


class Interaction(models.Model):
    """One contact with an investor or partner: a mail, a call, a meeting. The proof that we spoke to somebody, so it
    says by which channel, when, who to whom, and whether it reached them. Private."""

    class Kind(models.TextChoices):
        INTERACTION = "interaction", "Interaction"
        SERVICE_DELIVERY = "service-delivery", "Service delivery"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        COMPLETE = "complete", "Complete"

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail or website"
        TELEPHONE = "telephone", "Telephone"
        LETTER = "letter", "Letter"
        FACE_TO_FACE = "face-to-face", "Face to face"
        VIDEO = "video", "Video"
        SOCIAL = "social-media", "Social media"

    class Direction(models.TextChoices):
        FROM_US = "from-us", "From us to them"
        FROM_THEM = "from-them", "From them to us"
        CONVERSATION = "conversation", "A conversation"

    kind = models.CharField(max_length=16, choices=Kind, default=Kind.INTERACTION)
    status = models.CharField(max_length=8, choices=Status, default=Status.COMPLETE)
    channel = models.CharField("channel", max_length=16, choices=Channel)
    direction = models.CharField(max_length=12, choices=Direction)
    reached = models.BooleanField(
        default=True, help_text="No: a voicemail, a mail that came back. It counts as no answer."
    )
    at = models.DateTimeField("when")
    subject = LineField(max_length=250)
    notes = ProseField(blank=True)
    counterpart = LineField(
        "who, if not in our records", max_length=250, blank=True, help_text="Name and organisation."
    )
    people = models.ManyToManyField(Person, through="InteractionPerson", related_name="interactions")
    organisations = models.ManyToManyField(
        Organisation, through="InteractionOrganisation", related_name="interactions"
    )
    participants = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="InteractionParticipant", related_name="interactions"
    )
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    words = models.GeneratedField(expression=WORDS, output_field=models.TextField(), db_persist=True)
    search = models.GeneratedField(
        expression=Bigrams(WORDS), output_field=Bigrams.output_field, db_persist=True
    )

    class Meta:
        ordering = ["-at", "-pk"]
        permissions = [("export_interaction", "Can export interactions")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached=True) | ~Q(direction="from-them"),
                name="interaction_from_them_reached_us",
                violation_error_message="What came from them has reached us.",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="interaction_newest"),
            models.Index("kind", F("at").desc(), F("id").desc(), name="interaction_of_kind"),
            models.Index("channel", F("at").desc(), F("id").desc(), name="interaction_of_channel"),
            GinIndex(fields=["search"], name="interaction_search", fastupdate=False),
        ]

    def __str__(self):
        return self.subject


class InteractionPerson(models.Model):
    """A person on their side."""

    interaction = models.ForeignKey(Interaction, on_delete=models.CASCADE, related_name="person_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "person", "people"
        constraints = [
            models.UniqueConstraint(fields=["interaction", "person"], name="person_once_an_interaction")
        ]

    def __str__(self):
        return str(self.person)


class InteractionOrganisation(models.Model):
    """An organisation on their side."""

    interaction = models.ForeignKey(Interaction, on_delete=models.CASCADE, related_name="organisation_rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "organisation", "organisations"
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "organisation"], name="organisation_once_an_interaction"
            )
        ]

    def __str__(self):
        return str(self.organisation)


class InteractionParticipant(models.Model):
    """A member of staff on our side."""

    interaction = models.ForeignKey(Interaction, on_delete=models.CASCADE, related_name="participant_rows")
    adviser = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "participant", "our participants"
        constraints = [
            models.UniqueConstraint(fields=["interaction", "adviser"], name="participant_once_an_interaction")
        ]

    def __str__(self):
        return str(self.adviser)
