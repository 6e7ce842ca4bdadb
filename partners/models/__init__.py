from .delegation_visit import DelegationVisit, VisitOrganisation, VisitPerson, VisitStop
from .involvement import Involvement
from .memorandum import Memorandum, MemorandumParty, MemorandumTerm, Signatory
from .organisation import Organisation
from .person import Appointment, Person

__all__ = [
    "Appointment",
    "DelegationVisit",
    "Involvement",
    "Memorandum",
    "MemorandumParty",
    "MemorandumTerm",
    "Organisation",
    "Person",
    "Signatory",
    "VisitOrganisation",
    "VisitPerson",
    "VisitStop",
]
