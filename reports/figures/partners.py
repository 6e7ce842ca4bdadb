"""What we do together with partners: contacts in a period, organisations one by one, delegation visits, memoranda."""

from django import forms
from django.db.models import Count, IntegerField, Max, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enquiries import countries
from enquiries.models import ProjectOrganisation
from exports import columns as column
from partners.models import (
    DelegationVisit,
    Interaction,
    InteractionOrganisation,
    Memorandum,
    MemorandumParty,
    MemorandumTerm,
    Organisation,
    VisitOrganisation,
)
from publishing import languages
from publishing.models.publishable import column as in_language
from reports import grouping, links
from reports.parameters import PeriodForm, ReportForm
from reports.periods import LONDON, shifted
from reports.tables import Chart, Column, Kind, Listing, Row, Table
from reports.words import said

ANY = ("", _("All"))
SOON = 12  # months
CONTACTED = grouping.Span("at", "at")
CONTACT_GROUPS = {
    "channel": (_("Channel"), "channel", Interaction.Channel.choices),
    "kind": (_("Kind"), "kind", Interaction.Kind.choices),
    "direction": (_("Direction"), "direction", Interaction.Direction.choices),
}
CONTACTS = {
    "contacts": Count("pk", distinct=True),
    "reached": Count("pk", filter=Q(reached=True), distinct=True),
    "organisations": Count("organisation_rows__organisation", distinct=True),
}


class EngagementForm(PeriodForm):
    """Which organisations, and whether there was contact with them in the period."""

    contact = forms.ChoiceField(
        label=_("Contact in the period"),
        required=False,
        choices=[ANY, ("yes", _("Contacted")), ("no", _("Not contacted"))],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *Organisation.Kind.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["country"].choices = [ANY, *countries.in_english()]


class ContactsForm(PeriodForm):
    by = forms.ChoiceField(
        label=_("Grouped by"),
        initial="month",
        choices=[
            *((key, title) for key, (title, _months) in grouping.TIMES.items()),
            *((key, title) for key, (title, _field, _choices) in CONTACT_GROUPS.items()),
        ],
    )


class MemorandaForm(ReportForm):
    standing = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[
            ANY,
            ("in-force", _("In force")),
            ("expiring", _("Expiring within 12 months")),
            ("expired", _("Expired")),
            ("unknown", _("Expiry not known")),
        ],
    )


def engagement(asked):
    """One row an organisation that is not archived: what we did together in the period, and when we last spoke."""
    period = asked["period"]
    contacts = InteractionOrganisation.objects.filter(
        period.within("interaction__at"), organisation=OuterRef("pk"), interaction__status="complete"
    )
    ever = InteractionOrganisation.objects.filter(
        organisation=OuterRef("pk"), interaction__status="complete", interaction__at__lte=asked.now
    )
    rows = Organisation.objects.filter(archived_at__isnull=True).annotate(
        contacts=_count(contacts, "organisation"),
        last_contact=Subquery(
            ever.order_by().values("organisation").annotate(at=Max("interaction__at")).values("at")
        ),
    )
    for name in ("kind", "country"):
        if value := asked.parameters.get(name):
            rows = rows.filter(**{name: value})
    if contact := asked.parameters.get("contact"):
        rows = rows.filter(contacts__gt=0) if contact == "yes" else rows.filter(contacts=0)
    projects = ProjectOrganisation.objects.filter(organisation=OuterRef("pk"))
    visits = VisitOrganisation.objects.filter(organisation=OuterRef("pk"))
    memoranda = MemorandumParty.objects.filter(organisation=OuterRef("pk"))
    return Listing(
        rows.order_by("-contacts", "key"),
        [
            column.text(gettext("Organisation"), _name("name", asked.language), 34),
            column.word(gettext("Kind"), "kind", _said(Organisation.Kind.choices), 16),
            column.word(gettext("Country"), "country", countries.choices(asked.language), 20),
            column.number(gettext("Contacts in the period"), "contacts", 14),
            column.moment(gettext("Last contact (London)"), "last_contact"),
            column.number(gettext("Delegation visits"), _count(visits, "organisation"), 14),
            column.number(gettext("Memoranda"), _count(memoranda, "organisation"), 14),
            column.number(gettext("Investment projects"), _count(projects, "organisation", "project"), 14),
        ],
        change="partners_organisation_change",
        notes=[gettext("Visits, memoranda and projects are those of all time.")],
    )


