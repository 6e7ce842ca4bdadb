"""From enquiry to investment project in one step, carrying everything: who, what, where, and what was said so far.

The enquiry moves to “Added to Data Hub” with all that this stage demands: nothing is bypassed, the first reply least of
all. It is locked first, so that of two clicks the second finds the project that the first has made.
"""

import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from enquiries import known, projects, triage
from enquiries.missing import missing_for
from enquiries.models import (
    Enquiry,
    InvestmentProject,
    ProjectEnquiry,
    ProjectInteraction,
    ProjectOrganisation,
)
from enquiries.models.project_words import Referral
from enquiries.models.stage import Stage
from enquiries.project_stages import ENDS
from enquiries.triage import NotPossible
from partners.models import Appointment, Organisation, Person
from publishing import languages
from publishing.models.publishable import column

Channel, HowHeard = Enquiry.Channel, Enquiry.HowHeard
MOST_OTHERS = 10
INVESTOR = ProjectOrganisation.Role.INVESTOR
# What the national system calls the way in which an enquiry reached us.
REFERRALS = {
    Channel.WEBSITE: Referral.WEBSITE,
    Channel.EMAIL: Referral.DIRECT,
    Channel.TELEPHONE: Referral.DIRECT,
    Channel.LETTER: Referral.DIRECT,
    Channel.EVENT: Referral.EVENT,
    Channel.MEETING: Referral.RELATIONSHIP,
    Channel.SOCIAL: Referral.MARKETING,
    Channel.REFERRAL: Referral.MULTIPLIER,
}


@dataclass(frozen=True)
class NewOrganisation:
    """An organisation to add to our records in the same step: {language: name}."""

    names: dict
    kind: str
    country: str


@dataclass(frozen=True)
class NewPerson:
    """A person to add in the same step, with the ways to reach them and the consents that the enquiry holds."""

    own_script: str
    names: dict = field(default_factory=dict)


@transaction.atomic
def convert(enquiry, *, facts, organisation=None, person=None, role=INVESTOR, also=(), by):
    """Make a project of an enquiry, and of others (`also`) that belong to it. `facts` are columns of the project over
    those that the enquiry gives; organisation and person are rows of ours, or new ones to add. Returns the project and
    whether it is new."""
    enquiry, *others = _locked_in_order(enquiry, also)
    if there := project_of(enquiry):
        return there, False
    organisation, person = _recognised(enquiry, organisation, person, by)
    project = InvestmentProject.objects.create(**carried(enquiry) | facts | {"created_by": by})
    projects.begun(project, why=f"Converted from {enquiry.reference}.", by=by)
    _joined(enquiry, project, organisation, person, role, by)
    for other in others:
        wrote_both = other.email and other.email.lower() == enquiry.email.lower()
        _linked(
            other,
            project,
            other.known_organisation or organisation,
            other.person or (person if wrote_both else None),
            role,
            by,
        )
    return project, True


@transaction.atomic
def link(enquiry, *, project, organisation=None, person=None, role=INVESTOR, by):
    """Tie an enquiry to a project that there is already, with its people, organisations and what was said. Returns
    the project that it belongs to and whether that is new."""
    enquiry = triage.locked(enquiry)
    if there := project_of(enquiry):
        return there, False
    return _linked(enquiry, projects.locked(project), organisation, person, role, by), True


def project_of(enquiry):
    """The project that an enquiry has become part of; None where there is none."""
    row = ProjectEnquiry.objects.filter(enquiry=enquiry).select_related("project").first()
    return row.project if row else None


def missing_of(enquiry):
    """What the enquiry lacks before it can become a project, beside the organisation, which may be added in the same
    step. A list of `Missing`."""
    return [
        item for item in missing_for(enquiry, Stage.ADDED_TO_DATA_HUB) if item.name != "known_organisation"
    ]


def others_of(enquiry):
    """Open enquiries that look as if they belonged to the same project: the same organisation, person or address."""
    same = Q(pk__in=[])
    if enquiry.known_organisation_id:
        same |= Q(known_organisation=enquiry.known_organisation_id)
    if enquiry.person_id:
        same |= Q(person=enquiry.person_id)
    if enquiry.email:
        same |= Q(email__iexact=enquiry.email)
    rows = Enquiry.objects.open().filter(same, project_row__isnull=True).exclude(pk=enquiry.pk)
    newest = list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_OTHERS])
    return Enquiry.objects.filter(pk__in=newest).defer("original", "plans").order_by("-pk")


