from django.db.models import Prefetch, Q
from django.utils.functional import cached_property

from opportunities.models import CaseStudy, Figure, Opportunity, Site, Theme
from partners.models import Involvement
from prospectus.facts import source_line
from prospectus.views.base import RecordPage
from prospectus.views.lists import RecordList

FIGURES = Prefetch("figures", Figure.objects.select_related("source"))
RELATED_SHOWN = 4


class CaseStudyList(RecordList):
    template_name = "prospectus/case_studies.html"
    section = "case_studies"
    queryset = CaseStudy.objects.prefetch_related(FIGURES)


class CaseStudyPage(RecordPage):
    template_name = "prospectus/case_study.html"
    section = "case_studies"
    queryset = CaseStudy.objects.prefetch_related(
        FIGURES,
        Prefetch(
            "involvements", Involvement.objects.select_related("organisation").order_by("role", "position")
        ),
        Prefetch("themes", Theme.objects.facts()),
        Prefetch("site", Site.objects.facts()),
        "sources",
    )

    @cached_property
    def opportunities(self):
        """Those at the same site first, then those of the same themes, larger ones first."""
        case = self.record
        near = Q(theme_rows__theme__in=case.themes.all())
        if case.site_id:
            near |= Q(site=case.site_id)
        rows = self.readable(Opportunity.objects.facts()).filter(near).with_shown_title(self.language)
        rows = sorted(rows.distinct(), key=lambda row: (row.site_id != case.site_id, row.shown_title))
        return rows[:RELATED_SHOWN]

    def get_context_data(self, **kwargs):
        case = self.record
        themes = list(case.themes.all())
        readings = self.read([case, case.site, *themes, *self.opportunities])
        return super().get_context_data(**kwargs) | {
            "case": readings[case],
            "record": case,
            "themes": readings.of(themes),
            "site": readings.get(case.site),
            "figures": [(row, source_line(row.as_at, [row.source.name])) for row in case.figures.all()],
            "opportunities": readings.of(self.opportunities),
            "sources": case.sources.all(),
        }