def contacts(asked):
    """Contacts that were made in the period, by whatever they are grouped by. Drafts are not counted."""
    by, period = asked["by"], asked["period"]
    rows = Interaction.objects.filter(period.within("at"), status="complete")
    groups = _in_time(asked, rows) if by in grouping.TIMES else _by_choice(rows, by, period)
    totals = rows.aggregate(**CONTACTS)
    title = grouping.TIMES[by][0] if by in grouping.TIMES else CONTACT_GROUPS[by][0]
    return Table(
        [
            Column("group", said(title)),
            Column("contacts", gettext("Contacts"), Kind.NUMBER),
            Column("reached", gettext("Reached"), Kind.NUMBER),
            Column("organisations", gettext("Organisations"), Kind.NUMBER),
        ],
        [_contacts_row(name, measured, query) for name, measured, query in groups],
        totals=_contacts_row(gettext("All"), totals, period.query("at")),
        matched=totals["contacts"],
        chart=Chart("columns" if by in grouping.TIMES else "bars", "group", ("contacts",)),
        notes=[
            gettext(
                "An organisation that was contacted in several groups counts in each, and once in the last row."
            )
        ],
    )


def _in_time(asked, rows):
    facts = {"today": asked.now.astimezone(LONDON).date(), "language": asked.language}
    found = grouping.groups(rows, asked["by"], CONTACTS, period=asked["period"], span=CONTACTED, **facts)
    return ((group.name, group.measured, group.query) for group in found)


def _by_choice(rows, by, period):
    _title, field, choices = CONTACT_GROUPS[by]
    found = {row[field]: row for row in rows.order_by().values(field).annotate(**CONTACTS)}
    for key, label in choices:
        measured = found.get(key, dict.fromkeys(CONTACTS, 0))
        yield said(label), measured, {**period.query("at"), field: key}


def _contacts_row(name, measured, query):
    query = query | {"status": "complete"}
    led = {"contacts": links.interactions(**query), "reached": links.interactions(**query, reached="True")}
    return Row((name, *(measured[measure] for measure in CONTACTS)), led)


def visits(asked):
    """Delegation visits that began in the period. Of a start known by its month or year the first day counts."""
    period, rows = asked["period"], DelegationVisit.objects.all()
    pks = [
        visit.pk
        for visit in rows.only("pk", "starts")
        if (period.first is None or visit.starts.start.first_day >= period.first)
        and (period.last is None or visit.starts.start.first_day <= period.last)
    ]
    organisations = VisitOrganisation.objects.filter(visit=OuterRef("pk"))
    listed = [
        column.plain(gettext("Reference"), "reference"),
        column.text(gettext("Visit"), _name("title", asked.language), 44),
        column.word(gettext("Direction"), "direction", _said(DelegationVisit.Direction.choices), 20),
        column.plain(gettext("Starts"), Cast("starts", TextField()), 14),
        column.plain(gettext("Ends"), Cast("ends", TextField()), 14),
        column.text(gettext("Led by"), _name("name", asked.language, "lead__"), 34),
        column.number(gettext("Organisations"), _count(organisations, "visit"), 14),
        column.number(gettext("People"), "headcount", 10),
    ]
    return Listing(
        rows.filter(pk__in=pks).order_by("-starts", "slug"),
        listed,
        change="partners_delegationvisit_change",
        notes=[gettext("A date is written no more exactly than it is known.")],
    )


def memoranda(asked):
    """International memoranda with the end of their last term, and how they stand on the day of the report."""
    today = asked.now.astimezone(LONDON).date()
    last = MemorandumTerm.objects.filter(memorandum=OuterRef("pk")).order_by("-position")
    rows = Memorandum.objects.annotate(
        expires=Subquery(last.values("expires")[:1]), basis=Subquery(last.values("basis")[:1])
    )
    soon = shifted(today, SOON)
    standings = {
        "in-force": Q(expires__gte=today),
        "expiring": Q(expires__gte=today, expires__lte=soon),
        "expired": Q(expires__lt=today),
        "unknown": Q(expires__isnull=True),
    }
    if chosen := asked.parameters.get("standing"):
        rows = rows.filter(standings[chosen])
    parties = MemorandumParty.objects.filter(memorandum=OuterRef("pk")).order_by("position")
    named = parties.annotate(named=_name("name", asked.language, "organisation__")).values("named")
    listed = [
        column.plain(gettext("Reference"), "reference"),
        column.text(gettext("Memorandum"), _name("title", asked.language), 44),
        column.word(gettext("Instrument"), "instrument", _said(Memorandum.Instrument.choices), 26),
        column.several(gettext("Parties"), named, 44),
        column.day(gettext("Signed"), "signed_on"),
        column.day(gettext("Expires"), "expires"),
        column.word(
            gettext("Expiry"), "basis", _said([*MemorandumTerm.Basis.choices, ("", "not known")]), 24
        ),
        column.word(gettext("Status"), "status", _said(Memorandum.Status.choices), 14),
    ]
    return Listing(rows.order_by("expires", "reference"), listed, change="partners_memorandum_change")


def _count(rows, key, what="pk"):
    """How many of the link rows there are, as a column."""
    counted = rows.order_by().values(key).annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _name(field, language, through=""):
    """A name or title in the language, in the source language where it has none."""
    own, source = (f"{through}{in_language(field, code)}" for code in (language, languages.SOURCE))
    return Coalesce(NullIf(own, Value("")), source, output_field=TextField())


def _said(choices):
    return [(key, said(label)) for key, label in choices]
