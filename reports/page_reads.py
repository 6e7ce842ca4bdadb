"""Counts the reads of public pages from the web server's log, each line once.

How far a log has been counted is written in the transaction of the counts: a job that is cut off counts nothing twice
and loses nothing. A log that has grown long is put aside, counted to its end and removed.
"""

import hashlib
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from publishing import languages
from reports import access_log
from reports.models import LogPosition, PageCount
from reports.periods import LONDON

PORTION = 20_000  # lines counted in one transaction
LONG = 16 * 1024 * 1024  # bytes, of a log that is put aside
ASIDE = ".aside"
SETTLED = 60  # seconds since the last line of a log that was put aside
FIELDS = ["day", "path", "language", "referrer", "campaign"]
ADD = """
INSERT INTO reports_pagecount (day, path, language, referrer, campaign, reads)
SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[])
ON CONFLICT (day, path, language, referrer, campaign) DO UPDATE SET reads = reports_pagecount.reads + excluded.reads
"""


def count_reads(path=None):
    """Count what has been logged since the last time. Returns how many reads."""
    path = Path(path or settings.PAGE_READS_LOG)
    aside = path.with_name(path.name + ASIDE)
    counted = 0
    if aside.exists():
        counted += count_file(aside)
        if timezone.now().timestamp() - aside.stat().st_mtime > SETTLED and _is_counted(aside):
            aside.unlink()
    if not path.exists():
        return counted
    counted += count_file(path)
    if path.stat().st_size > LONG and not aside.exists():
        path.rename(aside)  # whoever writes opens a new one at the next line
    return counted


def count_file(path):
    """Count the whole lines of a log that have not been counted yet, portion by portion."""
    counted = 0
    with path.open("rb") as file:
        identity = _identity(file)
        while identity and (number := _count_portion(file, identity)) is not None:
            counted += number
    return counted


def _identity(file):
    """A log is known by its first line, which says when it was begun to the thousandth of a second; None while it has
    none."""
    file.seek(0)
    line = file.readline(4096)
    return hashlib.sha256(line).hexdigest() if line.endswith(b"\n") else None


@transaction.atomic
def _count_portion(file, identity):
    """How many reads were counted; None at the end of the log."""
    LogPosition.objects.get_or_create(log=identity)
    position = LogPosition.objects.select_for_update().get(log=identity)
    file.seek(position.offset)
    reads, lines = Counter(), 0
    while lines < PORTION and (line := file.readline()).endswith(b"\n"):
        lines += 1
        position.offset += len(line)
        if found := _counted_as(line):
            reads[found] += 1
    if not lines:
        return None
    if reads:
        _add(reads)
    position.counted_at = timezone.now()
    position.save()
    return reads.total()


def _counted_as(line):
    """(day, path without its language, language, referring host, campaign), the columns of a count."""
    found = access_log.read(line.decode("utf-8", errors="replace"))
    if found is None:
        return None
    when, path, campaign, referrer = found
    _start, code, rest = path.split("/", 2)
    if code not in languages.codes():
        return None
    return when.astimezone(LONDON).date(), f"/{rest}", code, referrer, campaign


def _add(reads):
    columns = zip(*(key for key in sorted(reads)), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(ADD, [*(list(column) for column in columns), [reads[key] for key in sorted(reads)]])


def _is_counted(path):
    with path.open("rb") as file:
        identity = _identity(file)
    position = LogPosition.objects.filter(log=identity).first()
    return identity is None or (position is not None and position.offset >= path.stat().st_size)


def reads_of(period):
    """The counts of a period."""
    return PageCount.objects.filter(period.within_days("day"))
