from prospectus.views.base import PublicPage


class Partnerships(PublicPage):
    template_name = "prospectus/partnerships.html"
