"""Qualification: how ready an investor is, and what the enquiry is worth. The second thing we owe each enquiry."""

from django.db import transaction
from django.utils import timezone

from enquiries.models import Enquiry, EnquiryNote
from enquiries.triage import NotPossible, locked


@transaction.atomic
def qualify(enquiry, *, readiness, quality, why="", by):
    """Say or correct the verdict, with a note of it. The obligation ends with the first verdict; a correction changes
    neither when it was met nor by whom."""
    if readiness not in Enquiry.Readiness or quality not in Enquiry.Quality:
        raise NotPossible("Say both how ready they are and what the enquiry is worth.")
    enquiry = locked(enquiry)
    if enquiry.is_held:
        raise NotPossible(f"{enquiry.reference} is held. Release it first.")
    if enquiry.merged_into:
        raise NotPossible(
            f"{enquiry.reference} is merged into {enquiry.merged_into.reference}. Qualify that one."
        )
    enquiry.investment_readiness, enquiry.quality = readiness, quality
    if enquiry.qualified_at is None:
        enquiry.qualified_at, enquiry.qualified_by = timezone.now(), by
    enquiry.save(update_fields=["investment_readiness", "quality", "qualified_at", "qualified_by"])
    verdict = f"{enquiry.get_investment_readiness_display()}; quality: {enquiry.get_quality_display()}."
    text = f"Qualified. {verdict} {why.strip()}".strip()
    EnquiryNote.objects.create(enquiry=enquiry, text=text[:5000], by=by)
    return enquiry
