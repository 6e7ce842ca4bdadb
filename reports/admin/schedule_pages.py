"""The pages of a schedule: choose what, say when and to whom, see how its runs went, pause and resume."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from enquiries import working_time
from publishing.desk.display import tag
from reports import catalogue, schedules
from reports.admin.schedule_forms import ScheduleForm, usual_name
from reports.models import BoardPack, Schedule
from reports.periods import LONDON
from reports.scheduling import may_see

RUNS_SHOWN = 50


def page_of(model_admin, request, template, title, status=200, **context):
    shared = model_admin.admin_site.each_context(request) | {"title": title, "opts": model_admin.opts}
    return TemplateResponse(request, f"reports/admin/{template}.html", shared | context, status=status)


def choose_page(model_admin, request):
    """The first step: what it is that people are to be told of."""
    subjects = [
        (subject, [(report.title, f"?report={report.name}") for report in reports])
        for subject, reports in catalogue.for_user(request.user)
    ]
    packs = [(pack.name, f"?pack={pack.pk}") for pack in BoardPack.objects.filter(retired_at__isnull=True)]
    if packs:
        subjects.insert(0, ("Board packs", packs))
    return page_of(model_admin, request, "schedule_choose", "Schedule what?", subjects=subjects)


def add_page(model_admin, request):
    """The second step, also reached from a report's own page with its parameters in the address."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if "report" not in request.GET and "pack" not in request.GET:
        return choose_page(model_admin, request)
    given = request.GET.dict()
    schedule = Schedule(owner=request.user, report=given.pop("report", ""), pack=_pack(given.pop("pack", "")))
    return _form_page(model_admin, request, schedule, given)


def change_page(model_admin, request, pk):
    schedule = get_object_or_404(Schedule.objects.select_related("pack", "owner"), pk=pk)
    if not model_admin.has_view_or_change_permission(request, schedule):
        raise PermissionDenied
    if request.method == "POST" and not model_admin.has_change_permission(request, schedule):
        raise PermissionDenied
    return _form_page(model_admin, request, schedule, schedule.parameters)


def _pack(pk):
    if not pk:
        return None
    if not pk.isdecimal():
        raise Http404
    return get_object_or_404(BoardPack, pk=pk, retired_at__isnull=True)


def _form_page(model_admin, request, schedule, given):
    report = catalogue.BY_NAME.get(schedule.report)
    if not report and not schedule.pack and not schedule.pk:
        raise Http404
    if not schedule.pk and not may_see(schedule, request.user):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = ScheduleForm(posted, instance=schedule, initial=_initial(schedule, report, request.user))
    asked = report and report.asking(given if posted is None else posted.dict())
    if posted is not None and all([form.is_valid(), asked is None or asked.is_valid()]):
        return _saved(model_admin, request, form, asked)
    name = schedule.name if schedule.pk else f"Schedule: {schedule.pack or report.title}"
    return page_of(
        model_admin,
        request,
        "schedule",
        name,
        status=422 if posted is not None else 200,
        form=form,
        when=[form[field] for field in ("frequency", "weekday", "day_of_month", "at_hour")],
        asked=asked,
        schedule=schedule,
        what=schedule.pack or (report and report.title) or schedule.report,
        may_change=model_admin.has_change_permission(request) if schedule.pk else True,
        **_standing(schedule),
    )


def _initial(schedule, report, user):
    return (
        {}
        if schedule.pk
        else {"name": usual_name(schedule, report), "recipients": [user.pk], "owner": user.pk}
    )


@transaction.atomic
def _saved(model_admin, request, form, asked):
    is_new = form.instance.pk is None
    if asked is not None:
        form.instance.parameters = asked.chosen()
    schedule = form.save()
    log = model_admin.log_addition if is_new else model_admin.log_change
    log(request, schedule, "Scheduled." if is_new else "Schedule changed.")
    due = _standing(schedule)["next_due"]
    when = f"It is due next on {said(due)}." if due else "It is paused."
    messages.success(request, f"“{schedule}” is {'scheduled' if is_new else 'saved'}. {when}")
    return redirect("admin:reports_schedule_change", schedule.pk)


def _standing(schedule):
    """When it is due next, and how its runs went."""
    if not schedule.pk:
        return {"next_due": None, "runs": []}
    done = schedule.runs.aggregate(newest=Max("due_at"))["newest"]
    runs = schedule.runs.all()[:RUNS_SHOWN]
    return {
        "often": schedules.in_words(schedule),
        "next_due": schedules.next_due(schedule, timezone.now(), done, working_time.calendar()),
        "runs": [
            {"run": run, "state": state_of(run), "address": reverse("admin:report_run", args=[run.pk])}
            for run in runs
        ],
    }


def said(moment):
    """A moment of London in words: 1 Dec 2026, 08:00."""
    return f"{moment.astimezone(LONDON):%-d %b %Y, %H:%M}"


def state_of(run):
    """How a run went, as a tag."""
    if run.done_at and not run.error:
        return tag(f"Told {run.told}", "good", "done")
    if run.done_at:
        return tag("Not all told", "late", "late")
    return tag("Failed, is tried again", "late", "late") if run.error else tag("Under way", "tide", "clock")


def pause(model_admin, request, pk):
    schedule = _to_change(model_admin, request, pk)
    Schedule.objects.filter(pk=pk, paused_at__isnull=True).update(paused_at=timezone.now())
    messages.success(request, f"“{schedule}” is paused. Nobody is told until it is resumed.")
    return redirect("admin:reports_schedule_change", pk)


def resume(model_admin, request, pk):
    """What was due meanwhile is not made up for."""
    schedule = _to_change(model_admin, request, pk)
    now = timezone.now()
    Schedule.objects.filter(pk=pk, paused_at__isnull=False).update(paused_at=None, starts_at=now)
    messages.success(request, f"“{schedule}” goes on from now.")
    return redirect("admin:reports_schedule_change", pk)


def _to_change(model_admin, request, pk):
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Schedule, pk=pk)
