from .asset import Asset
from .case_study import CaseStudy
from .opportunity import Opportunity, OpportunityTheme
from .programme import Programme
from .quantities import Figure, Statistic
from .site import District, Site
from .source import Source
from .theme import Theme

__all__ = [
    "Asset",
    "CaseStudy",
    "District",
    "Figure",
    "Opportunity",
    "OpportunityTheme",
    "Programme",
    "Site",
    "Source",
    "Statistic",
    "Theme",
]
