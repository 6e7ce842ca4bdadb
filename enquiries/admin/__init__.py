from .assignment_rules import AssignmentRuleAdmin
from .enquiries import EnquiryAdmin
from .projects import InvestmentProjectAdmin
from .reply_templates import ReplyTemplateAdmin
from .sectors import SectorAdmin

__all__ = ["AssignmentRuleAdmin", "EnquiryAdmin", "InvestmentProjectAdmin", "ReplyTemplateAdmin", "SectorAdmin"]
