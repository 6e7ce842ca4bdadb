"""Where no sample may be made. A real installation fails at least one of these, whatever else it is."""

from urllib.parse import urlsplit

from django.conf import settings

from enquiries.models import Enquiry
from enquiries.sample.rows import FIRST_KEY, LAST_KEY

LOCAL = {"127.0.0.1", "localhost", "::1"}


def sample():
    """The enquiries that a sample made."""
    return Enquiry.objects.filter(submission_key__range=(FIRST_KEY, LAST_KEY))


def reasons():
    """Why not here, a sentence each; nothing where it may be."""
    found = []
    if not settings.DATABASE_IS_EMBEDDED:
        found.append("DATABASE_URL names a server. A sample is made in the embedded database only.")
    if settings.EMAIL_HOST:
        found.append("EMAIL_HOST names a mail server. A sample is made where no mail can leave.")
    if settings.HTTPS or urlsplit(settings.SITE_URL).hostname not in LOCAL:
        found.append("HTTPS or SITE_URL says that this is a public site.")
    if Enquiry.objects.exclude(submission_key__range=(FIRST_KEY, LAST_KEY)).exists():
        found.append(
            "There are enquiries here that no sample made. Use a data folder of its own: "
            "VAR_DIR=var/sample make run, then VAR_DIR=var/sample .venv/bin/python manage.py make_sample …"
        )
    return found
