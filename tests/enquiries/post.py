"""Post offices for tests: one that is shut, and one that takes very long."""

import os
import smtplib
import time
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend


class Shut(BaseEmailBackend):
    """Refuses everything, and names the address as real servers do."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (450, b"try again later")})


class Slow(EmailBackend):
    """Says that it has begun, and never ends."""

    def send_messages(self, messages):
        Path(os.environ["SLOW_POST_BEGAN"]).touch()
        time.sleep(600)
