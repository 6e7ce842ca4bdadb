from django.db.models import Prefetch
from django.utils.translation import gettext as _

from opportunities.models import Opportunity, Statistic
from partners.models import Memorandum
from prospectus.drawings import bars
from prospectus.models import NewsItem
from prospectus.rows import OpportunityRow
from prospectus.views.base import PublicPage
from prospectus.views.opportunities import with_themes
from prospectus.views.themes import theme_entries
from publishing.formats import format_date, format_money, format_partial_date, format_quantity

HEADLINE = "total-opportunity"
PARTS = ("rd-pipeline", "tidal-opportunity", "hydrogen-opportunity")
TARGET = ("gva-gross", "jobs-from-target", "productivity-gain")
SHARES = ("rd-target-share", "uk-rd-target-share")
NEWS_SHOWN = 4


class HomePage(PublicPage):
    """The proposition, what it is made of, the themes, the featured opportunities, the partnership and the news.

    Each block stands only when its figures are there; the page never shows one the source does not give.
    """

    template_name = "prospectus/home.html"
    section = "home"
    deep_masthead = True

    def get_context_data(self, **kwargs):
        statistics = {
            statistic.key: statistic
            for statistic in Statistic.objects.select_related("source").filter(
                key__in=[HEADLINE, *PARTS, *TARGET, *SHARES]
            )
        }
        featured = list(
            self.readable(Opportunity.objects.facts())
            .filter(featured__isnull=False)
            .order_by("featured")
            .prefetch_related(Prefetch("theme_rows", with_themes()))
        )
        news = list(self.readable(NewsItem.objects.facts())[:NEWS_SHOWN])
        memorandum = self.readable(Memorandum.objects.facts()).filter(instrument="mou").first()
        themes = [row.theme for opportunity in featured for row in opportunity.theme_rows.all()]
        readings = self.read([*featured, *themes, *news, memorandum])
        return super().get_context_data(**kwargs) | {
            "headline": statistics.get(HEADLINE),
            **headline_in_words(statistics.get(HEADLINE)),
            "parts": parts_drawing([statistics[key] for key in PARTS if key in statistics]),
            "target": [statistics[key] for key in TARGET if key in statistics],
            "shares": shares_drawing([statistics[key] for key in SHARES if key in statistics]),
            "opportunity_count": Opportunity.objects.readable_in(self.language).count(),
            "themes": theme_entries(self.language),
            "featured": [
                OpportunityRow(reading, readings.of([row.theme for row in reading.record.theme_rows.all()]))
                for reading in readings.of(featured)
            ],
            "news": readings.of(news),
            "memorandum": readings.get(memorandum),
            "signed_on": format_date(memorandum.signed_on) if memorandum and memorandum.signed_on else "",
        }


def headline_in_words(statistic):
    if statistic is None:
        return {}
    amount = int(statistic.value)
    return {
        "headline_text": format_money(amount, amount),
        "headline_as_at": format_partial_date(statistic.as_at) if statistic.as_at else "",
    }


def parts_drawing(statistics):
    """The parts of the headline sum, drawn to scale."""
    if not statistics:
        return ""
    parts = [bars.Part(float(s.value), format_money(int(s.value), int(s.value)), s.label) for s in statistics]
    label = _("Drawn to scale: %(parts)s") % {
        "parts": ", ".join(f"{part.figure} {part.name}" for part in parts)
    }
    return bars.in_both_shapes(bars.parts_bar, parts, label=label)


def shares_drawing(statistics):
    if not statistics:
        return ""
    shares = [
        bars.Part(float(s.value), format_quantity(s.value, s.unit, labelled=True), s.label)
        for s in statistics
    ]
    label = _("Drawn to scale: %(parts)s") % {
        "parts": ", ".join(f"{share.figure} {share.name}" for share in shares)
    }
    return bars.in_both_shapes(bars.share_bars, shares, label=label)
