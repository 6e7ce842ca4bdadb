from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class LcrCrmConfig(AppConfig):
    name = "lcr_crm"
    default = True

    def ready(self):
        from lcr_crm import checks  # registers the system checks

        assert checks


class AdminConfig(admin_apps.AdminConfig):
    """The staff site is ours: its first page and its order of rooms."""

    default = False
    default_site = "lcr_crm.admin_site.InvestorDeskSite"
