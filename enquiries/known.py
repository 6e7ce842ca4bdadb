"""Saying who an enquirer is in our records, and taking it back. Whoever says so leaves a note; what the sender told us
(address, number, consents) goes to the person with the enquiry's reference as its source, if that is wished."""

from django.db import transaction
from django.utils.text import slugify

from enquiries import countries
from enquiries.conversation import note
from enquiries.models import EnquiryInteraction
from enquiries.names import HANGUL, script_language
from enquiries.triage import NotPossible, locked
from partners.contacts import add_point
from partners.models import (
    Appointment,
    Consent,
    ContactPoint,
    InteractionOrganisation,
    InteractionPerson,
    Organisation,
    Person,
)
from publishing import languages
from publishing.models.publishable import column


@transaction.atomic
def is_person(enquiry, person, *, with_contacts=False, with_consents=False, by):
    """The sender is this person."""
    enquiry = locked(enquiry)
    if enquiry.person_id not in {None, person.pk}:
        raise NotPossible(f"Somebody has said that it is {enquiry.person}. Take that back first.")
    if person.archived_at:
        raise NotPossible(f"{person} is archived. Bring them back first, or choose somebody else.")
    if enquiry.person_id is None:
        enquiry.person = person
        enquiry.save(update_fields=["person"])
        InteractionPerson.objects.bulk_create(
            [InteractionPerson(interaction_id=pk, person=person) for pk in _interactions(enquiry)],
            ignore_conflicts=True,
        )
        note(enquiry, f"The sender is {person} in our records.", by=by)
    if with_contacts:
        _give_contacts(enquiry, person)
    if with_consents:
        _give_consents(enquiry, person, by)
    return enquiry


@transaction.atomic
def not_person(enquiry, *, by):
    """Take it back. What the person got from this enquiry alone is not theirs and goes: addresses and consents."""
    enquiry = locked(enquiry)
    if enquiry.person_id is None:
        return enquiry
    person, enquiry.person = enquiry.person, None
    enquiry.save(update_fields=["person"])
    InteractionPerson.objects.filter(interaction__in=_interactions(enquiry), person=person).delete()
    person.contact_points.filter(source=enquiry.reference).delete()
    person.consents.filter(source=enquiry.reference).delete()
    note(enquiry, f"The sender is not {person}.", by=by)
    return enquiry


@transaction.atomic
def is_organisation(enquiry, organisation, *, by):
    """They write for this organisation."""
    enquiry = locked(enquiry)
    if enquiry.known_organisation_id not in {None, organisation.pk}:
        raise NotPossible(f"Somebody has said that it is {enquiry.known_organisation}. Take that back first.")
    if organisation.archived_at:
        raise NotPossible(f"{organisation} is archived. Bring it back first, or choose another.")
    if enquiry.known_organisation_id is None:
        enquiry.known_organisation = organisation
        enquiry.save(update_fields=["known_organisation"])
        InteractionOrganisation.objects.bulk_create(
            [
                InteractionOrganisation(interaction_id=pk, organisation=organisation)
                for pk in _interactions(enquiry)
            ],
            ignore_conflicts=True,
        )
        note(enquiry, f"They write for {organisation} in our records.", by=by)
    return enquiry


@transaction.atomic
def not_organisation(enquiry, *, by):
    enquiry = locked(enquiry)
    if enquiry.known_organisation_id is None:
        return enquiry
    organisation, enquiry.known_organisation = enquiry.known_organisation, None
    enquiry.save(update_fields=["known_organisation"])
    rows = InteractionOrganisation.objects.filter(interaction__in=_interactions(enquiry))
    rows.filter(organisation=organisation).delete()
    note(enquiry, f"They do not write for {organisation}.", by=by)
    return enquiry


@transaction.atomic
def add_person(enquiry, *, with_contacts=True, with_consents=False, by):
    """The sender becomes a new person in our records, with a post at the organisation where that is known."""
    enquiry = locked(enquiry)
    if enquiry.person_id:
        raise NotPossible(f"Somebody has said that it is {enquiry.person} in the meantime.")
    if not enquiry.family_name:
        raise NotPossible("The family name is not known. Write it under “Who and where” and save first.")
    script = Person.Script.HANGUL if HANGUL.search(enquiry.family_name) else Person.Script.LATIN
    limit = 40 if script == Person.Script.HANGUL else 80
    if max(len(enquiry.family_name), len(enquiry.given_name)) > limit:
        raise NotPossible(
            f"A name is longer than {limit} characters. Shorten it under “Who and where” first."
        )
    person = Person.objects.create(
        key=_key(enquiry.full_name, "person", enquiry),
        own_script=script,
        **{f"{script}_family": enquiry.family_name, f"{script}_given": enquiry.given_name},
    )
    if enquiry.known_organisation_id:
        title = enquiry.job_title or "Contact"
        Appointment.objects.create(
            key=_key(enquiry.full_name, "post", enquiry),
            person=person,
            organisation=enquiry.known_organisation,
            **_in_columns("title", title),
        )
    return is_person(enquiry, person, with_contacts=with_contacts, with_consents=with_consents, by=by)


@transaction.atomic
def add_organisation(enquiry, *, by):
    """The organisation that was named becomes one of our records."""
    enquiry = locked(enquiry)
    if enquiry.known_organisation_id:
        raise NotPossible(f"Somebody has said that it is {enquiry.known_organisation} in the meantime.")
    if not enquiry.organisation:
        raise NotPossible("No organisation is named. Write it under “Who and where” and save first.")
    if enquiry.country not in dict(countries.in_english()):
        raise NotPossible("The country is not known. Choose it under “Who and where” and save first.")
    organisation = Organisation.objects.create(
        key=_key(enquiry.organisation, "organisation", enquiry),
        kind=Organisation.Kind.INVESTOR,
        country=enquiry.country,
        **_in_columns("name", enquiry.organisation),
    )
    return is_organisation(enquiry, organisation, by=by)


def _interactions(enquiry):
    return EnquiryInteraction.objects.filter(enquiry=enquiry).values_list("interaction", flat=True)


def _key(name, otherwise, enquiry):
    """Unique, since the reference is, and there is one of each kind an enquiry; a second after an undo is numbered."""
    stem = f"{slugify(name)[:50] or otherwise}-{enquiry.reference.lower()}"
    taken = set()
    for model in (Person, Organisation, Appointment):
        taken |= set(model.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(
        key for number in range(1, 1000) if (key := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _in_columns(name, text):
    """In the column of the language that its script tells, and in the source language's, which every record has."""
    code = script_language(text)
    columns = {column(name, languages.SOURCE): text}
    return columns | ({column(name, code): text} if code in languages.codes() else {})


def _give_contacts(enquiry, person):
    for kind, value in (
        (ContactPoint.Kind.EMAIL, enquiry.email),
        (ContactPoint.Kind.TELEPHONE, enquiry.telephone),
    ):
        if value:
            add_point(person, kind, value, source=enquiry.reference, language=enquiry.reply_language)


def _give_consents(enquiry, person, by):
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                kind=consent.kind,
                given=consent.given,
                wording=consent.wording,
                language=consent.language,
                at=consent.at,
                source=enquiry.reference,
                recorded_by=by,
            )
            for consent in enquiry.consents.all()
        ],
        ignore_conflicts=True,
    )
