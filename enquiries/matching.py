"""Whom we know already of those who write: suggestions with their reasons, never a match by itself. A person confirms
(enquiries/known.py). Five queries at most, whatever there is."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from enquiries.models import Enquiry
from partners import contacts
from partners.models import Appointment, ContactPoint

MOST = 5
MOST_READ = 50
SAME_EMAIL, SAME_TELEPHONE = "The same e-mail address", "The same telephone number"


@dataclass
class Suggestion:
    """Somebody we know who may be the sender, or theirs, and why we think so."""

    record: Any
    reasons: list = field(default_factory=list)


def suggested_people(enquiry):
    """People with the address, the number or the name of the sender; who has most in common first."""
    if enquiry.person_id:
        return []
    found = {}
    points = contacts.points_of(email=enquiry.email, telephone=enquiry.telephone)
    for point in points[:MOST_READ]:
        why = SAME_EMAIL if point.kind == ContactPoint.Kind.EMAIL else SAME_TELEPHONE
        _add(found, point.person, why)
    for person in contacts.people_named(enquiry.family_name, enquiry.given_name)[:MOST_READ]:
        _add(found, person, f"The same name, {person}")
    return _best(found)


def suggested_organisations(enquiry):
    """Organisations of the name that was given, or whose people write from the same domain."""
    if enquiry.known_organisation_id:
        return []
    found = {}
    for organisation in contacts.organisations_named(enquiry.organisation)[:MOST_READ]:
        _add(found, organisation, f"The same name, {organisation}")
    if domain := contacts.own_domain(enquiry.email):
        for post in contacts.posts_at_domain(domain)[:MOST_READ]:
            _add(found, post.organisation, f"Somebody of theirs writes from {domain}")
    if enquiry.person_id:
        posts = Appointment.objects.filter(
            person=enquiry.person_id, organisation__archived_at__isnull=True
        ).select_related("organisation")
        for post in posts[:MOST_READ]:
            _add(found, post.organisation, f"{enquiry.person} has a post there")
    return _best(found)


def others_of_sender(enquiry):
    """[(enquiry, reasons)]: the other enquiries of the same sender, the newest first."""
    condition = Q(follows=enquiry.pk)
    if enquiry.follows_id:
        condition |= Q(pk=enquiry.follows_id) | Q(follows=enquiry.follows_id)
    if enquiry.email:
        condition |= Q(address=enquiry.email.lower())
    if enquiry.telephone:
        condition |= Q(telephone=enquiry.telephone)
    if enquiry.person_id:
        condition |= Q(person=enquiry.person_id)
    rows = Enquiry.objects.annotate(address=Lower("email")).filter(condition).exclude(pk=enquiry.pk)
    # Not sorted by the database: it would read the newest of all instead of the sender's few.
    found = list(rows.order_by().defer("plans", "original")[:MOST_READ])
    found.sort(key=lambda other: (other.received_at, other.pk), reverse=True)
    return [(other, _in_common(enquiry, other)) for other in found]


def _in_common(enquiry, other):
    pairs = [
        (other.pk == enquiry.follows_id, f"This one follows it: {enquiry.follows_why.lower()}"),
        (other.follows_id == enquiry.pk, f"It follows this one: {other.follows_why.lower()}"),
        (enquiry.email and other.email.lower() == enquiry.email.lower(), SAME_EMAIL),
        (enquiry.telephone and other.telephone == enquiry.telephone, SAME_TELEPHONE),
        (enquiry.person_id and other.person_id == enquiry.person_id, "The same person in our records"),
    ]
    found = [why for holds, why in pairs if holds]
    said = [why for why in found if not any(why.lower() in other for other in found if other != why)]
    return said or ["Both follow the same enquiry"]


def _add(found, record, why):
    suggestion = found.setdefault(record.pk, Suggestion(record))
    if why not in suggestion.reasons:
        suggestion.reasons.append(why)


def _best(found):
    ranked = sorted(found.values(), key=lambda one: (-len(one.reasons), str(one.record), one.record.pk))
    return ranked[:MOST]
