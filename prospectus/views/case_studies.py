from prospectus.views.base import PublicPage


class CaseStudyList(PublicPage):
    template_name = "prospectus/case_studies.html"


class CaseStudyPage(PublicPage):
    template_name = "prospectus/case_studies.html"
