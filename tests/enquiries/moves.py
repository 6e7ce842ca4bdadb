"""What officers do, shortly."""

from datetime import timedelta

from django.utils import timezone

from enquiries import conversation


def rung(enquiry, *, subject="A call", reached=True, then_wait=False, at=None, by=None):
    """We rang the investor."""
    return conversation.log_contact(
        enquiry,
        channel="telephone",
        direction="from-us",
        at=at or max(enquiry.received_at, timezone.now() - timedelta(seconds=1)),
        subject=subject,
        reached=reached,
        then_wait=then_wait,
        by=by,
    )


def heard(enquiry, *, direction="from-them", reached=True, by=None):
    """The investor wrote, or we talked."""
    return conversation.log_contact(
        enquiry,
        channel="email",
        direction=direction,
        at=timezone.now(),
        subject="Their answer",
        reached=reached,
        by=by,
    )
