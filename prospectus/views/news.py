from django.contrib.syndication.views import Feed

from prospectus.views.base import PublicPage


class NewsList(PublicPage):
    template_name = "prospectus/news.html"


class NewsPage(PublicPage):
    template_name = "prospectus/news.html"


class NewsFeed(Feed):
    pass
