"""The columns of a list of enquiries as a file. Who may not see people gets none that says who asks or what they
wrote."""

from django.conf import settings
from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from enquiries import countries
from enquiries.models import Enquiry, EnquiryConsent, EnquiryOpportunity
from enquiries.models.enquiry import IS_HELD
from enquiries.models.stage import Stage
from exports import columns as column

SEE_PEOPLE = "partners.view_person"


def columns(user):
    """Those that the user may have."""
    return [*_standing(), *(_people() if user.has_perm(SEE_PEOPLE) else _organisation()), *_about(user)]


def _standing():
    return [
        column.plain("Reference", "reference"),
        column.moment("Received (London)", "received_at"),
        column.moment("Answer promised by (London)", "promised_by", 24),
        column.word("State", "state", Enquiry.State.choices),
        column.word("Stage", "stage", Stage.choices, 28),
        column.moment("Due (London)", "due_at"),
        column.moment("First reply (London)", "first_reply_at", 20),
        column.moment("Closed (London)", "closed_at"),
        column.staff("Officer", "owner"),
        column.text("Team", "team__name", 18),
        column.yes("Held", IS_HELD),
    ]


def _organisation():
    return [
        column.text("Organisation", "organisation", 28),
        column.word("Country", "country", countries.in_english()),
    ]


def _people():
    return [
        column.text("Family name", "family_name", 16),
        column.text("Given name", "given_name", 16),
        column.text("Job title", "job_title"),
        *_organisation(),
        column.text("E-mail", "email", 30),
        column.telephone("Telephone", "telephone"),
        column.text("Website", "website"),
    ]


def _about(user):
    sectors = Enquiry.sectors.through.objects.filter(enquiry=OuterRef("pk")).order_by(
        "sector__position", "sector"
    )
    asked = EnquiryOpportunity.objects.filter(enquiry=OuterRef("pk")).order_by("pk")
    found = [
        column.word("Answer in", "reply_language", settings.LANGUAGES, 12),
        column.word("Channel", "channel", Enquiry.Channel.choices, 18),
        column.several("Sectors", sectors.values("sector__name_en")),
        column.several("Opportunities", asked.values("opportunity__title_en")),
    ]
    if user.has_perm(SEE_PEOPLE):
        found += [
            column.text("Plans", "plans", 60),
            column.word("How they heard", "how_heard", Enquiry.HowHeard.choices),
            _consent("News by e-mail", EnquiryConsent.Kind.EMAIL),
            _consent("News by telephone", EnquiryConsent.Kind.TELEPHONE),
            column.text("Page before the form", "page", 40),
            column.text("Campaign", "utm_campaign", 20),
        ]
    return found


def _consent(heading, kind):
    """Yes or no as they answered, empty where they were not asked."""
    answers = EnquiryConsent.objects.filter(enquiry=OuterRef("pk"), kind=kind).order_by("-pk")
    answer = Cast(Subquery(answers.values("given")[:1]), TextField())
    return column.word(heading, answer, [("true", "yes"), ("false", "no")], 18)
