from datetime import date
from functools import lru_cache

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from opportunities.models import Programme, Site, Theme
from partners.models import Appointment, DelegationVisit, Memorandum, MemorandumParty, Signatory, VisitStop
from prospectus.drawings.bars import in_both_shapes
from prospectus.drawings.timeline import Moment, Term, Visit, timeline
from prospectus.drawings.two_tides import partnership_cover
from prospectus.facts import source_line
from prospectus.views.base import PublicPage
from publishing.formats import format_date, format_partial_date
from publishing.models.publishable import working_columns
from publishing.partial_dates import PartialDate

POSTS = Prefetch(
    "person__appointments",
    Appointment.objects.filter(public=True, kind=Appointment.Kind.POST).select_related("organisation"),
    to_attr="public_posts",
)


def texts_of(relation, model):
    """Columns of a joined record's working copy, which stay unread."""
    return [f"{relation}__{column}" for column in working_columns(model)]


MEMORANDA = (
    Memorandum.objects.facts()
    .select_related("programme", "signed_at_site")
    .defer(*working_columns(Memorandum), *texts_of("programme", Programme), *texts_of("signed_at_site", Site))
    .prefetch_related(
        Prefetch("party_rows", MemorandumParty.objects.select_related("organisation")),
        Prefetch("signatory_rows", Signatory.objects.select_related("person").prefetch_related(POSTS)),
        Prefetch("themes", Theme.objects.facts()),
        "terms",
        "sources",
    )
)
STOPS = VisitStop.objects.select_related("site", "organisation").defer(*texts_of("site", Site))
VISITS = (
    DelegationVisit.objects.facts()
    .select_related("lead")
    .prefetch_related(Prefetch("stops", STOPS), "sources")
)


class Partnerships(PublicPage):
    """Agreements and delegation visits made public, newest first: the public face of each is its edition."""

    template_name = "prospectus/partnerships.html"
    section = "partnerships"

    @property
    def with_fallback(self):
        return self.request.GET.get("in") == "all"

    def get_context_data(self, **kwargs):
        memoranda = list(self.readable(MEMORANDA, fallback=True))
        visits = list(self.readable(VISITS, fallback=True))
        readings = self.read([*memoranda, *visits, *linked(memoranda, visits)])
        agreements = [Agreement(reading, readings) for reading in readings.of(memoranda)]
        journeys = [Journey(reading, readings) for reading in readings.of(visits)]
        everything = [*agreements, *journeys]
        shown = [entry for entry in everything if self.with_fallback or not entry.reading.is_fallback]
        agreements = sorted((one for one in agreements if one in shown), key=Entry.order, reverse=True)
        today = timezone.localdate()
        leading = next(
            (one for one in agreements if one.expires and one.years and one.expires >= today), None
        )
        return super().get_context_data(**kwargs) | {
            "entries": sorted(shown, key=Entry.order, reverse=True),
            "agreements": agreements,
            "leading": leading,
            "covers": covers(leading, today),
            "deep_masthead": leading is not None,
            "days": days_run(leading, today),
            "today": today,
            "drawing": drawing(agreements, [one for one in shown if one.direction], today),
            "only_in_source": len(everything) - len(shown),
            "reviewed_on": reviewed_on(shown),
        }


def reviewed_on(entries):
    """The day from which all that is shown has been reviewed: that of the entry whose review is the oldest."""
    return min(filter(None, (entry.reading.reviewed_on for entry in entries)), default=None)


def linked(memoranda, visits):
    """Other publishable records that the page names."""
    for memorandum in memoranda:
        yield from (memorandum.programme, memorandum.signed_at_site, *memorandum.themes.all())
    for visit in visits:
        yield from (stop.site for stop in visit.stops.all())


class Entry:
    """One thing in the chronicle."""

    direction = ""

    def __init__(self, reading):
        self.reading, self.record = reading, reading.record
        self.source = source_line(None, [source.name for source in self.record.sources.all()])

    def order(self):
        return self.day or date.min, self.record.slug


class Agreement(Entry):
    """A memorandum with its terms: from signature to the end of the last one, where that is known."""

    def __init__(self, reading, readings):
        super().__init__(reading)
        self.day = self.record.signed_on
        self.parties = [row.organisation for row in self.record.party_rows.all()]
        self.signatories = [row.person for row in self.record.signatory_rows.all()]
        self.themes = readings.of(self.record.themes.all())
        self.programme = readings.get(self.record.programme)
        self.place = readings.get(self.record.signed_at_site)
        self.terms = list(self.record.terms.all())

    @property
    def short_name(self):
        """The kind of agreement and the partner, for a drawing."""
        partner = f", {self.parties[-1].name}" if self.parties else ""
        return f"{self.record.get_instrument_display()}{partner}"

    @property
    def begins(self):
        return self.day or (self.terms[0].starts if self.terms else None)

    @property
    def expires(self):
        return self.terms[-1].expires if self.terms else None

    @property
    def computed(self):
        return bool(self.terms) and self.terms[-1].basis == "computed"

    @property
    def years(self):
        return self.terms[-1].years if self.terms else None

    @property
    def renewed(self):
        return self.terms[-1].starts if len(self.terms) > 1 else None

    @property
    def term_is_known(self):
        return any(term.years or term.expires for term in self.terms)


class Journey(Entry):
    """A delegation visit with its stops."""

    def __init__(self, reading, readings):
        super().__init__(reading)
        self.direction = self.record.direction
        self.dates = whole_range(self.record.starts, self.record.ends)
        # Large as it stands, it has to be able to break between its words.
        self.when = format_partial_date(self.dates).replace("\N{NO-BREAK SPACE}", " ")
        self.day = self.dates.first_day
        self.stops = [(stop, readings.get(stop.site)) for stop in self.record.stops.all()]

    @property
    def is_outward(self):
        return self.direction == DelegationVisit.Direction.OUTBOUND


def whole_range(starts, ends):
    """From start to end as one date, so that it says once what both share; the start where they cannot be joined."""
    if not ends or ends.start.precision != starts.start.precision:
        return starts
    return PartialDate(f"{starts.start.iso}/{ends.end.iso}")


def drawing(agreements, journeys, today):
    """The years of all that is shown: terms as bars, signatures without a known term as moments."""
    timed = [one for one in agreements if one.begins and one.expires]
    terms = [Term(one.begins, one.expires, one.short_name, one.renewed) for one in timed]
    moments = [
        Moment(one.begins, one.short_name, format_date(one.begins))
        for one in agreements
        if one.begins and one not in timed
    ]
    return in_both_shapes(
        timeline,
        terms,
        [Visit(one.day, one.is_outward) for one in journeys],
        moments,
        today=today,
        today_label=_("Today"),
        outward_label=_("From the city region"),
        inward_label=_("To the city region"),
        label=_("Years of the agreements and visits; all of it stands in the text below"),
    )


def days_run(agreement, today):
    """(day, of how many) of the leading term, as written."""
    if not agreement:
        return None
    run, whole = today - agreement.begins, agreement.expires - agreement.begins
    return f"{run.days:,}", f"{whole.days:,}"


@lru_cache(maxsize=16)
def cover(begins, ends, today, shape):
    return mark_safe(partnership_cover(begins=begins, ends=ends, today=today, shape=shape))


def covers(agreement, today):
    """The two tides of the leading agreement, wide and slim; the drawing is transparent and carries its colours."""
    if not agreement:
        return None
    return {shape: cover(agreement.begins, agreement.expires, today, shape) for shape in ("wide", "plate")}
