from .interactions import InteractionAdmin
from .involvements import InvolvementAdmin
from .memoranda import MemorandumAdmin
from .organisations import OrganisationAdmin
from .people import PersonAdmin
from .visits import DelegationVisitAdmin

__all__ = [
    "DelegationVisitAdmin",
    "InteractionAdmin",
    "InvolvementAdmin",
    "MemorandumAdmin",
    "OrganisationAdmin",
    "PersonAdmin",
]
