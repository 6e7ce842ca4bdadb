"""Texts out to translators and back: take out, bring back, see what a file would do, import, undo."""

from collections import defaultdict

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from publishing import languages
from publishing.desk.display import day_of, moment, tag
from publishing.desk.exchange_forms import FORMATS, BringBackForm, TakeOutForm, is_number, languages_of
from publishing.desk.exchange_rows import page_of, summary
from publishing.desk.uploads import accepts_file
from publishing.exchange.applying import IMPORTED, LEFT, apply_rows, undo
from publishing.exchange.dry_run import Row, dry_run, read_file
from publishing.exchange.entries import entries_of
from publishing.exchange.files import MOST_BYTES, MOST_TEXTS, TOO_LARGE, FileRefused
from publishing.models import Import

RECENT = 12
MOST_CHOSEN = 500
NOTHING = "No text is in these states, so there is nothing to take out."
TOO_MANY = f"More than {MOST_TEXTS:,} texts: no file holds as many. Choose fewer kinds of records or states."
STAGES = {
    Import.Stage.DRY_RUN: tag("Dry run", "tide", "review"),
    Import.Stage.APPLIED: tag("Imported", "good", "done"),
    Import.Stage.UNDONE: tag("Undone", "plain", "back"),
}


@require_GET
def exchange(request):
    """Both forms; with the texts chosen in the list of translations (`text=opportunities.opportunity:1:ko`), those."""
    texts = [text.split(":") for text in request.GET.getlist("text")[:MOST_CHOSEN]]
    texts = [text for text in texts if len(text) == 3 and is_number(text[1])]
    if not texts:
        return exchange_page(request)
    pks, codes = defaultdict(set), {code for _, _, code in texts}
    for label, pk, _ in texts:
        pks[label].add(pk)
    language = {"language": codes.pop()} if len(codes) == 1 else {}
    return _with_chosen(
        request, {label: sorted(found, key=int) for label, found in pks.items()}, "record", language
    )


def _with_chosen(request, pks, name, initial=None):
    """The page with records that were chosen elsewhere."""
    records = ";".join(f"{label}:{','.join(map(str, found))}" for label, found in pks.items())
    form = TakeOutForm(user=request.user, initial={"records": records, "states": []} | (initial or {}))
    return exchange_page(request, out=form, chosen=_counted(sum(map(len, pks.values())), name))


def exchange_page(request, out=None, back=None, status=200, chosen=""):
    """The page with both forms and the latest imports."""
    codes = languages_of(request.user)
    if not codes:
        raise PermissionDenied
    recent = Import.objects.filter(language__in=codes).select_related("by").defer("rows")[:RECENT]
    context = admin.site.each_context(request) | {
        "title": "Files out and back",
        "out": out or TakeOutForm(user=request.user),
        "back": back or BringBackForm(prefix="back"),
        "chosen": chosen,
        "recent": [
            {
                "found": found,
                "stage": STAGES[found.stage],
                "at": moment(found.at),
                "own_name": _own_name(found.language),
            }
            for found in recent
        ],
    }
    return TemplateResponse(request, "admin/publishing/exchange/exchange.html", context, status=status)


def _shown(found):
    return {
        "found": found,
        "stage": STAGES[found.stage],
        "at": moment(found.at),
        "applied_at": moment(found.applied_at),
        "undone_at": moment(found.undone_at),
        "own_name": _own_name(found.language),
    }


def _own_name(code):
    return languages.own_name(code) if code in languages.codes() else code


@admin.action(description="Take out for translation…")
def take_out(model_admin, request, queryset):
    """Admin action: the records chosen in a list, to take out as a file."""
    opts = model_admin.opts
    if not languages_of(request.user):
        model_admin.message_user(request, "You may not translate.", messages.ERROR)
        return None
    pks = list(queryset.order_by("pk").values_list("pk", flat=True))
    return _with_chosen(request, {opts.label_lower: pks}, "record")


@require_POST
def take_out_file(request):
    """The texts asked for, as a file."""
    form = TakeOutForm(request.POST, user=request.user)
    if request.POST.get("out-language") in languages.translations():
        _require_language(request.user, request.POST["out-language"])
    if not form.is_valid():
        return exchange_page(request, out=form)
    chosen = form.cleaned_data
    entries = entries_of(form.chosen_records(), chosen["language"], chosen["states"])
    if not entries or len(entries) > MOST_TEXTS:
        form.add_error(None, TOO_MANY if entries else NOTHING)
        return exchange_page(request, out=form)
    file_format = FORMATS[chosen["file_format"]]
    try:
        content = _written(file_format, entries, chosen["language"])
    except FileRefused as error:
        form.add_error(None, error)
        return exchange_page(request, out=form)
    name = f"translations-{chosen['language']}-{timezone.localtime():%Y-%m-%d-%H%M}.{file_format.EXTENSION}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=file_format.CONTENT_TYPE, headers=headers)


