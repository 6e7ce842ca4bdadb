from .assignment_rules import AssignmentRuleAdmin
from .calendar import ClosingDayAdmin, OfficeHoursAdmin, ResponseTargetAdmin
from .enquiries import EnquiryAdmin
from .projects import InvestmentProjectAdmin
from .reply_templates import ReplyTemplateAdmin
from .sectors import SectorAdmin

__all__ = [
    "AssignmentRuleAdmin",
    "ClosingDayAdmin",
    "EnquiryAdmin",
    "InvestmentProjectAdmin",
    "OfficeHoursAdmin",
    "ReplyTemplateAdmin",
    "ResponseTargetAdmin",
    "SectorAdmin",
]
