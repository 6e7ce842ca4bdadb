from django.db import models
from django.db.models import Q

from opportunities.models.source import KeyManager
from publishing.fields import LineField
from publishing.partial_dates import PartialDateField

from .archiving import Archivable
from .organisation import Organisation


class Person(Archivable):
    """One human, one row. The name in Latin letters and in Hangul, each split into family and given name, and which of
    the two is the person's own. What is private (addresses, telephones, consents) is never a column here."""

    class Script(models.TextChoices):
        LATIN = "latin", "Latin letters"
        HANGUL = "hangul", "Hangul"

    key = models.SlugField(max_length=80, unique=True)
    honorific = LineField(max_length=30, blank=True, help_text="Professor, Dr, Sir: before the name.")
    latin_given = LineField(max_length=80, blank=True)
    latin_family = LineField(max_length=80, blank=True)
    honours = LineField(max_length=40, blank=True, help_text="OBE, FRS: after the name.")
    hangul_family = LineField(max_length=40, blank=True)
    hangul_given = LineField(max_length=40, blank=True)
    own_script = models.CharField(max_length=8, choices=Script, default=Script.LATIN)
    name_confidence = models.CharField(max_length=8, blank=True, help_text="How sure the spelling is.")
    source_note = models.TextField(blank=True, help_text="Staff only.")

    objects = KeyManager()

    class Meta(Archivable.Meta):
        verbose_name_plural = "people"
        ordering = ["latin_family", "latin_given", "key"]
        constraints = [
            *Archivable.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(own_script="latin") & ~Q(latin_family=""))
                | (Q(own_script="hangul") & ~Q(hangul_family="")),
                name="person_named_in_own_script",
                violation_error_message="Give the family name in the person's own script.",
            ),
        ]

    def __str__(self):
        if self.own_script == self.Script.HANGUL and self.latin_family:
            return f"{self.latin_name} ({self.hangul_name})"
        return self.latin_name or self.hangul_name

    def natural_key(self):
        return (self.key,)

    @property
    def latin_name(self):
        """Family name first for a Korean name, last for any other, as its bearer would write it."""
        if self.own_script == self.Script.HANGUL:
            return f"{self.latin_family} {self.latin_given}".strip()
        return " ".join(
            part for part in (self.honorific_en, self.latin_given, self.latin_family, self.honours) if part
        )

    @property
    def hangul_name(self):
        """A Korean name is one word, family name first; a foreign one keeps its own order."""
        if self.own_script == self.Script.HANGUL:
            return f"{self.hangul_family}{self.hangul_given}"
        return f"{self.hangul_given} {self.hangul_family}".strip()


class AppointmentManager(models.Manager):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class Appointment(models.Model):
    """What a person is at an organisation, from when, until when. The public sees those marked public."""

    class Kind(models.TextChoices):
        POST = "post", "post"
        BOARD = "board", "member of the Innovation Board"

    key = models.SlugField(max_length=100, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POST)
    title = LineField(max_length=200)
    from_date = PartialDateField("from", blank=True)
    until_date = PartialDateField("until", blank=True)
    public = models.BooleanField(default=False, help_text="Shown on public pages.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = AppointmentManager()

    class Meta:
        ordering = ["position", "key"]

    def __str__(self):
        return self.title_en or self.key

    def natural_key(self):
        return (self.key,)
