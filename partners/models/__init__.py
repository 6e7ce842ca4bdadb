from .contact_point import Consent, ContactPoint
from .delegation_visit import DelegationVisit, VisitOrganisation, VisitPerson, VisitStop
from .interaction import Interaction, InteractionOrganisation, InteractionParticipant, InteractionPerson
from .involvement import Involvement
from .memorandum import Memorandum, MemorandumParty, MemorandumTerm, Signatory
from .organisation import Organisation
from .person import Appointment, Person

__all__ = [
    "Appointment",
    "Consent",
    "ContactPoint",
    "DelegationVisit",
    "Interaction",
    "InteractionOrganisation",
    "InteractionParticipant",
    "InteractionPerson",
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
