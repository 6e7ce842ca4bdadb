from prospectus.views.base import PublicPage


class AssetList(PublicPage):
    template_name = "prospectus/assets.html"
