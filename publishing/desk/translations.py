"""The translator's desk: one record in one language, field by field, and the way to the next one.

A draft that was typed and not saved is kept by the browser (static/admin_theme/translations.js), never by the server:
what is stored is what somebody saved.
"""

from dataclasses import replace

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import translation
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_http_methods

from publishing import languages
from publishing.desk.display import publication, working
from publishing.desk.translation_list import overview
from publishing.desk.translation_page import all_current, counted, media_of, next_of, rows_of
from publishing.models.publishable import publishable_models, translated_fields
from publishing.publication import missing_texts
from publishing.rights import may_edit_text, may_publish, may_write
from publishing.standing import standings
from publishing.translations.overview import Selection, next_to_do, texts_for
from publishing.translations.state import STALE
from publishing.translations.translating import MovedOn, edit_was_minor, save_translation, still_right
from publishing.workflow import submit


def desk_address(record, code, field=""):
    """Where the record is translated into that language, at that field."""
    opts = record._meta
    address = reverse("admin:translation_desk", args=[code, opts.app_label, opts.model_name, record.pk])
    return f"{address}#field-{field}" if field else address


@require_http_methods(["GET", "HEAD", "POST"])
def translation_desk(request, language, app_label, model_name, pk):
    record = _record(request.user, language, app_label, model_name, pk)
    if request.method == "POST":
        return _act(request, record, language)
    return _page(request, record, language)


@require_GET
def next_record(request, language, app_label, model_name, pk):
    """The next record of this language that has a stale or missing text."""
    record = _record(request.user, language, app_label, model_name, pk)
    found = next_to_do(Selection(texts_for(request.user, language=language)), record, language)
    if not found:
        messages.success(request, f"No other record has a stale or missing text in {_name(language)}.")
        return redirect(f"{reverse('admin:translations')}?language={language}")
    model, key = found
    return redirect(desk_address(model(pk=key), language))


def _record(user, language, app_label, model_name, pk):
    """404 for what does not exist or is not translated; 403 for a language that is not the user's."""
    wanted = f"{app_label}.{model_name}"
    model = next((one for one in publishable_models() if one._meta.label_lower == wanted), None)
    if model is None or language not in languages.translations():
        raise Http404("No such record is translated into this language.")
    if not may_edit_text(user, model, language):
        raise PermissionDenied
    return get_object_or_404(model._default_manager, pk=pk)


def _act(request, record, language):
    verb = request.POST.get("verb", "save")
    if verb == "submit":
        return _submit(request, record, language)
    name = request.POST.get("field", "")
    if verb not in VERBS or name not in translated_fields(type(record)):
        raise Http404("There is no such field to translate.")
    try:
        VERBS[verb](request, record, name, language)
    except ValidationError as error:
        return _page(request, record, language, refused=(name, error))
    record.refresh_from_db()
    rows, _unused = rows_of(record, language)
    onward = next_of(rows, name) if verb == "save_next" else None
    target = onward.name if onward else name
    return redirect(f"{desk_address(record, language)}?done={verb}:{name}#field-{target}")


def _save(request, record, name, language):
    data = request.POST
    save_translation(
        record,
        name,
        language,
        data.get("text", ""),
        shown_source=data.get("shown_source", ""),
        shown_text=data.get("shown_text", ""),
        by=request.user,
    )


def _still_right(request, record, name, language):
    shown = {key: request.POST.get(key, "") for key in ("shown_source", "shown_text")}
    still_right(record, name, language, **shown, by=request.user)


def _minor(request, record, name, language):
    if not may_write(request.user, type(record)):
        raise PermissionDenied
    edit_was_minor(record, name, language, shown_source=request.POST.get("shown_source", ""), by=request.user)


VERBS = {"save": _save, "save_next": _save, "still_right": _still_right, "minor": _minor}


def _submit(request, record, language):
    try:
        submit([(record, language)], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, f"Submitted for review in {_name(language)}. A manager approves or sends it back."
        )
    return redirect(desk_address(record, language))


