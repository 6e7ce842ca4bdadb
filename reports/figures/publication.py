"""How far the prospectus stands in every language, and what was done to it."""

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing import languages
from publishing.models import Act
from publishing.models.publishable import column, publishable_models, translated_fields
from publishing.rights import may_edit_text
from publishing.translations.overview import Selection, counts_by_state
from publishing.translations.state import MISSING, STALE, UNREVIEWED
from reports import grouping, links
from reports.parameters import PeriodForm, ReportForm
from reports.periods import LONDON
from reports.tables import Chart, Column, Kind, Row, Table
from reports.words import said

Verb = Act.Verb
ACTED = grouping.Span("at", "at")
# Columns of the activity report and the verbs that each counts.
ACTIVITIES = {
    "edited": [Verb.EDITED, Verb.MINOR, Verb.STILL_RIGHT],
    "imported": [Verb.IMPORTED],
    "submitted": [Verb.SUBMITTED],
    "approved": [Verb.APPROVED],
    "sent_back": [Verb.SENT_BACK],
    "published": [Verb.PUBLISHED, Verb.SCHEDULED],
    "withdrawn": [Verb.WITHDRAWN],
}
GROUPS = {"kind": _("Kind of record"), "language": _("Language"), "person": _("Person")}


class ActivityForm(PeriodForm):
    by = forms.ChoiceField(
        label=_("Grouped by"),
        initial="month",
        choices=[*((key, title) for key, (title, _months) in grouping.TIMES.items()), *GROUPS.items()],
    )


class CoverageForm(ReportForm):
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        names = ((code, languages.english_name(code)) for code in languages.translations())
        self.fields["language"].choices = [("", _("All")), *names]


def coverage(asked):
    """Texts of the working copy by kind of record and language: a text is missing where its source has words and it has
    none, stale where its source has moved since, unreviewed where nobody has said that it is right."""
    chosen = asked.parameters.get("language")
    codes = [chosen] if chosen else languages.translations()
    rows, sums = [], dict.fromkeys(("records", "texts", "current", UNREVIEWED, STALE, MISSING), 0)
    stale_records = missing_records = 0
    for model in publishable_models():
        for code in codes:
            found, counts = _standing(model, code)
            rows.append(_coverage_row(asked, model, code, found, counts))
            sums = {key: sums[key] + found[key] for key in sums}
            stale_records += counts[STALE].records
            missing_records += counts[MISSING].records
    columns = [
        Column("kind", gettext("Kind of record")),
        Column("language", gettext("Language")),
        Column("records", gettext("Records"), Kind.NUMBER),
        Column("texts", gettext("Texts"), Kind.NUMBER),
        Column("current", gettext("Current"), Kind.NUMBER),
        Column(UNREVIEWED, gettext("Unreviewed"), Kind.NUMBER),
        Column(STALE, gettext("Stale"), Kind.NUMBER),
        Column(MISSING, gettext("Missing"), Kind.NUMBER),
        Column("share", gettext("Current share"), Kind.SHARE),
        Column("stale_records", gettext("Records with a stale text"), Kind.NUMBER),
        Column("missing_records", gettext("Records with a missing text"), Kind.NUMBER),
    ]
    totals = Row((gettext("All"), "", *sums.values(), _share(sums), stale_records, missing_records))
    return Table(
        columns,
        rows,
        totals=totals,
        matched=sums["texts"],
        chart=Chart("bars", "kind", ("share",)),
        notes=[
            gettext(
                "The working copy is counted, not what is published. A record counts once in each language."
            )
        ],
    )


def _standing(model, code):
    """({what: number}, counts by state) of the texts of one model in one language."""
    counts = counts_by_state(Selection(((model, code),)))
    there = model._default_manager.order_by().aggregate(
        there=Coalesce(
            sum(
                (Count(NullIf(column(name, code), Value(""))) for name in translated_fields(model)), Value(0)
            ),
            0,
        )
    )["there"]
    stale, missing, unreviewed = (counts[state].texts for state in (STALE, MISSING, UNREVIEWED))
    return {
        "records": counts[""].records,
        "texts": there + missing,
        "current": there - stale - unreviewed,
        UNREVIEWED: unreviewed,
        STALE: stale,
        MISSING: missing,
    }, counts


def _coverage_row(asked, model, code, found, counts):
    kind = said(capfirst(model._meta.verbose_name_plural))
    led = {}
    if may_edit_text(asked.user, model, code):
        query = {"model": model._meta.label_lower}
        query |= {"language": code} if len(languages.translations()) > 1 else {}
        led = {
            "records": links.translations(**query),
            "stale_records": links.translations(**query, state=STALE),
            "missing_records": links.translations(**query, state=MISSING),
        }
    cells = (kind, said(languages.english_name(code)), *found.values(), _share(found))
    return Row((*cells, counts[STALE].records, counts[MISSING].records), led)


def _share(found):
    return found["current"] / found["texts"] if found["texts"] else None


def activity(asked):
    """What staff did to the texts of the prospectus in the period, by month, kind of record, language or person."""
    by, period = asked["by"], asked["period"]
    rows = Act.objects.filter(period.within("at"))
    measures = {name: Count("pk", filter=Q(verb__in=verbs)) for name, verbs in ACTIVITIES.items()}
    measures = {"acts": Count("pk"), **measures}
    if by in grouping.TIMES:
        facts = {"today": asked.now.astimezone(LONDON).date(), "language": asked.language}
        groups = grouping.groups(rows, by, measures, period=period, span=ACTED, **facts)
        found = [(group.name, group.measured) for group in groups]
        title = grouping.TIMES[by][0]
    else:
        found, title = _grouped(rows, by, measures), GROUPS[by]
    totals = rows.aggregate(**measures)
    headings = {
        "acts": gettext("All acts"),
        "edited": gettext("Edited"),
        "imported": gettext("Imported"),
        "submitted": gettext("Submitted"),
        "approved": gettext("Approved"),
        "sent_back": gettext("Sent back"),
        "published": gettext("Published or scheduled"),
        "withdrawn": gettext("Withdrawn"),
    }
    edges = period.edges
    query = {"at__gte": edges[0] and edges[0].isoformat(), "at__lt": edges[1] and edges[1].isoformat()}
    return Table(
        [Column("group", said(title)), *(Column(name, headings[name], Kind.NUMBER) for name in measures)],
        [Row((name, *(measured[key] for key in measures))) for name, measured in found],
        totals=Row((gettext("All"), *(totals[key] for key in measures)), {"acts": links.acts(**query)}),
        matched=totals["acts"],
        chart=Chart("columns" if by in grouping.TIMES else "bars", "group", ("acts",)),
        notes=[
            gettext("Each text and language that was done counts, also where several were done together.")
        ],
    )


def _grouped(rows, by, measures):
    """(name, measured) of each kind of record, language or person, the busiest first."""
    if by == "person":
        fields = ["by", "by__first_name", "by__last_name", "by__username"]
    else:
        fields = ["record_type" if by == "kind" else "language"]
    found = rows.order_by().values(*fields).annotate(**measures)
    return [
        (_group_name(by, row), row)
        for row in sorted(found, key=lambda row: (-row["acts"], str(row[fields[0]])))
    ]


def _group_name(by, row):
    if by == "kind":
        model = ContentType.objects.get_for_id(row["record_type"]).model_class()
        return said(capfirst(model._meta.verbose_name_plural))
    if by == "language":
        return said(languages.english_name(row["language"]))
    if row["by"] is None:
        return gettext("The system")
    return f"{row['by__first_name']} {row['by__last_name']}".strip() or row["by__username"]
