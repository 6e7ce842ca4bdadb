"""The investor desk: stock admin with a first page of its own, a menu by subject, and one way to sign in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, resolve_url
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from lcr_crm import desk
from publishing.desk import exchange, launch, translations
from publishing.models.publishable import publishable_models
from publishing.rights import languages_for
from reports import catalogue
from reports import pages as reports_pages

# Subjects of the menu: whole rooms, or single models where a room has more than one subject.
MENU = [
    ("Enquiries", ["enquiries.Enquiry", "enquiries.InvestmentProject", "partners.Interaction"]),
    ("Partners", ["partners"]),
    ("Reports", ["reports"]),
    ("What we offer", ["opportunities"]),
    ("Prospectus", ["prospectus"]),
    ("Publishing", ["publishing"]),
    ("How we answer", ["enquiries", "accounts.Team", "accounts.Absence"]),
    ("Administration", ["accounts", "auth", "exports"]),
]
PAGES = [
    ("exchange/", exchange),
    ("translations/", translations),
    ("launch/", launch),
    ("reports/", reports_pages),
]
CLOCKS = [("Liverpool", ZoneInfo("Europe/London")), ("Seoul", ZoneInfo("Asia/Seoul"))]


class InvestorDeskSite(admin.AdminSite):
    site_header = site_title = "Investor desk"
    index_title = "Today"
    empty_value_display = "–"

    def get_urls(self):
        """The pages that belong to no one model: the translator's desk, files out and back, a launch."""
        pages = [
            path(f"{prefix}{page.pattern}", self.admin_view(page.callback), name=page.name)
            for prefix, module in PAGES
            for page in module.urlpatterns
        ]
        return [*pages, *super().get_urls()]

    def index(self, request, extra_context=None):
        today = {"today": timezone.localdate(), **desk.for_user(request.user)}
        return super().index(request, today | (extra_context or {}))

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """There is one sign-in page for staff, under /accounts/."""
        if self.has_permission(request):
            return redirect("admin:index")
        target = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        return redirect_to_login(target, resolve_url(settings.LOGIN_URL))

    def each_context(self, request):
        """Runs on every page of the desk, so it asks the database for nothing."""
        return super().each_context(request) | {"clocks": clocks(timezone.now())}

    def get_app_list(self, request, app_label=None):
        """The models by subject. What the menu does not know stands under Administration."""
        apps = super().get_app_list(request, app_label)
        return apps if app_label else by_subject(apps, own_pages(request.user))


def own_pages(user):
    """{subject: entries of the menu} for the pages that belong to no one model, of those that the user may open."""
    found = {}
    if catalogue.for_user(user):
        found["Reports"] = [_entry("Dashboard", "dashboard"), _entry("All reports", "reports")]
    if any(languages_for(user, model) for model in publishable_models()):
        found["Publishing"] = [
            _entry("Translations", "translations"),
            _entry("Files out and back", "exchange"),
        ]
    return found


def _entry(name, page):
    address = reverse(f"admin:{page}")
    return {"name": name, "object_name": page, "admin_url": address, "perms": {}, "view_only": True}


def by_subject(apps, pages):
    """The groups of MENU with the models that the user may open. A model that is named stands where it is named, and
    not with its room; what no group names stands under Administration."""
    models = {
        f"{app['app_label']}.{model['object_name']}": (app, model) for app in apps for model in app["models"]
    }
    named = {label for _, labels in MENU for label in labels}
    groups = []
    for name, labels in MENU:
        found = [models[label] for label in labels if label in models]
        found += [
            (app, model)
            for label, (app, model) in models.items()
            if label not in named
            and (app["app_label"] in labels or (name == "Administration" and app["app_label"] not in named))
        ]
        entries = [*pages.get(name, ()), *(model for _, model in found)]
        if entries:
            groups.append(
                {
                    "name": name,
                    "app_label": name.lower().replace(" ", "-"),
                    "app_url": found[0][0]["app_url"] if found else entries[0]["admin_url"],
                    "has_module_perms": True,
                    "models": entries,
                }
            )
    return groups


def clocks(now: datetime):
    """The time in both cities, as the page was made."""
    local = [(place, now.astimezone(zone)) for place, zone in CLOCKS]
    return [
        {"place": place, "iso": time.isoformat(timespec="minutes"), "shown": f"{time:%H:%M}"}
        for place, time in local
    ]
