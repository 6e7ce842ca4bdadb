"""The page on which one record is published, withdrawn and restored, and its history read.

Each verb is one of publishing.publication; this page asks, refuses, and says what happened.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation

from publishing import languages
from publishing.desk.display import PUBLICATIONS, moment, publication, tag
from publishing.desk.publication_forms import PublishForm, RestoreForm, WithdrawForm
from publishing.models import Act, Edition
from publishing.publication import missing_texts, publish, restore, withdraw
from publishing.rights import may_publish
from publishing.standing import Standing, standings
from publishing.translation_state import MISSING, STALE, states_of

MOST_SHOWN = 200
VERBS = {
    Act.Verb.PUBLISHED: ("live", "good"),
    Act.Verb.SCHEDULED: ("scheduled", "tide"),
    Act.Verb.WITHDRAWN: ("withdrawn", "plain"),
    Act.Verb.RESTORED: ("changed", "soon"),
}


@dataclass
class LanguageCard:
    """One language of the record: what readers have, what stands in the way, and what to know before publishing."""

    standing: Standing
    required_missing: list
    optional_missing: list
    stale: list
    address: str

    @property
    def shown(self):
        return publication(self.standing.state)

    @property
    def next_shown(self):
        return publication("scheduled", self.standing.next_at) if self.standing.next_at else ""

    @property
    def changed_shown(self):
        return tag("Working copy changed", "soon", "changed") if self.standing.changed else ""

    @property
    def since(self):
        return moment(self.standing.at, seoul=True)


def publication_page(model_admin, request, pk):
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404(pk)
    if not model_admin.has_view_permission(request, record):
        raise PermissionDenied
    found = standings([record])[record.pk]
    may_publish_it = may_publish(request.user, type(record))
    forms = _forms(request, record, found)
    if request.method == "POST":
        if not may_publish_it:
            raise PermissionDenied
        verb = request.POST.get("verb")
        if verb in ACTS and ACTS[verb](request, record, forms[verb]):
            return redirect(model_admin.publication_url(record))
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Publication of {record}",
        "opts": model_admin.opts,
        "record": record,
        "cards": [_card(record, found[code]) for code in languages.codes()],
        "forms": forms,
        "may_publish": may_publish_it,
        "may_withdraw": any(standing.live_since or standing.scheduled_for for standing in found.values()),
        "editions": _editions(record, found),
        "acts": _acts(record),
    }
    return TemplateResponse(request, "admin/publishing/publication.html", context)


def _forms(request, record, found):
    verb = request.POST.get("verb")

    def data_for(name):
        return request.POST if verb == name else None

    complete = [code for code in languages.codes() if not missing_texts(record, code)]
    wanted = [code for code in complete if found[code].changed or not found[code].at]
    live = [code for code in languages.codes() if found[code].live_since]
    return {
        "publish": PublishForm(
            data_for("publish"), record=record, prefix="publish", initial={"in_languages": wanted}
        ),
        "withdraw": WithdrawForm(
            data_for("withdraw"), prefix="withdraw", initial={"in_languages": live if len(live) == 1 else []}
        ),
        "restore": RestoreForm(data_for("restore"), record=record, standing=found, prefix="restore"),
    }


@transaction.atomic
def _publish(request, record, form):
    form.record = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if not form.is_valid():
        return False
    chosen, at = form.cleaned_data["in_languages"], form.cleaned_data["at"]
    try:
        publish([record], chosen, at=at, note=form.cleaned_data["note"], by=request.user)
    except ValidationError as error:
        form.add_error(NON_FIELD_ERRORS, error)
        return False
    if at:
        when = timezone.localtime(at)
        messages.success(request, f"Scheduled in {_named(chosen)} for {when:%-d %B %Y, %H:%M} London time.")
    else:
        messages.success(request, f"Published in {_named(chosen)}. Readers have it now.")
    return True


def _withdraw(request, record, form):
    if not form.is_valid():
        return False
    chosen = form.cleaned_data["in_languages"]
    try:
        acts = withdraw([record], chosen, why=form.cleaned_data["why"], by=request.user)
    except ValidationError as error:
        form.add_error(NON_FIELD_ERRORS, error)
        return False
    messages.success(
        request,
        f"Withdrawn in {_named([act.language for act in acts])}. Readers are told that it was withdrawn.",
    )
    return True


def _restore(request, record, form):
    if not form.is_valid():
        return False
    edition = form.cleaned_data["edition"]
    restore(edition, by=request.user)
    messages.success(
        request,
        f"Edition {edition.number} in {_named([edition.language])} is the working copy again. "
        "Readers see it once it is published.",
    )
    return True


ACTS = {"publish": _publish, "withdraw": _withdraw, "restore": _restore}


def _named(codes):
    return " and ".join(languages.own_name(code) for code in codes)


def _card(record, standing):
    code = standing.language
    required = missing_texts(record, code)
    states = states_of([record])[record.pk].get(code, {})
    return LanguageCard(
        standing,
        required_missing=_labels(record, required),
        optional_missing=_labels(
            record, [name for name, state in states.items() if state == MISSING and name not in required]
        ),
        stale=_labels(record, [name for name, state in states.items() if state == STALE]),
        address=_address(record, code) if standing.live_since else "",
    )


def _labels(record, names):
    return [record._meta.get_field(name).verbose_name for name in names]


def _address(record, code):
    """Where readers of that language find it; a record without a page of its own has no address."""
    if not hasattr(record, "get_absolute_url"):
        return ""
    with translation.override(code):
        return record.get_absolute_url()


def _editions(record, found):
    now = timezone.now()
    editions = Edition.objects.of(record).select_related("by").defer("plain", "search").order_by("-pk")
    rows = []
    for edition in editions[:MOST_SHOWN]:
        window = edition.live
        state = "cancelled" if window.isempty else _state(window, now)
        rows.append(
            {
                "edition": edition,
                "own_name": languages.own_name(edition.language),
                "state": tag(*PUBLICATIONS.get(state, (state.capitalize(), "plain"))),
                "from": "" if window.isempty else moment(window.lower),
                "until": "" if window.isempty else moment(window.upper),
                "needs_leave": found[edition.language].changed,
            }
        )
    return rows


def _state(window, now):
    if window.lower > now:
        return "scheduled"
    return "live" if window.upper is None or window.upper > now else "ended"


def _acts(record):
    acts = Act.objects.filter(
        record_type=ContentType.objects.get_for_model(record), record_id=record.pk
    ).select_related("by")
    return [
        {
            "words": f"{act.get_verb_display().capitalize()} in {languages.own_name(act.language)}",
            "why": act.why,
            "by": act.by,
            "at": moment(act.at),
            "icon": VERBS[act.verb][0],
            "tone": VERBS[act.verb][1],
        }
        for act in acts[:MOST_SHOWN]
    ]
