from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.periods import NAMED


class BoardPack(models.Model):
    """A saved selection of reports with their parameters, set in one document in the order of its rows. Retired, not
    deleted."""

    name = models.CharField(max_length=150)
    language = models.CharField(
        max_length=12,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text="Of the document.",
    )
    introduction = models.TextField(blank=True, max_length=4000, help_text="Stands before the first report.")
    key_figures = models.CharField(
        "key figures of",
        max_length=20,
        blank=True,
        choices=[(name, words) for name, words in NAMED if name != "days"],
        help_text="A page of the dashboard’s figures, beside those of the period before.",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    saved_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        permissions = [("take_report", "Can take reports away as files")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="board_pack_named")]

    def __str__(self):
        return self.name


class BoardPackReport(models.Model):
    """A report of a pack, as its form was filled in. A named period moves on: “last quarter” is another one in July."""

    pack = models.ForeignKey(BoardPack, on_delete=models.CASCADE, related_name="reports")
    position = models.PositiveSmallIntegerField(default=0)
    report = models.SlugField(max_length=60, help_text="Its name in the catalogue.")
    parameters = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "report"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.report
