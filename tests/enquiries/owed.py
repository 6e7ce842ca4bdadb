"""What is owed on a Monday in November, and whom it is told to, for tests of reminders."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from enquiries import conversation
from enquiries.models import EnquiryMail
from partners.models import Interaction
from tests.factories import enquiry

LONDON = ZoneInfo("Europe/London")
MANAGE, CHANGE = "enquiries.manage_enquiry", "enquiries.change_enquiry"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


MONDAY = at("2026-11-16 09:00")  # a first reply is due on Tuesday at 17:00; warnings go at 13:00 and 15:00


def came_in(**given):
    return enquiry(**{"received_at": MONDAY} | given)


def mails(kind=EnquiryMail.Kind.WARNING):
    return EnquiryMail.objects.filter(kind=kind)


def told(kind=EnquiryMail.Kind.WARNING):
    return sorted(mails(kind).values_list("to", flat=True))


def answer(found, by, reached=True):
    return conversation.log_contact(
        found,
        channel=Interaction.Channel.EMAIL,
        direction=Interaction.Direction.FROM_US,
        at=found.received_at + timedelta(hours=1),
        subject="Our answer",
        reached=reached,
        by=by,
    )
