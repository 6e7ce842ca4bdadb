"""Who waits for a first reply, since when and until when; and what was closed without one, and why.

Held suspects wait too: each may be an investor. Duplicates that were merged into another enquiry are closed into it and
wait there.
"""

from datetime import date, timedelta

from django import forms
from django.db.models import Min, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enquiries import countries
from enquiries.export import SEE_PEOPLE
from enquiries.models import Enquiry, EnquiryOpportunity
from enquiries.models.stage import CLOSING, Stage
from exports import columns as column
from reports import grouping, links
from reports.figures.enquiries import EnquiriesForm, asked_for, in_list, notes
from reports.periods import LONDON, NAMED, Period
from reports.tables import Chart, Column, Kind, Listing, Row, Table
from reports.words import said

# Days since receipt, both included; None is any longer.
AGES = {"new": (0, 1), "week": (2, 7), "month": (8, 30), "older": (31, None)}
WAITS = {"closed": "no", "replied": "no"}
CLOSED = {"closed": "yes", "replied": "no"}
BY = [choice for choice in grouping.CHOICES if choice[0] != "outcome"]


class WaitingForm(EnquiriesForm):
    period = forms.ChoiceField(label=_("Received"), choices=NAMED, initial="all")
    stage = state = None


class WaitingByForm(WaitingForm):
    by = forms.ChoiceField(label=_("Grouped by"), choices=BY, initial="officer")
    field_order = ["period", "first", "last", "by"]


class ClosedForm(EnquiriesForm):
    state = None

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        closing = [(key, label) for key, label in self.fields["stage"].choices if key in {"", *CLOSING}]
        self.fields["stage"].choices = closing


class ClosedByForm(ClosedForm):
    by = forms.ChoiceField(label=_("Grouped by"), choices=BY, initial="stage")
    field_order = ["period", "first", "last", "by"]


def waiting(asked):
    """One row for each enquiry that waits for a first reply, the most urgent first."""
    return Listing(
        _waiting(asked).order_by("urgency", "-pk"),
        [
            *_who(asked.user),
            column.moment(gettext("Received (London)"), "received_at"),
            column.moment(gettext("Reply due (London)"), "reply_due_at"),
            column.yes(gettext("Late"), Q(reply_due_at__lte=asked.now)),
            *_whose(),
            column.word(gettext("State"), "state", _said(Enquiry.State.choices)),
        ],
        changelist=links.enquiries(**in_list(asked), **WAITS),
        change="enquiries_enquiry_change",
    )


def waiting_by(asked):
    """Enquiries that wait for a first reply, by officer or another group, and how long they have waited."""
    counted = {
        "enquiries": Q(),
        "late": Q(reply_due_at__lte=asked.now),
        **{age: days.within("received_at") for age, days in _ages(asked).items()},
    }
    columns = [
        Column("enquiries", said("Unanswered"), Kind.NUMBER),
        Column("late", gettext("Late"), Kind.NUMBER),
        Column("new", gettext("Up to 1 day"), Kind.NUMBER),
        Column("week", gettext("2 to 7 days"), Kind.NUMBER),
        Column("month", gettext("8 to 30 days"), Kind.NUMBER),
        Column("older", gettext("Over 30 days"), Kind.NUMBER),
        Column("oldest", gettext("Oldest received"), Kind.MOMENT),
    ]
    told = [gettext("Held suspects are counted: each may be an investor. Days are since receipt, London’s.")]
    return _table(
        asked, _waiting(asked), counted, columns, _led_waiting, told, {"oldest": Min("received_at")}
    )


def closed(asked):
    """One row for each enquiry that was closed without a first reply, with the reason."""
    people = asked.user.has_perm(SEE_PEOPLE)
    return Listing(
        _closed(asked).order_by("-received_at", "-pk"),
        [
            *_who(asked.user),
            column.moment(gettext("Received (London)"), "received_at"),
            column.moment(gettext("Closed (London)"), "closed_at"),
            column.word(gettext("Stage"), "stage", _said(Stage.choices)),
            *([column.text(gettext("Reason"), "closed_why", 50)] if people else []),
            column.staff(gettext("Closed by"), "closed_by"),
            *_whose(),
        ],
        changelist=links.enquiries(**in_list(asked), **CLOSED),
        change="enquiries_enquiry_change",
    )


