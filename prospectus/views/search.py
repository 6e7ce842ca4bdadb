from prospectus.views.base import PublicPage


class SearchPage(PublicPage):
    template_name = "prospectus/search.html"