def _written(file_format, entries, language):
    if file_format is FORMATS["xlsx"]:
        return file_format.write(entries, language, made=day_of(timezone.now()))
    return file_format.write(entries, language)


def _require_language(user, code):
    if code not in languages_of(user):
        raise PermissionDenied


def too_large(request):
    """Answers a file that is too large, from what its sender says of it and before it is read."""
    if not languages_of(request.user):
        raise RequestDataTooBig("The body is larger than any form of ours.")
    return exchange_page(request, back=_refused(TOO_LARGE), status=413).render()


def _refused(error):
    form = BringBackForm({}, {}, prefix="back")
    form.full_clean()
    form.errors.clear()
    form.add_error("file", error)
    return form


@accepts_file(MOST_BYTES, too_large)
@require_http_methods(["GET", "POST"])
def bring_back(request):
    """Reads a file and keeps what it would do. A file that is not safe to read is refused with a sentence."""
    if request.method == "GET":
        return redirect("admin:exchange")
    if not languages_of(request.user):
        raise PermissionDenied
    form = BringBackForm(request.POST, request.FILES, prefix="back")
    if not form.is_valid():
        return exchange_page(request, back=form)
    file = form.cleaned_data["file"]
    try:
        arrival = read_file(file.read())
    except FileRefused as error:
        return exchange_page(request, back=_refused(error))
    _require_language(request.user, arrival.language)
    found = dry_run(arrival, file_name=file.name, by=request.user)
    return redirect("admin:exchange_import", found.pk)


@require_GET
def import_of(request, act):
    """Leads from an Act to the import that it is of, where it can be undone."""
    return redirect("admin:exchange_import", get_object_or_404(Import.objects.only("pk"), act=act).pk)


@require_http_methods(["GET", "POST"])
def import_page(request, pk):
    """What one file would do or did."""
    found = get_object_or_404(Import.objects.select_related("by"), pk=pk)
    _require_language(request.user, found.language)
    if request.method == "POST":
        _do(request, found)
        return redirect("admin:exchange_import", found.pk)
    rows = [Row(**row) for row in found.rows]
    context = admin.site.each_context(request) | {
        "title": found.file_name,
        **_shown(found),
        "summary": summary(rows, found.stage),
        "page": page_of(rows, found, request.GET),
        "may_undo": found.stage == Import.Stage.APPLIED,
    }
    return TemplateResponse(request, "admin/publishing/exchange/import.html", context)


def _do(request, found):
    verb = request.POST.get("verb")
    try:
        if verb == "undo":
            _say_undone(request, [Row(**row) for row in undo(found.pk, by=request.user).rows])
        elif verb in {"chosen", "all"}:
            places = range(len(found.rows)) if verb == "all" else _places(request.POST.getlist("row"))
            wanted = {place for place in places if place < len(found.rows) and not found.rows[place]["done"]}
            rows = [Row(**row) for row in apply_rows(found.pk, wanted, by=request.user).rows]
            _say_imported(request, [row for place, row in enumerate(rows) if place in wanted])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def _places(values):
    return {int(value) for value in values if is_number(value)}


def _say_imported(request, rows):
    done = [row for row in rows if row.done == IMPORTED]
    left = sum(row.done == LEFT for row in rows)
    if done:
        records = len({(row.model, row.pk) for row in done})
        messages.success(request, f"Imported {_texts(len(done))} of {_counted(records, 'record')}.")
    if left:
        messages.warning(request, f"Left as here, because changed since the dry run: {_texts(left)}.")


def _say_undone(request, rows):
    undone, kept = (sum(row.done == word for row in rows) for word in ("undone", "kept"))
    if undone:
        messages.success(request, f"Undone: {_texts(undone)} put back as before the import.")
    if kept:
        messages.warning(request, f"Kept, because changed after the import: {_texts(kept)}.")


def _texts(count):
    return _counted(count, "text")


def _counted(count, name):
    return f"{count:,} {name}{'' if count == 1 else 's'}"


urlpatterns = [
    path("", exchange, name="exchange"),
    path("take-out/", take_out_file, name="exchange_take_out"),
    path("bring-back/", bring_back, name="exchange_bring_back"),
    path("imports/<int:pk>/", import_page, name="exchange_import"),
    path("imports/of/<uuid:act>/", import_of, name="exchange_import_of"),
]
