"""The columns of a list of interactions as a file. Who may not see people gets none that says with whom, about what."""

from django.db.models import Case, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Concat

from exports import columns as column
from partners.models import Interaction, InteractionOrganisation, InteractionParticipant, InteractionPerson

SEE_PEOPLE = "partners.view_person"


def columns(user):
    """Those that the user may have."""
    organisations = InteractionOrganisation.objects.filter(interaction=OuterRef("pk")).order_by("pk")
    ours = InteractionParticipant.objects.filter(interaction=OuterRef("pk")).order_by("pk")
    found = [
        column.moment("When (London)", "at"),
        column.word("Kind", "kind", Interaction.Kind.choices, 18),
        column.word("Status", "status", Interaction.Status.choices, 12),
        column.word("Channel", "channel", Interaction.Channel.choices, 18),
        column.word("Direction", "direction", Interaction.Direction.choices, 18),
        column.yes("Reached", Q(reached=True)),
        column.several("Organisations", organisations.values("organisation__name_en")),
        column.several("Our side", ours.annotate(who=_adviser()).values("who")),
        column.staff("Logged by", "logged_by"),
        column.moment("Logged (London)", "logged_at"),
    ]
    return [*found, *_people()] if user.has_perm(SEE_PEOPLE) else found


def _people():
    theirs = InteractionPerson.objects.filter(interaction=OuterRef("pk")).order_by("pk")
    return [
        column.several("People", theirs.annotate(who=_latin_name()).values("who")),
        column.text("Counterpart, if not in our records", "counterpart", 30),
        column.text("Subject", "subject", 40),
        column.text("Notes", "notes", 60),
    ]


def _adviser():
    full = Concat("adviser__first_name", Value(" "), "adviser__last_name", output_field=TextField())
    nameless = When(adviser__first_name="", adviser__last_name="", then=F("adviser__username"))
    return Case(nameless, default=full, output_field=TextField())


def _latin_name():
    return Concat("person__latin_given", Value(" "), "person__latin_family", output_field=TextField())
