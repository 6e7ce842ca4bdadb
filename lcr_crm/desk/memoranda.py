"""Which memoranda end next."""

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted

from lcr_crm.desk.parts import Panel, Row, may
from partners.models import Memorandum
from publishing.desk.display import tag

MOST_SHOWN = 5
SOON_IN_DAYS = 183  # the season in which a renewal is talked about


def expiring(user):
    """Memoranda that have not ended, the next to end first; None for those who may not see them."""
    if not may(user, "view", Memorandum):
        return None
    today = timezone.localdate()
    memoranda = (
        Memorandum.objects.annotate(ends=Max("terms__expires"))
        .filter(ends__gte=today)
        .only("title_en", "reference", "slug")
        .order_by("ends")[:MOST_SHOWN]
    )
    return Panel(
        key="memoranda",
        title="Memoranda by expiry",
        rows=[_row(memorandum, today) for memorandum in memoranda],
        empty="No memorandum has an expiry ahead of it.",
        more_url=reverse("admin:partners_memorandum_changelist"),
    )


def _row(memorandum, today):
    left = (memorandum.ends - today).days
    soon = [tag(f"In {left} days", "soon", "soon")] if left <= SOON_IN_DAYS else []
    return Row(
        url=reverse("admin:partners_memorandum_change", args=[memorandum.pk]),
        title=memorandum.title_en,
        sub=memorandum.reference,
        tags=soon,
        meta=f"ends {formatted(memorandum.ends, 'j M Y')}",
    )
