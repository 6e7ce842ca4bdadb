"""Marks of robots. A suspect is held for a person to look at, never dropped: people do odd things too."""

from datetime import timedelta

from django.core import signing

TRAP = "referral_note"  # a name that no browser fills in by itself
LEAST_SECONDS = 3
SIGNER = signing.TimestampSigner(salt="enquiries.started")
OPENED = "form"


def start_of_form():
    """The moment at which a form was opened, signed."""
    return SIGNER.sign(OPENED)


def reasons(*, trap, started, key):
    """Why this submission is suspect, in words for the officers; nothing where it is not. A form has no upper age:
    people leave one open overnight."""
    found = []
    if trap:
        found.append("A field that people do not see was filled in.")
    if key is None:
        found.append("The submission key was missing or not one of ours.")
    if not started:
        found.append("The time at which the form was opened was missing.")
        return found
    try:
        SIGNER.unsign(started)
    except signing.BadSignature:
        found.append("The time at which the form was opened was forged.")
        return found
    if _is_young(started):
        found.append(f"The form was sent less than {LEAST_SECONDS} seconds after it was opened.")
    return found


def _is_young(started):
    try:
        SIGNER.unsign(started, max_age=timedelta(seconds=LEAST_SECONDS))
    except signing.SignatureExpired:
        return False
    return True
