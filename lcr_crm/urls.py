"""The address book."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from lcr_crm import health
from prospectus import views as prospectus

urlpatterns = [
    path("", prospectus.choose_language, name="root"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", prospectus.robots, name="robots"),
    path("sitemap.xml", prospectus.sitemap, name="sitemap"),
    path("styleguide/", prospectus.styleguide, name="styleguide"),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(
    path("enquire/", include("enquiries.urls")),
    path("", include("prospectus.urls")),
)

handler400 = "prospectus.views.bad_request"
handler403 = "prospectus.views.forbidden"
handler404 = "prospectus.views.not_found"
handler500 = "prospectus.views.server_error"
