from .enquiries import EnquiryAdmin
from .sectors import SectorAdmin

__all__ = ["EnquiryAdmin", "SectorAdmin"]
