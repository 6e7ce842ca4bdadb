from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ExportLogQuerySet(models.QuerySet):
    def begin(self, by, **facts):
        """The row of an export that begins, by a member of staff or by an `operator`."""
        who = {"by": by} if by.pk else {"operator": by.username}
        return self.create(**who, **facts)


class ExportLog(models.Model):
    """One download of rows: who, when, what, with which filters, how many. Written before the first byte leaves;
    without `finished_at` it broke off, and `rows` is how many had gone by then. Who is a member of staff, or whoever
    works at the machine's command line."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    operator = models.CharField(
        max_length=150,
        blank=True,
        help_text="The machine's account, where a command named no member of staff.",
    )
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=100)
    filters = models.TextField(blank=True, help_text="As they stood in the address of the list.")
    file_name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        verbose_name = "export"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="export_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(rows__isnull=False),
                name="export_finished_with_its_count",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False, operator="") | (Q(by__isnull=True) & ~Q(operator="")),
                name="export_by_somebody",
            ),
        ]

    def __str__(self):
        return self.file_name

    def close(self, rows, *, whole):
        """Record how many rows went out, and whether that was all of them."""
        self.rows = rows
        self.finished_at = timezone.now() if whole else None
        self.save(update_fields=["rows", "finished_at"])


def spreadsheet_path(spreadsheet, name):
    return f"exports/{spreadsheet.stored_as}.xlsx"


class SpreadsheetQuerySet(models.QuerySet):
    def expired(self, now=None):
        """Files that nobody may fetch any more, and that are still there."""
        return self.filter(expires_at__lte=now or timezone.now()).exclude(file="")


class Spreadsheet(models.Model):
    """A list or a report asked for as XLSX: made by a job, kept for its owner alone and only until it expires. `source`
    says which kind, `key` which one; `filters` is the query of its address, so that the job asks for the same rows in
    the same order."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=20, default="list", help_text="Of EXPORT_SOURCES.")
    key = models.CharField(
        max_length=100, help_text="Which of that source: a model, or the name of a report."
    )
    shape = models.CharField(
        max_length=40, blank=True, help_text="Another set of columns, or language, of it."
    )
    filters = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(default=0, help_text="Written so far.")
    total = models.PositiveIntegerField(null=True, blank=True, help_text="To be written.")
    stored_as = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to=spreadsheet_path, blank=True, max_length=200)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, help_text="For staff, without data.")
    log = models.OneToOneField(ExportLog, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SpreadsheetQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.key}, {self.get_state_display()}"

    @property
    def is_expired(self):
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_there(self):
        """Whether there is a file to fetch."""
        return self.state == self.State.READY and bool(self.file) and not self.is_expired

    @property
    def is_under_way(self):
        return self.state in {self.State.WAITING, self.State.RUNNING}
