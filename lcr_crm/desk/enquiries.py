"""What came in: how many wait, and the newest."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.text import Truncator

from enquiries import countries
from enquiries.models import Enquiry
from enquiries.models.stage import Stage
from enquiries.names import text_language
from lcr_crm.desk.parts import Counter, Panel, Row, may
from publishing.desk.display import LIVERPOOL, tag

MOST_SHOWN = 8
NEW = Q(stage=Stage.NEW)
HELD = Q(held_at__isnull=False, released_at__isnull=True)


def counters(user):
    """How many are held for a person, new, and in all: one query. Nothing for those who may not see them."""
    if not may(user, "view", Enquiry):
        return []
    address = reverse("admin:enquiries_enquiry_changelist")
    found = Enquiry.objects.aggregate(
        held=Count("pk", filter=HELD),
        new=Count("pk", filter=NEW),
        all=Count("pk"),
    )
    return [
        Counter("Held for a person", found["held"], f"{address}?held=yes", "held", "soon"),
        Counter("New, not yet answered", found["new"], f"{address}?stage__exact=new", "inbox"),
        Counter("All enquiries", found["all"], address, "all"),
    ]


def latest(user):
    """The newest enquiries; None for those who may not see them."""
    if not may(user, "view", Enquiry):
        return None
    newest = Enquiry.objects.defer("original")[:MOST_SHOWN]
    return Panel(
        key="enquiries",
        title="Latest enquiries",
        rows=[_row(enquiry, timezone.now()) for enquiry in newest],
        empty="No enquiry has come in yet.",
        more_url=reverse("admin:enquiries_enquiry_changelist"),
        more_label="All enquiries",
    )


def _row(enquiry, now):
    start = Truncator(" ".join(enquiry.plans.split())).chars(90)
    return Row(
        url=reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]),
        title=start,
        lang=text_language(start, enquiry.language),
        sub=f"{enquiry.organisation}, {countries.name(enquiry.country)} · {enquiry.reference}",
        tags=[_standing(enquiry, now)],
        meta=formatted(enquiry.received_at.astimezone(LIVERPOOL), "j M, H:i"),
    )


def _standing(enquiry, now):
    if enquiry.is_held:
        return tag("Held", "paused", "held")
    if enquiry.stage == Stage.NEW and enquiry.promised_by < now:
        return tag("Promise passed", "late", "late")
    return tag(enquiry.get_stage_display())
