from django.db import models


class PageCount(models.Model):
    """How often a public page was read on one day of London, by language and by where its readers came from. Counted
    from the web server's log; nothing about a reader is kept."""

    day = models.DateField()
    path = models.CharField(
        max_length=300, help_text="Without the language: /opportunities/mersey-tidal-power/"
    )
    language = models.CharField(max_length=12)
    referrer = models.CharField(
        max_length=253, blank=True, help_text="Host alone; empty for our own pages or none."
    )
    campaign = models.CharField(max_length=100, blank=True)
    reads = models.PositiveIntegerField()

    class Meta:
        verbose_name = "daily count of reads"
        verbose_name_plural = "daily counts of reads"
        ordering = ["-day", "path"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "path", "language", "referrer", "campaign"], name="page_counted_once"
            )
        ]
        indexes = [models.Index(fields=["path", "day"], name="page_count_path")]

    def __str__(self):
        return f"{self.day} {self.path} ({self.language}): {self.reads}"


class LogPosition(models.Model):
    """How far a log of reads has been counted. Written with the counts in one transaction, so no line counts twice."""

    log = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its first line.")
    offset = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.log[:12]} up to {self.offset}"