def _page(request, record, language, refused=None):
    record.refresh_from_db()
    rows, unused = rows_of(record, language)
    if refused:
        rows = [_as_typed(request, row, refused[1]) if row.name == refused[0] else row for row in rows]
    standing = standings([record])[record.pk][language]
    writes = may_write(request.user, type(record))
    onward = next_of(rows)
    context = admin.site.each_context(request) | {
        "title": f"{record} in {_name(language)}",
        "record": record,
        "kind": capfirst(record._meta.verbose_name),
        "language": language,
        "language_name": _name(language),
        "own_name": languages.own_name(language),
        "marking": languages.marked(language),
        "source_code": languages.SOURCE,
        "source_name": languages.english_name(languages.SOURCE),
        "own_title": next((row.text for row in rows if row.name == "title"), ""),
        "rows": rows,
        "unused": ", ".join(unused),
        "media": media_of(rows),
        "summary": counted(rows),
        "is_done": all_current(rows),
        "first_to_do": onward,
        "done": _done(request, rows),
        "refused": refused[0] if refused else "",
        "may_write": writes,
        "standing": standing,
        "public": publication(standing.state, standing.at),
        "working": working(standing.working),
        "may_submit": standing.working == "changed",
        "required_missing": _labels(record, missing_texts(record, language)),
        "others": [
            (code, _name(code), desk_address(record, code))
            for code in _others(request.user, record, language)
        ],
        "links": _links(request.user, record, language, standing, writes),
        "next_record": reverse(
            "admin:translation_next",
            args=[language, record._meta.app_label, record._meta.model_name, record.pk],
        ),
        "draft_key": f"translation:{request.user.pk}:{record._meta.label_lower}:{record.pk}:{language}",
    }
    status = 200
    if refused:
        status = 409 if isinstance(refused[1], MovedOn) else 422
    return TemplateResponse(request, "admin/publishing/translations/desk.html", context, status=status)


def _as_typed(request, row, error):
    """The row as its translator left it. After somebody else's save the box is compared with theirs from now on, so the
    next save is made knowingly; the source stays the one that the translator saw."""
    moved = isinstance(error, MovedOn)
    shown_text = error.theirs if moved else request.POST.get("shown_text", "")
    return replace(
        row,
        typed=request.POST.get("text", row.text),
        shown_source=request.POST.get("shown_source", row.shown_source),
        shown_text=shown_text,
        errors=error.messages,
        theirs=error.theirs if moved else None,
    )


DONE = {
    "save": "{} is saved.",
    "save_next": "{} is saved.",
    "still_right": "{} is current: it says what the source says.",
    "minor": "{}: the edit of the source was minor.",
}


def _done(request, rows):
    """What the last save made of its field, for the line that stays in view."""
    verb, _, name = request.GET.get("done", "").partition(":")
    row = next((row for row in rows if row.name == name), None)
    if row is None or verb not in DONE:
        return None
    if row.state == STALE:
        words = f"{row.label} is saved, but stale: the source changed after you had opened it."
        return {"words": words, "tone": "soon", "icon": "stale", "field": name}
    return {"words": DONE[verb].format(row.label), "tone": "good", "icon": "done", "field": name}


def _labels(record, names):
    return ", ".join(str(record._meta.get_field(name).verbose_name) for name in names)


def _others(user, record, language):
    return [
        code
        for code in languages.translations()
        if code != language and may_edit_text(user, type(record), code)
    ]


def _links(user, record, language, standing, writes):
    """Where else this record is looked at, of what the user may open: (words, address)."""
    opts, links = record._meta, []
    if writes:
        links.append(("Record", _address(f"admin:{opts.app_label}_{opts.model_name}_change", record.pk)))
    if writes or may_publish(user, type(record)):
        links.append(
            ("Publication", _address(f"admin:{opts.app_label}_{opts.model_name}_publication", record.pk))
        )
    if standing.live_since and hasattr(record, "get_absolute_url"):
        with translation.override(language):
            links.append(("View on site", record.get_absolute_url()))
    return [(words, address) for words, address in links if address]


def _address(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _name(code):
    return languages.english_name(code)


ONE = "<str:language>/<str:app_label>.<str:model_name>/<int:pk>/"
urlpatterns = [
    path("", overview, name="translations"),
    path(ONE, translation_desk, name="translation_desk"),
    path(f"{ONE}next/", next_record, name="translation_next"),
]
