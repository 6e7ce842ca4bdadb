from .assignment_rules import AssignmentRuleAdmin
from .enquiries import EnquiryAdmin
from .projects import InvestmentProjectAdmin
from .sectors import SectorAdmin

__all__ = ["AssignmentRuleAdmin", "EnquiryAdmin", "InvestmentProjectAdmin", "SectorAdmin"]
