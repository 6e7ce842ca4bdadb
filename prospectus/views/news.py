from django.db.models import Prefetch
from django.utils.translation import gettext as _

from opportunities.models import Opportunity
from partners.models import DelegationVisit, Memorandum
from prospectus.feeds import LanguageFeed
from prospectus.models import NewsItem
from prospectus.views.base import RecordPage
from prospectus.views.lists import RecordList


class NewsList(RecordList):
    template_name = "prospectus/news.html"
    section = "news"
    queryset = NewsItem.objects.all()


class NewsPage(RecordPage):
    template_name = "prospectus/news_item.html"
    section = "news"
    queryset = NewsItem.objects.prefetch_related(
        "organisations",
        "sources",
        Prefetch("opportunities", Opportunity.objects.facts()),
        Prefetch("memoranda", Memorandum.objects.facts()),
        Prefetch("visits", DelegationVisit.objects.facts()),
    )

    def get_context_data(self, **kwargs):
        item = self.record
        related = [*item.memoranda.all(), *item.visits.all(), *item.opportunities.all()]
        readings = self.read([item, *related])
        return super().get_context_data(**kwargs) | {
            "item": readings[item],
            "record": item,
            "related": readings.of(related),
            "organisations": item.organisations.all(),
            "sources": item.sources.all(),
        }


class NewsFeed(LanguageFeed):
    queryset = NewsItem.objects.all()
    list_name, feed_name, lead = "prospectus:news", "prospectus:news_feed", "standfirst"

    def title(self):
        return _("News of the Liverpool City Region investment prospectus")
