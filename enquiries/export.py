"""The columns of an exported list of enquiries."""

from zoneinfo import ZoneInfo

from enquiries import countries
from exports import cells
from exports.csv import Column

LONDON = ZoneInfo("Europe/London")


def _moment(name):
    return lambda enquiry: f"{getattr(enquiry, name).astimezone(LONDON):%Y-%m-%d %H:%M}"


def _consent(kind):
    return lambda enquiry: next(
        ("yes" if consent.given else "no" for consent in enquiry.consents.all() if consent.kind == kind), ""
    )


COLUMNS = [
    Column("Reference", lambda enquiry: enquiry.reference),
    Column("Received (London)", _moment("received_at")),
    Column("Answer promised by (London)", _moment("promised_by")),
    Column("Stage", lambda enquiry: enquiry.get_stage_display()),
    Column("Held", lambda enquiry: "yes" if enquiry.is_held else "no"),
    Column("Family name", lambda enquiry: enquiry.family_name),
    Column("Given name", lambda enquiry: enquiry.given_name),
    Column("Job title", lambda enquiry: enquiry.job_title),
    Column("Organisation", lambda enquiry: enquiry.organisation),
    Column("Country", lambda enquiry: countries.name(enquiry.country)),
    Column("E-mail", lambda enquiry: enquiry.email),
    Column("Telephone", lambda enquiry: enquiry.telephone, cells.telephone),
    Column("Website", lambda enquiry: enquiry.website),
    Column("Answer in", lambda enquiry: enquiry.get_reply_language_display()),
    Column("Sectors", lambda enquiry: ", ".join(sector.name_en for sector in enquiry.sectors.all())),
    Column("Opportunities", lambda enquiry: ", ".join(str(record) for record in enquiry.opportunities.all())),
    Column("Plans", lambda enquiry: enquiry.plans),
    Column("How they heard", lambda enquiry: enquiry.get_how_heard_display()),
    Column("News by e-mail", _consent("email")),
    Column("News by telephone", _consent("telephone")),
    Column("Campaign", lambda enquiry: enquiry.utm_campaign),
]


def rows(enquiries):
    """Every enquiry of the queryset in its order, read in portions, with what its columns need."""
    return enquiries.prefetch_related("sectors", "opportunities", "consents").iterator(chunk_size=1000)