def closed_by(asked):
    """Enquiries that were closed without a first reply, by the stage that closed them or another group."""
    counted = {
        "enquiries": Q(),
        "late": Q(reply_due_at__lte=asked.now),
        "held": Q(held_at__isnull=False, released_at__isnull=True),
    }
    columns = [
        Column("enquiries", said("Closed without a reply"), Kind.NUMBER),
        Column("late", gettext("Reply was due"), Kind.NUMBER),
        Column("held", gettext("Still held when closed"), Kind.NUMBER),
    ]
    return _table(asked, _closed(asked), counted, columns, _led_closed, [], {})


def _waiting(asked):
    return asked_for(asked).filter(closed_at__isnull=True, first_reply_at__isnull=True)


def _closed(asked):
    return asked_for(asked).filter(closed_at__isnull=False, first_reply_at__isnull=True)


def _ages(asked):
    """{band: the days of receipt that it means today}."""
    today = asked.now.astimezone(LONDON).date()
    return {
        age: Period(
            None if most is None else today - timedelta(days=most),
            today - timedelta(days=least) if least else None,
        )
        for age, (least, most) in AGES.items()
    }


def _table(asked, rows, counted, columns, led, told, more):
    """`counted` are conditions under which enquiries are counted, `more` other aggregates, nothing where there is no
    row."""
    by = asked["by"]
    facts = grouping.of_groups(asked, by)
    empty = dict.fromkeys(counted, 0) | dict.fromkeys(more)
    found = grouping.found_by(rows, by, grouping.counts(counted, by=by) | more)
    totals = rows.aggregate(**grouping.counts(counted), **more)

    def row(name, measured, query):
        return Row((name, *measured.values()), led(asked, in_list(asked) | query))

    return Table(
        [Column("group", said(grouping.title_of(by))), *columns],
        [
            row(group.name, {name: group.measured[name] for name in empty}, group.query)
            for group in grouping.arranged(found, by, empty, **facts)
            if by in grouping.TIMES or group.measured["enquiries"]
        ],
        totals=row(gettext("All"), totals, {}),
        matched=totals["enquiries"],
        chart=Chart("columns" if by in grouping.TIMES else "bars", "group", ("enquiries",)),
        notes=[*notes(by), *told],
    )


def _led_waiting(asked, query):
    these = query | WAITS
    led = {"enquiries": links.enquiries(**these), "late": links.enquiries(**these, reply="breached")}
    given = Period(*(_day(these.get(f"received_{end}")) for end in ("from", "to")))
    for age, days in _ages(asked).items():
        both = given.narrowed(days)
        if both:
            led[age] = links.enquiries(**these | both.query("received"))
    return led


def _led_closed(asked, query):
    these = query | CLOSED
    return {
        "enquiries": links.enquiries(**these),
        "late": links.enquiries(**these, reply="breached"),
        "held": links.enquiries(**these, held="yes"),
    }


def _day(written):
    return date.fromisoformat(written) if written else None


def _said(choices):
    return [(key, said(label)) for key, label in choices]


def _who(user):
    people = [
        column.text(gettext("Family name"), "family_name", 16),
        column.text(gettext("Given name"), "given_name", 16),
    ]
    asked_about = EnquiryOpportunity.objects.filter(enquiry=OuterRef("pk")).order_by("pk")
    return [
        column.plain(gettext("Reference"), "reference"),
        *(people if user.has_perm(SEE_PEOPLE) else []),
        column.text(gettext("Organisation"), "organisation", 28),
        column.word(gettext("Country"), "country", countries.in_english()),
        column.several(gettext("Opportunities"), asked_about.values("opportunity__title_en")),
    ]


def _whose():
    return [
        column.staff(gettext("Officer"), "owner"),
        column.text(gettext("Team"), "team__name", 18),
        column.word(gettext("Source"), "channel", _said(Enquiry.Channel.choices), 18),
    ]
