"""What our feeds share: one language each, texts of that language only, addresses as the settings name the site."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.reading import read

ITEMS = 30


class LanguageFeed(Feed):
    """A feed of one model. Open to everybody: django.contrib.syndication makes the view from this object."""

    login_required = False
    queryset = None
    list_name = feed_name = lead = ""

    def items(self):
        records = list(self.queryset.facts().readable_in(get_language())[:ITEMS])
        return read(records, get_language(), fallback=False).of(records)

    def link(self):
        return settings.SITE_URL + reverse(self.list_name)

    def feed_url(self):
        return settings.SITE_URL + reverse(self.feed_name)

    def description(self):
        return _(
            "Investment opportunities, innovation assets and international partnerships of the Liverpool City Region."
        )

    def item_title(self, reading):
        return reading.title

    def item_description(self, reading):
        return getattr(reading, self.lead)

    def item_link(self, reading):
        return settings.SITE_URL + reading.record.get_absolute_url()

    def item_pubdate(self, reading):
        return reading.published_at
