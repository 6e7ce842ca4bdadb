"""What officers do with an enquiry beyond correcting it."""

from django.db import transaction
from django.utils import timezone

from enquiries import emails
from enquiries.models import Enquiry


@transaction.atomic
def release(enquiries, *, by):
    """Let held enquiries go on as if they had never been held: recorded, and acknowledged now. Returns their number;
    one that somebody else has released in the meantime is left alone."""
    held = list(
        Enquiry.objects.held().filter(pk__in=[enquiry.pk for enquiry in enquiries]).select_for_update()
    )
    for enquiry in held:
        enquiry.released_at, enquiry.released_by = timezone.now(), by
        enquiry.save(update_fields=["released_at", "released_by"])
        emails.queue_acknowledgement(enquiry)
    return len(held)