def carried(enquiry):
    """The columns of a project as the enquiry gives them."""
    source = [enquiry.get_how_heard_display(), enquiry.utm_campaign or enquiry.utm_source, enquiry.page]
    return {
        "name": (enquiry.organisation or enquiry.get_country_display() or enquiry.reference)[:200],
        "description": enquiry.plans,
        "country": enquiry.country,
        "client_relationship_manager": enquiry.owner,
        "referral_source_activity": REFERRALS[enquiry.channel],
        "referral_source_detail": " · ".join(filter(None, source))[:250],
    }


def _locked_in_order(enquiry, also):
    """The enquiry and the others, locked by rising number: two who convert each other's at once wait, not block."""
    numbers = {enquiry.pk, *(other.pk for other in also)}
    rows = Enquiry.objects.filter(pk__in=numbers).order_by("pk").select_for_update(of=("self",))
    return sorted(rows, key=lambda row: (row.pk != enquiry.pk, row.pk))


def _linked(enquiry, project, organisation, person, role, by):
    if project_of(enquiry):
        raise NotPossible(f"{enquiry.reference} belongs to another project already.")
    if project.status in ENDS:
        raise NotPossible(
            f"{project.project_code} is {project.get_status_display().lower()}. Re-open it, or make another project."
        )
    organisation, person = _recognised(enquiry, organisation, person, by)
    _joined(enquiry, project, organisation, person, role, by)
    return project


def _recognised(enquiry, organisation, person, by):
    """Organisation and person as rows of ours, written down in the enquiry, whose next stage demands the first."""
    if enquiry.merged_into_id:
        raise NotPossible(
            f"{enquiry.reference} was merged into {enquiry.merged_into.reference}. Convert that one."
        )
    if isinstance(organisation, NewOrganisation):
        organisation = add_organisation(organisation, source=enquiry.reference)
    if organisation and organisation.pk != enquiry.known_organisation_id:
        known.is_organisation(enquiry, organisation, by=by)
    if isinstance(person, NewPerson):
        added = add_person(person, enquiry, organisation or enquiry.known_organisation)
        known.is_person(enquiry, added, with_contacts=True, with_consents=True, by=by)
    elif person and person.pk != enquiry.person_id:
        known.is_person(enquiry, person, by=by)
    enquiry.refresh_from_db(fields=["known_organisation", "person"])
    return enquiry.known_organisation, enquiry.person


def _joined(enquiry, project, organisation, person, role, by):
    """The enquiry's move, and everything that hangs on it. The caller holds enquiry and project."""
    triage.move(enquiry, Stage.ADDED_TO_DATA_HUB, why=f"Part of {project.project_code}.", by=by)
    ProjectEnquiry.objects.create(project=project, enquiry=enquiry)
    if organisation:
        project.organisation_rows.get_or_create(organisation=organisation, role=role)
    if person:
        project.person_rows.get_or_create(person=person)
    project.sectors.add(*enquiry.sectors.all())
    asked_about = list(enquiry.opportunities.all())
    project.opportunities.add(*asked_about)
    project.sites.add(*{opportunity.site_id for opportunity in asked_about if opportunity.site_id})
    ProjectInteraction.objects.bulk_create(
        [
            ProjectInteraction(project=project, interaction_id=row.interaction_id)
            for row in enquiry.interaction_rows.all()
        ],
        ignore_conflicts=True,
    )


def add_organisation(new, *, source):
    """A new row of ours under a key made of its name."""
    names = {column("name", code): name for code, name in new.names.items() if name}
    key = _free_key(Organisation, new.names.get(languages.SOURCE, ""))
    return Organisation.objects.create(
        key=key, kind=new.kind, country=new.country, source_note=f"From {source}.", **names
    )


def add_person(new, enquiry, organisation):
    """A new person, with their post where we know it."""
    latin = f"{new.names.get('latin_family', '')} {new.names.get('latin_given', '')}"
    person = Person.objects.create(
        key=_free_key(Person, latin),
        own_script=new.own_script,
        source_note=f"From {enquiry.reference}.",
        **new.names,
    )
    if organisation and enquiry.job_title:
        Appointment.objects.create(
            key=f"{person.key}-{organisation.key}"[:90] + f"-{uuid.uuid4().hex[:6]}",
            person=person,
            organisation=organisation,
            **{column("title", languages.SOURCE): enquiry.job_title},
        )
    return person


def _free_key(model, name):
    """The name as a key, with an ending where another has it or where nothing of it can stand in an address."""
    key = slugify(name)[:70].strip("-") or model._meta.model_name
    if model.objects.filter(key=key).exists() or key == model._meta.model_name:
        key = f"{key}-{uuid.uuid4().hex[:8]}"
    return key
