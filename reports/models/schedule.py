from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reports.models.board_pack import BoardPack


class Schedule(models.Model):
    """A report or board pack that people are told of regularly. What they get is a link: whoever opens it signs in, and
    sees the report only while they may."""

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", "Every week"
        MONTHLY = "monthly", "Every month"
        FIRST_WORKING_DAY = "first-working-day", "First working day of the month"

    name = models.CharField(max_length=150, help_text="Stands in the subject of the mail: name no person.")
    report = models.SlugField(max_length=60, blank=True, help_text="Its name in the catalogue.")
    parameters = models.JSONField(default=dict, blank=True)
    pack = models.ForeignKey(BoardPack, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    frequency = models.CharField(max_length=20, choices=Frequency, default=Frequency.FIRST_WORKING_DAY)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Monday is 0.")
    day_of_month = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="In a shorter month its last day."
    )
    at_hour = models.PositiveSmallIntegerField("hour in London", default=8, help_text="0 to 23.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(report="") & Q(pack__isnull=False)) | (~Q(report="") & Q(pack__isnull=True)),
                name="schedule_report_or_pack",
                violation_error_message="Choose either a report or a board pack.",
            ),
            models.CheckConstraint(
                condition=(Q(frequency="weekly") & Q(weekday__range=(0, 6)))
                | (~Q(frequency="weekly") & Q(weekday__isnull=True)),
                name="schedule_weekday_of_weekly",
                violation_error_message="A weekly schedule has a weekday, and only that.",
            ),
            models.CheckConstraint(
                condition=(Q(frequency="monthly") & Q(day_of_month__range=(1, 31)))
                | (~Q(frequency="monthly") & Q(day_of_month__isnull=True)),
                name="schedule_day_of_monthly",
                violation_error_message="A monthly schedule has a day of the month, and only that.",
            ),
            models.CheckConstraint(condition=Q(at_hour__lte=23), name="schedule_hour_of_the_day"),
        ]

    def __str__(self):
        return self.name


class ScheduleRecipient(models.Model):
    """A member of staff who is told when a schedule's report is due."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="recipients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "recipient"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["schedule", "user"], name="recipient_once_a_schedule")]

    def __str__(self):
        return str(self.user)


class ScheduledRun(models.Model):
    """One time at which a schedule was due. It is done once its people have been told, or once the next was due before
    that was possible; until then every look at the schedules finds it, and afterwards nobody is told of it again."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="runs")
    due_at = models.DateTimeField()
    parameters = models.JSONField(default=dict, help_text="With the days its period meant then.")
    missed = models.PositiveSmallIntegerField(
        default=0, help_text="Due times since the run before of which nobody was told: nothing ran then."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    told = models.PositiveSmallIntegerField(default=0, help_text="How many people got the link.")
    error = models.CharField(max_length=300, blank=True, help_text="For staff, without data.")
    owner_told_at = models.DateTimeField(null=True, blank=True, help_text="That it failed or is late.")

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["schedule", "due_at"], name="run_once_a_time")]

    def __str__(self):
        return f"{self.schedule}, {self.due_at:%Y-%m-%d}"


class ScheduledTelling(models.Model):
    """One mail about a run, to one member of staff: that the report is due, or, to its owner, that something is amiss.
    Written in the transaction that queues it; its identity never changes, so that a mail sent twice is one."""

    class Kind(models.TextChoices):
        DUE = "due", "The report is due"
        AMISS = "amiss", "It failed or is late"

    run = models.ForeignKey(ScheduledRun, on_delete=models.CASCADE, related_name="tellings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    message_id = models.CharField(max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "user", "kind"], name="told_once_of_a_run")]

    def __str__(self):
        return f"{self.run}: {self.get_kind_display()}"
