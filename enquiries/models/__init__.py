from .assignment import Assignment, AssignmentRule
from .consent import EnquiryConsent
from .conversation import (
    EnquiryInteraction,
    EnquiryNote,
    IncomingMail,
    Reply,
    ReplyAttachment,
    ReplyTemplate,
    Wait,
)
from .enquiry import Enquiry, EnquiryOpportunity, EnquiryQuerySet
from .mail import DailyList, EnquiryMail, Warned
from .project import InvestmentProject
from .project_links import (
    ProjectChange,
    ProjectEnquiry,
    ProjectInteraction,
    ProjectOrganisation,
    ProjectPerson,
)
from .sector import Sector
from .stage import StageChange
from .working_calendar import ClosingDay, OfficeHours, ResponseTarget

__all__ = [
    "Assignment",
    "AssignmentRule",
    "ClosingDay",
    "DailyList",
    "Enquiry",
    "EnquiryConsent",
    "EnquiryInteraction",
    "EnquiryMail",
    "EnquiryNote",
    "EnquiryOpportunity",
    "EnquiryQuerySet",
    "IncomingMail",
    "InvestmentProject",
    "OfficeHours",
    "ProjectChange",
    "ProjectEnquiry",
    "ProjectInteraction",
    "ProjectOrganisation",
    "ProjectPerson",
    "Reply",
    "ReplyAttachment",
    "ReplyTemplate",
    "ResponseTarget",
    "Sector",
    "StageChange",
    "Wait",
    "Warned",
]
