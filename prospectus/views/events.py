from django.contrib.syndication.views import Feed

from prospectus.views.base import PublicPage


class EventList(PublicPage):
    template_name = "prospectus/events.html"


class EventPage(PublicPage):
    template_name = "prospectus/events.html"


class EventFeed(Feed):
    pass


def event_calendar(request, slug):
    pass
