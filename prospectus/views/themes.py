import re

from django.db.models import Prefetch

from opportunities.models import CaseStudy, Figure, Opportunity, Programme, Theme
from prospectus.facts import source_line
from prospectus.filters.opportunities import OpportunityFilter
from prospectus.rows import OpportunityRow
from prospectus.views.base import PublicPage, RecordPage
from publishing.reading import read

FIGURES = Prefetch("figures", Figure.objects.select_related("source"))
OPPORTUNITIES_SHOWN = 6
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class ThemeEntry:
    """A theme in a list: its leading figure, its text and how many opportunities stand behind it."""

    def __init__(self, reading, opportunities):
        self.reading, self.opportunities = reading, opportunities
        figures = reading.record.figures.all()
        self.figure = figures[0] if figures else None
        self.url = reading.record.get_absolute_url()
        self.opening = " ".join(SENTENCE_END.split(reading.summary)[:2])


def theme_entries(language):
    """Readable themes with the number of opportunities readable in that language, in two queries and the editions."""
    themes = list(Theme.objects.facts().readable_in(language).prefetch_related(FIGURES))
    readable = Opportunity.objects.readable_in(language).values_list("pk", "theme_rows__theme_id").order_by()
    counts = {}
    for _pk, theme_id in readable:
        counts[theme_id] = counts.get(theme_id, 0) + 1
    readings = read(themes, language)
    return [ThemeEntry(reading, counts.get(reading.record.pk, 0)) for reading in readings.of(themes)]


class ThemeList(PublicPage):
    template_name = "prospectus/themes.html"
    section = "themes"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"themes": theme_entries(self.language)}


class ThemePage(RecordPage):
    template_name = "prospectus/theme.html"
    section = "themes"
    queryset = Theme.objects.prefetch_related(FIGURES)

    def get_context_data(self, **kwargs):
        theme = self.record
        filters = OpportunityFilter(
            {"theme": [theme.slug]}, language=self.language, choices={"theme": [(theme.slug, theme.slug)]}
        )
        opportunities = list(filters.ordered_rows())
        programmes = list(self.readable(Programme.objects.facts()).filter(themes=theme))
        case_studies = list(self.readable(CaseStudy.objects.facts()).filter(themes=theme))
        readings = self.read([theme, *opportunities[:OPPORTUNITIES_SHOWN], *programmes, *case_studies])
        return super().get_context_data(**kwargs) | {
            "theme": readings[theme],
            "figures": [
                (figure, source_line(figure.as_at, [figure.source.name])) for figure in theme.figures.all()
            ],
            "opportunities": [OpportunityRow(r) for r in readings.of(opportunities[:OPPORTUNITIES_SHOWN])],
            "more_opportunities": len(opportunities) > OPPORTUNITIES_SHOWN,
            "opportunity_count": len(opportunities),
            "programmes": readings.of(programmes),
            "case_studies": readings.of(case_studies),
        }
