from prospectus.views.base import PublicPage


class PageView(PublicPage):
    template_name = "prospectus/pages.html"
