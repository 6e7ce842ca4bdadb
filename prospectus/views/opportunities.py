from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Case, Prefetch, Q, When
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from opportunities.models import Asset, CaseStudy, Figure, Opportunity, OpportunityTheme, Site, Theme
from partners.models import Involvement
from prospectus.drawings import bars, chart, ranges, tide
from prospectus.facts import facts_of, source_line
from prospectus.filters.opportunities import OpportunityFilter
from prospectus.places import chart_places, degrees
from prospectus.rows import OpportunityRow
from prospectus.templatetags.readings import shown
from prospectus.views.base import PublicPage, RecordPage
from publishing import languages
from publishing.formats import format_money
from publishing.models.publishable import working_columns

ROWS_A_PAGE = 20


class Position(NamedTuple):
    lat: float
    lon: float


class OpportunityList(PublicPage):
    template_name = "prospectus/opportunities.html"
    section = "opportunities"

    def get_context_data(self, **kwargs):
        themes = list(Theme.objects.facts())
        titles = self.read(themes)
        choices = [
            (theme.slug, shown(reading, "title")) for theme in themes if (reading := titles.get(theme))
        ]
        filters = OpportunityFilter(self.request.GET, language=self.language, choices={"theme": choices})
        page = Paginator(filters.ordered_rows(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        readings = self.read(page.object_list)
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "facets": filters.facets(),
            "chips": filters.chips(),
            "shortlist": filters.shortlist() if filters.chosen else [],
            "page": page,
            "rows": [OpportunityRow(reading) for reading in readings.of(page.object_list)],
            "axis": bars.value_axis([_("£1m"), _("£10m"), _("£100m"), _("£1bn"), _("£10bn")]),
            "only_in_source": self.rows_only_in_source(filters, page),
        }

    def rows_only_in_source(self, filters, page):
        """How many more rows there would be with those readable in English only; 0 where the page is complete."""
        if self.language == languages.SOURCE or filters.with_fallback:
            return 0
        return filters.rows(fallback=True).count() - page.paginator.count


def with_themes():
    """Rows of an opportunity's themes in their order, each with the theme's facts, in one query."""
    return OpportunityTheme.objects.select_related("theme").defer(*working_columns(Theme, "theme"))


class OpportunityPage(RecordPage):
    template_name = "prospectus/opportunity.html"
    section = "opportunities"
    deep_masthead = True
    queryset = (
        Opportunity.objects.select_related("site")
        .defer(*working_columns(Site, "site"))
        .prefetch_related(
            Prefetch("theme_rows", with_themes()),
            Prefetch("figures", Figure.objects.select_related("source")),
            Prefetch("involvements", Involvement.objects.select_related("organisation")),
            "sources",
        )
    )

    @cached_property
    def themes(self):
        return [row.theme for row in self.record.theme_rows.all()]

    @cached_property
    def related(self):
        """Other opportunities of the first theme, largest first."""
        slugs = [theme.slug for theme in self.themes[:1]]
        filters = OpportunityFilter(
            {"theme": slugs}, language=self.language, choices={"theme": [(slug, slug) for slug in slugs]}
        )
        return list(filters.ordered_rows().exclude(pk=self.record.pk)[:3]) if slugs else []

    @cached_property
    def case_studies(self):
        """Those at the same site first, then those of the same themes."""
        if not self.themes and not self.record.site_id:
            return []
        near = Q(themes__in=self.themes) | Q(site=self.record.site_id, site__isnull=False)
        here = Case(When(site=self.record.site_id, then=0), default=1)
        rows = self.readable(CaseStudy.objects.facts()).filter(near).distinct()
        return list(rows.annotate(distance=here).order_by("distance", "position", "slug")[:3])

    @cached_property
    def assets(self):
        return list(Asset.objects.filter(site=self.record.site_id)) if self.record.site_id else []

    def get_context_data(self, **kwargs):
        record = self.record
        shown = [record, record.site, *self.themes, *self.related, *self.case_studies]
        readings = self.read(shown)
        return super().get_context_data(**kwargs) | {
            "opportunity": readings[record],
            "record": record,
            "row": OpportunityRow(readings[record]),
            "themes": readings.of(self.themes),
            "site": readings.get(record.site),
            "facts": facts_of(record),
            "source": source_line(record.as_at, [source.name for source in record.sources.all()]),
            "cover": self.cover(),
            "drawn_cover": self.drawn_cover(),
            "value_drawing": value_drawing(record),
            "site_drawing": site_drawing(readings.get(record.site)),
            "assets": self.assets,
            "related": [OpportunityRow(reading) for reading in readings.of(self.related)],
            "case_studies": readings.of(self.case_studies),
        }

    def cover(self):
        record = self.record
        return tide.cover_in_words(
            value_min=record.value_min,
            value_max=record.value_max,
            jobs=record.jobs,
            stage_index=record.stage_index,
        )

    def drawn_cover(self):
        """In a preview the cover stands in the page: its own address knows only what is readable."""
        record = self.record
        if self.preview is None:
            return {}
        facts = {
            "value_min": record.value_min,
            "value_max": record.value_max,
            "jobs": record.jobs,
            "stage_index": record.stage_index,
            "theme_key": self.themes[0].slug if self.themes else None,
        }
        return {shape: mark_safe(tide.opportunity_cover(**facts, shape=shape)) for shape in tide.SHEETS}


def value_drawing(record):
    """The published range on one scale from zero; nothing where a single value or none is published."""
    low, high = record.value_min, record.value_max
    if not low or not high or low == high:
        return ""
    ticks = [
        (pounds, format_money(pounds, pounds) if pounds else "0") for pounds in ranges.range_ticks(low, high)
    ]
    return bars.in_both_shapes(
        ranges.value_range,
        low,
        high,
        ticks=ticks,
        low_label=_("Lower estimate"),
        range_label=_("Up to the upper estimate"),
        label=_("Estimated cost %(value)s, drawn to scale from zero") % {"value": format_money(low, high)},
        prefix="value",
    )


def site_drawing(site):
    """The small chart of the site; nothing where its position is not known or the chart does not reach it."""
    if site is None or site.record.latitude is None:
        return ""
    lat, lon = float(site.record.latitude), float(site.record.longitude)
    if not chart.on_chart(Position(lat, lon)):
        return ""
    return bars.in_both_shapes(
        chart.site_chart,
        lat,
        lon,
        precision=site.record.precision,
        label=_("Chart with the position of %(site)s") % {"site": site.title},
        name=site.title,
        places=chart_places(),
        degrees=degrees(),
        prefix="site",
    )
