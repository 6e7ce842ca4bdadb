from .involvements import InvolvementAdmin
from .memoranda import MemorandumAdmin
from .organisations import OrganisationAdmin
from .people import PersonAdmin
from .visits import DelegationVisitAdmin

__all__ = [
    "DelegationVisitAdmin",
    "InvolvementAdmin",
    "MemorandumAdmin",
    "OrganisationAdmin",
    "PersonAdmin",
]
