"""The launch page: several texts, of any records and languages, submitted, approved or published as one act.

What it shows is in its address: ?text=<app>.<model>:<pk>:<language>, repeated. Without a language it is every one;
several records of a model may share one entry (1,2,3).
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from publishing import languages, workflow
from publishing.desk.acts import launch_address
from publishing.desk.display import moment, publication
from publishing.desk.launch_forms import LaunchForm, SignForm, mark_of
from publishing.desk.proofs import address_in, proofs_of
from publishing.desk.verbs import UNDO_PUBLISHED, london
from publishing.models import Edition, Publishable
from publishing.publication import launch, locked
from publishing.rights import may_edit_text, may_publish
from publishing.rows import key_of, key_of_row

MOST_TEXTS = 400  # what one page shows and one form can send


@dataclass
class Cell:
    """One record in one language, to be ticked."""

    proof: object
    mark: str
    wanted: bool
    may: bool
    verbs: list

    @property
    def can(self):
        return bool(self.verbs)

    @property
    def why_not(self):
        if not self.may:
            return "You may not edit this text."
        return "" if self.can else self.proof.why_not or "Nothing to do."


def address_of(texts):
    """The launch page of these texts, pairs of a record and a language or None (every one)."""
    by_kind = {}
    for record, language in texts:
        by_kind.setdefault((record._meta.label_lower, language), []).append(str(record.pk))
    query = "&".join(
        f"text={label}:{','.join(keys)}" + (f":{language}" if language else "")
        for (label, language), keys in by_kind.items()
    )
    return f"{reverse('admin:launch')}?{query}"


def launch_page(request):
    asked, ignored = _asked(request)
    records = _records(request.user, asked)
    unseen = len({key for key, _language in asked} - set(records))
    if not records and not request.user.is_staff:
        raise PermissionDenied
    cells = _cells(request.user, records, asked)
    form, problems = LaunchForm(), []
    if request.method == "POST":
        form = (LaunchForm if request.POST.get("verb") == "publish" else SignForm)(request.POST)
        answer, problems = _act(request, form, cells)
        if answer:
            return answer
    context = admin.site.each_context(request) | {
        "title": "Publish together",
        "codes": [(code, languages.own_name(code)) for code in languages.codes()],
        "rows": _rows(records, cells, request.POST.getlist("text") if request.method == "POST" else None),
        "form": form if isinstance(form, LaunchForm) else LaunchForm(request.POST),
        "problems": problems,
        "ignored": ignored + unseen,
        "count": sum(cell.can for cell in cells.values()),
        "offers": {verb for cell in cells.values() for verb in cell.verbs},
    }
    return TemplateResponse(request, "admin/publishing/launch.html", context)


def _asked(request):
    """([((model, pk), language or None)], how many entries could not be read)."""
    found, ignored = {}, 0
    for entry in request.GET.getlist("text"):
        label, _colon, rest = entry.partition(":")
        keys, _colon, language = rest.partition(":")
        model = _model(label)
        if model is None or (language and language not in languages.codes()):
            ignored += 1
            continue
        for key in keys.split(","):
            if key.isascii() and key.isdigit() and len(key) < 19 and len(found) < MOST_TEXTS:
                found[(model, int(key)), language or None] = True
            else:
                ignored += 1
    return list(found), ignored


def _model(label):
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, Publishable) else None


def _records(user, asked):
    """{(model, pk): record} of those that exist and that this person may see, in the order asked."""
    keys = {}
    for (model, pk), _language in asked:
        opts = model._meta
        if user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
            keys.setdefault(model, []).append(pk)
    loaded = {
        (model, pk): record
        for model, pks in keys.items()
        for pk, record in model._default_manager.in_bulk(pks).items()
    }
    return {key: loaded[key] for key, _language in asked if key in loaded}


def _cells(user, records, asked):
    """{(key, language): Cell} of every language of every record."""
    proofs, named = proofs_of(records.values()), set(asked)
    cells = {}
    for key, by_code in proofs.items():
        publishes = may_publish(user, key[0])
        for code, proof in by_code.items():
            may = publishes or may_edit_text(user, key[0], code)
            verbs = _verbs(proof, publishes, may_edit_text(user, key[0], code))
            wanted = (key, code) in named or ((key, None) in named and proof.standing.working != "unchanged")
            cells[key, code] = Cell(proof, mark_of(records[key], code), wanted, may, verbs)
    return cells


def _verbs(proof, publishes, writes):
    """What this person may do with a text that stands so."""
    working, whole = proof.standing.working, not proof.required_missing
    fits = {
        "publish": publishes and not proof.why_not,
        "approve": publishes and whole and working in ("changed", "in review"),
        "submit": writes and whole and working == "changed",
    }
    return [verb for verb, does in fits.items() if does]


def _rows(records, cells, ticked):
    return [
        {
            "record": record,
            "kind": record._meta.verbose_name,
            "url": publication_address(record),
            "cells": [
                (cell, cell.can and (cell.wanted if ticked is None else cell.mark in ticked))
                for cell in (cells[key, code] for code in languages.codes())
            ],
        }
        for key, record in records.items()
    ]


def publication_address(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_publication", args=[record.pk])


def _act(request, form, cells):
    """Does what was asked with the texts ticked: (where to go, []), or (None, why nothing was done)."""
    verb = request.POST.get("verb")
    if verb not in ACTS:
        raise PermissionDenied
    marks = request.POST.getlist("text")
    by_mark = {cell.mark: cell for cell in cells.values()}
    if not marks:
        return None, ["Tick at least one text."]
    if not form.is_valid():
        return None, []
    if any(mark not in by_mark for mark in marks):
        return None, [
            "A text was saved after you opened this page, so nothing was done. What stands here now is the newer text: "
            "look at it, tick it again and press the button again."
        ]
    chosen = [by_mark[mark] for mark in marks]
    for cell in chosen:
        if not _may(request.user, verb, cell):
            raise PermissionDenied
    texts = [(cell.proof.record, cell.proof.language) for cell in chosen]
    try:
        with transaction.atomic():
            _refuse_moved(texts, set(marks))
            return ACTS[verb](request, texts, form.cleaned_data), []
    except ValidationError as error:
        return None, error.messages


def _may(user, verb, cell):
    model = type(cell.proof.record)
    return may_edit_text(user, model, cell.proof.language) if verb == "submit" else may_publish(user, model)


def _refuse_moved(texts, marks):
    """What was shown is what is done: the texts are read once more, under lock."""
    fresh = {key_of(record): record for record in locked([record for record, _language in texts])}
    if {mark_of(fresh[key_of(record)], code) for record, code in texts} != marks:
        raise ValidationError("A text was saved this very moment, so nothing was done. Look again.")


def _publish(request, texts, values):
    editions = launch(texts, at=values["at"], until=values["until"], note=values["note"], by=request.user)
    when = f"Scheduled for {london(values['at'])}" if values["at"] else "Published"
    messages.success(request, f"{when}: {_texts(texts)}, as one act. {UNDO_PUBLISHED}")
    return redirect(launch_address(editions[0].act))


def _submit(request, texts, values):
    workflow.submit(texts, by=request.user, why=values["note"])
    messages.success(request, f"Submitted for review: {_texts(texts)}.")
    return redirect(request.get_full_path())


def _approve(request, texts, values):
    workflow.approve(texts, by=request.user, why=values["note"])
    messages.success(request, f"Approved: {_texts(texts)}. Readers get them once they are published.")
    return redirect(request.get_full_path())


ACTS = {"publish": _publish, "submit": _submit, "approve": _approve}


def _texts(texts):
    return f"{len(texts)} text{'' if len(texts) == 1 else 's'}"


def result_page(request, act):
    """What one act published, and where readers find each text."""
    editions = Edition.objects.filter(act=act).select_related("by").defer("made_from", "plain", "search")
    by_text = {(key_of_row(edition), edition.language): edition for edition in editions.order_by("pk")}
    records = _records(request.user, [(key, code) for key, code in by_text])
    if not records:
        raise Http404(act)
    first = next(iter(by_text.values()))
    found = proofs_of(records.values())
    rows = [
        {
            "record": record,
            "kind": record._meta.verbose_name,
            "url": publication_address(record),
            "cells": [
                _published(record, code, by_text.get((key, code)), found[key][code])
                for code in languages.codes()
            ],
        }
        for key, record in records.items()
    ]
    context = admin.site.each_context(request) | {
        "title": "Published together" if len(by_text) > 1 else "Published",
        "codes": [(code, languages.own_name(code)) for code in languages.codes()],
        "rows": rows,
        "first": first,
        "at": moment(first.at),
        "hidden": len({key for key, _code in by_text}) - len(records),
        "address": address_of([(record, None) for record in records.values()]),
    }
    return TemplateResponse(request, "admin/publishing/launch_result.html", context)


def _published(record, code, edition, proof):
    if edition is None:
        return None
    present = proof.standing.live_edition == edition.pk
    ahead = edition.pk in proof.standing.ahead
    return {
        "edition": edition,
        "code": code,
        "own_name": languages.own_name(code),
        "shown": publication(proof.standing.state, proof.standing.at),
        "address": address_in(record, code) if present else "",
        "then": "" if ahead else "Readers have another text now, or none.",
    }


urlpatterns = [
    path("", launch_page, name="launch"),
    path("<uuid:act>/", result_page, name="launch_result"),
]
