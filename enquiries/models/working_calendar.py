from django.db import models
from django.db.models import F, Q


class OfficeHours(models.Model):
    """When the office answers on one day of the week, London's time. A day without a row is closed; bank holidays in
    England and closing days are closed whatever stands here."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    weekday = models.PositiveSmallIntegerField(choices=Weekday, unique=True)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "office hours"
        ordering = ["weekday"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="office_closes_after_opening",
                violation_error_message="The office closes before it opens.",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="office_hours_weekday"),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()}, {self.opens:%H:%M} to {self.closes:%H:%M}"


class ClosingDay(models.Model):
    """A day on which the office is closed beside weekends and bank holidays."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%d %B %Y}, {self.name}"


class ResponseTarget(models.Model):
    """How soon one obligation is to be met after receipt, and how long before that officer and manager are warned, in
    working hours."""

    class Obligation(models.TextChoices):
        REPLY = "reply", "First reply by a person"
        QUALIFICATION = "qualification", "Qualification"

    obligation = models.CharField(max_length=16, choices=Obligation, unique=True)
    hours = models.PositiveSmallIntegerField("within (working hours)")
    warn_officer_hours = models.PositiveSmallIntegerField("warn the officer before (working hours)")
    warn_manager_hours = models.PositiveSmallIntegerField("warn the manager before (working hours)")

    class Meta:
        ordering = ["-obligation"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0),
                name="target_takes_time",
                violation_error_message="A target of no time cannot be met.",
            ),
            models.CheckConstraint(
                condition=Q(warn_officer_hours__gte=F("warn_manager_hours"))
                & Q(hours__gte=F("warn_officer_hours")),
                name="officer_is_warned_before_manager",
                violation_error_message="The officer is warned first, and neither before the enquiry came in.",
            ),
        ]

    def __str__(self):
        return f"{self.get_obligation_display()}: {self.hours} working hours"
