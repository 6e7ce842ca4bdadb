from django.urls import path

from prospectus.views import (
    assets,
    case_studies,
    covers,
    events,
    home,
    news,
    opportunities,
    pages,
    partnerships,
    preview,
    search,
    themes,
)

app_name = "prospectus"

urlpatterns = [
    path("", home.HomePage.as_view(), name="home"),
    path("themes/", themes.ThemeList.as_view(), name="themes"),
    path("themes/<slug:slug>/", themes.ThemePage.as_view(), name="theme"),
    path("opportunities/", opportunities.OpportunityList.as_view(), name="opportunities"),
    path("opportunities/<slug:slug>/", opportunities.OpportunityPage.as_view(), name="opportunity"),
    path("covers/home-<str:shape>.svg", covers.home_cover, name="home_cover"),
    path("covers/<slug:slug>-<str:shape>.svg", covers.opportunity_cover, name="opportunity_cover"),
    path("assets/", assets.AssetList.as_view(), name="assets"),
    path("case-studies/", case_studies.CaseStudyList.as_view(), name="case_studies"),
    path("case-studies/<slug:slug>/", case_studies.CaseStudyPage.as_view(), name="case_study"),
    path("partnerships/", partnerships.Partnerships.as_view(), name="partnerships"),
    path("news/", news.NewsList.as_view(), name="news"),
    path("news/feed/", news.NewsFeed(), name="news_feed"),
    path("news/<slug:slug>/", news.NewsPage.as_view(), name="news_item"),
    path("events/", events.EventList.as_view(), name="events"),
    path("events/feed/", events.EventFeed(), name="event_feed"),
    path("events/<slug:slug>/", events.EventPage.as_view(), name="event"),
    path("events/<slug:slug>.ics", events.event_calendar, name="event_calendar"),
    path("search/", search.SearchPage.as_view(), name="search"),
    path("preview/<str:token>/", preview.preview_link, name="preview_link"),
    path("preview/<str:label>/<int:pk>/", preview.preview, name="preview"),
    path("<slug:slug>/", pages.PageView.as_view(), name="page"),
]
