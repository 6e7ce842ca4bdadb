from .case_studies import CaseStudyAdmin
from .facts import AssetAdmin, FigureAdmin, SourceAdmin, StatisticAdmin
from .opportunities import OpportunityAdmin
from .places import SiteAdmin
from .themes import ProgrammeAdmin, ThemeAdmin

__all__ = [
    "AssetAdmin",
    "CaseStudyAdmin",
    "FigureAdmin",
    "OpportunityAdmin",
    "ProgrammeAdmin",
    "SiteAdmin",
    "SourceAdmin",
    "StatisticAdmin",
    "ThemeAdmin",
]
