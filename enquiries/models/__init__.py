from .consent import EnquiryConsent
from .enquiry import Enquiry, EnquiryOpportunity, EnquiryQuerySet
from .mail import EnquiryMail
from .sector import Sector
from .stage import StageChange

__all__ = [
    "Enquiry",
    "EnquiryConsent",
    "EnquiryMail",
    "EnquiryOpportunity",
    "EnquiryQuerySet",
    "Sector",
    "StageChange",
]
