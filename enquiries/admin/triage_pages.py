"""The panel on an enquiry's record that says how it stands and what can be done, and a page for each verb, which is
where its form comes back with what was typed if it cannot be done. Nothing here needs JavaScript."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from enquiries import conversation, merging, qualification, triage
from enquiries.admin import handover_page, merge_page
from enquiries.admin.standing import stage, state_tag, whose
from enquiries.admin.triage_forms import AssignForm, MoveForm, NoteForm, QualifyForm, WhyForm
from enquiries.clock import Clock
from enquiries.clock_display import obligations
from enquiries.missing import next_stages
from enquiries.models.stage import CLOSING, Stage
from enquiries.stages import DEMANDS
from publishing.desk.display import facts

# Where on the record something that is missing is put right.
WHERE = {
    "first_reply_at": "#reply-heading",
    "owner": "#give",
    "country": "#id_country",
    "sectors": "#id_sectors",
    "qualified_at": "#qualify",
    "known_organisation": "#intake",
    "details_checked": "#intake",
    "released": "#release",
}


class Verb(NamedTuple):
    """One thing to do with an enquiry: its words, its form, and what does it, which says what was done."""

    title: str
    button: str
    form: type
    act: Callable


def _assign(enquiry, typed, by):
    triage.assign(enquiry, officer=typed["officer"], team=typed["team"], why=typed["why"], by=by)
    return f"{typed['officer'] or typed['team']} has {enquiry.reference} now."


def _move(enquiry, typed, by):
    to = Stage(typed["stage"])
    moved = triage.move(enquiry, to, shown=typed["shown"] or None, why=typed["why"], by=by)
    return f"{enquiry.reference} {'is' if moved else 'was already'} at “{to.label}”."


def _qualify(enquiry, typed, by):
    qualification.qualify(
        enquiry, readiness=typed["readiness"], quality=typed["quality"], why=typed["why"], by=by
    )
    return f"{enquiry.reference} is qualified."


def _note(enquiry, typed, by):
    conversation.note(enquiry, typed["text"], by=by)
    return "Your note is kept."


def _part(enquiry, typed, by):
    other = merging.part(enquiry, why=typed["why"], by=by)
    return f"{enquiry.reference} and {other.reference} go on apart."


VERBS = {
    "assign": Verb("Give to somebody", "Give", AssignForm, _assign),
    "move": Verb("Move to another stage", "Move", MoveForm, _move),
    "qualify": Verb("Qualify", "Qualify", QualifyForm, _qualify),
    "note": Verb("Write a note", "Keep note", NoteForm, _note),
    "part": Verb("Part from the other", "Part them", WhyForm, _part),
}


def urls(model_admin):
    view = model_admin.admin_site.admin_view
    return [
        path(
            "<int:object_id>/take/",
            view(require_POST(partial(take_page, model_admin))),
            name="enquiries_enquiry_take",
        ),
        *(
            path(
                f"<int:object_id>/{name}/",
                view(partial(verb_page, model_admin, name)),
                name=f"enquiries_enquiry_{name}",
            )
            for name in VERBS
        ),
        path(
            "<int:object_id>/merge/",
            view(partial(merge_page.merge_page, model_admin)),
            name="enquiries_enquiry_merge",
        ),
        path(
            "hand-over/",
            view(partial(handover_page.handover_page, model_admin)),
            name="enquiries_enquiry_hand_over",
        ),
    ]


def enquiry_to_change(model_admin, request, object_id):
    enquiry = model_admin.get_object(request, str(object_id))
    if enquiry is None:
        raise Http404(object_id)
    if not model_admin.has_change_permission(request, enquiry):
        raise PermissionDenied
    return enquiry


def take_page(model_admin, request, object_id):
    enquiry = enquiry_to_change(model_admin, request, object_id)
    try:
        triage.take(enquiry, by=request.user)
    except triage.NotPossible as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"{enquiry.reference} is yours.")
    return redirect("admin:enquiries_enquiry_change", enquiry.pk)


def verb_page(model_admin, name, request, object_id):
    """Does the verb and leads back to the record; where it cannot be done, its form with the reason."""
    verb, enquiry = VERBS[name], enquiry_to_change(model_admin, request, object_id)
    form = verb.form(request.POST if request.method == "POST" else None, enquiry=enquiry)
    if form.is_valid():
        try:
            told = verb.act(enquiry, form.cleaned_data, request.user)
        except triage.NotPossible as refusal:
            form.add_error(None, refusal)
            enquiry.refresh_from_db()
        else:
            messages.success(request, told)
            return redirect("admin:enquiries_enquiry_change", enquiry.pk)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"{verb.title}: {enquiry.reference}",
        "opts": model_admin.opts,
        "enquiry": enquiry,
        "form": form,
        "button": verb.button,
        "standing": standing(enquiry),
    }
    return TemplateResponse(request, "enquiries/admin/verb.html", context)


def standing(enquiry):
    return facts(
        [
            ("State", state_tag(enquiry)),
            ("Stage", stage(enquiry.stage)),
            ("Officer", whose(enquiry)),
            ("Team", enquiry.team),
        ]
    )


def panel(request, enquiry):
    """How it stands and what the reader may do. Everybody who sees the record sees how it stands."""
    shown = {
        "enquiry": enquiry,
        "standing": standing(enquiry),
        "clocks": clocks(enquiry),
        "merged": list(enquiry.merged.only("reference")),
        "may_change": request.user.has_perm("enquiries.change_enquiry"),
    }
    if not shown["may_change"]:
        return shown
    has_owner = enquiry.owner is not None and enquiry.owner.is_active
    return shown | {
        "may_take": not has_owner and not enquiry.closed_at,
        "held_why": enquiry.held_why.splitlines() if enquiry.is_held else [],
        "ways": [] if enquiry.merged_into_id else ways(enquiry),
        "forms": {
            name: verb.form(enquiry=enquiry, auto_id=f"{name}_%s")
            for name, verb in VERBS.items()
            if name != "part" or enquiry.merged_into_id
        },
    }


def clocks(enquiry):
    """Both obligations: what is owed, and by when."""
    found = obligations(enquiry, timezone.now(), Clock.now_in_force())
    return facts([(what, display.html) for what, display in found])


def ways(enquiry):
    """Each stage it may move to: ready, or what is lacking and where that is put right."""
    return [
        {
            "stage": to,
            "shown": stage(to),
            "is_open": not lacking,
            "lacking": [(item.words, item.do, WHERE.get(item.name, "#details")) for item in lacking],
            "needs_reason": to in DEMANDS["why"],
            "closes": to in CLOSING,
        }
        for to, lacking in next_stages(enquiry)
    ]
