from functools import partial

from django.contrib import admin
from django.db.models import Max
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from enquiries import working_time
from publishing.desk.base import DeskAdmin
from publishing.desk.display import moment, tag, tags
from reports import catalogue, schedules
from reports.admin import schedule_pages
from reports.models import Schedule


@admin.register(Schedule)
class ScheduleAdmin(DeskAdmin):
    """Who is told of which report, and when. Paused rather than deleted: what was sent refers to it."""

    list_display = ["name", "what", "often", "next_due", "owner", "standing"]
    list_select_related = ["pack", "owner"]
    search_fields = ["name"]
    ordering = ["name", "pk"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(newest=Max("runs__due_at")).prefetch_related("runs")

    def get_changelist_instance(self, request):
        """The calendar is read once for all rows."""
        changelist = super().get_changelist_instance(request)
        now, calendar = timezone.now(), working_time.calendar()
        for schedule in changelist.result_list:
            schedule.due = schedules.next_due(schedule, now, schedule.newest, calendar)
        return changelist

    def get_urls(self):
        def page(view, *methods):
            return self.admin_site.admin_view(require_http_methods(methods)(partial(view, self)))

        return [
            path("add/", page(schedule_pages.add_page, "GET", "POST"), name="reports_schedule_add"),
            path("<int:pk>/pause/", page(schedule_pages.pause, "POST"), name="reports_schedule_pause"),
            path("<int:pk>/resume/", page(schedule_pages.resume, "POST"), name="reports_schedule_resume"),
            path(
                "<int:pk>/change/",
                page(schedule_pages.change_page, "GET", "POST"),
                name="reports_schedule_change",
            ),
            *super().get_urls(),
        ]

    @admin.display(description="report or pack")
    def what(self, schedule):
        report = catalogue.BY_NAME.get(schedule.report)
        return schedule.pack or (report and report.title) or schedule.report

    @admin.display(description="how often")
    def often(self, schedule):
        return capfirst(schedules.in_words(schedule))

    @admin.display(description="due next")
    def next_due(self, schedule):
        return moment(schedule.due) if schedule.due else None

    @admin.display(description="")
    def standing(self, schedule):
        newest = next(iter(schedule.runs.all()), None)
        return tags(
            tag("Paused", "bare") if schedule.paused_at else "",
            "" if schedule.owner.is_active else tag("Its owner has left", "soon", "person"),
            schedule_pages.state_of(newest) if newest else tag("No run yet", "plain"),
        )
