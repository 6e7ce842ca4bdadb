"""Writing to the investor: the page of a reply, its files, what can be done after it has gone; and logging a contact
by hand. Only who may see people and change enquiries gets here."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enquiries import replies, reply_files
from enquiries.admin.contact_page import log_contact
from enquiries.admin.reply_editor import answer, typed_of
from enquiries.admin.reply_panel import enquiry_for, may_see, panel_of
from enquiries.forms.reply_form import ReplyForm
from enquiries.models import Reply, ReplyAttachment, ReplyTemplate
from enquiries.triage import NotPossible
from publishing.desk.uploads import accepts_file

SHOWN_ONLY = "_kept"
AFTER_SIGNING_IN = "Your session had ended. What you typed stands below; look it over and save it."


def panel(request, enquiry):
    return panel_of(request, enquiry)


def urls(model_admin):
    """Addresses below the record of an enquiry."""
    pages = [
        ("reply/", reply_page, "reply"),
        ("reply/autosave/", autosave, "reply_autosave"),
        ("reply/attach/", attach, "reply_attach"),
        ("reply/files/<int:pk>/", attachment, "reply_attachment"),
        ("reply/<int:pk>/take-back/", take_back, "reply_take_back"),
        ("reply/<int:pk>/not-reached/", not_reached, "reply_not_reached"),
        ("log-contact/", log_contact, "log_contact"),
    ]
    found = []
    for address, view, name in pages:
        wrapped = model_admin.admin_site.admin_view(partial(view, model_admin=model_admin))
        wrapped.keeps_typed = view in {reply_page, log_contact}
        wrapped.accepts_file = getattr(view, "accepts_file", None)
        found.append(path(f"<int:object_id>/{address}", wrapped, name=f"enquiries_enquiry_{name}"))
    return found


@require_http_methods(["GET", "POST"])
def reply_page(request, object_id, *, model_admin):
    """The draft; its buttons say what to do with it, each after saving it: keep, begin with a template, remove a file,
    send, discard."""
    enquiry = enquiry_for(request, object_id)
    if request.method == "GET":
        return answer(model_admin, request, replies.draft_of(enquiry, by=request.user))
    if SHOWN_ONLY in request.POST:
        messages.warning(request, AFTER_SIGNING_IN)
        return answer(model_admin, request, typed_of(enquiry, request))
    verb, _, about = request.POST.get("verb", "save").partition(":")
    if verb == "discard":
        replies.discard(enquiry, by=request.user)
        messages.success(request, "The draft is discarded.")
        return _to_record(enquiry)
    return _saved(model_admin, request, enquiry, lambda reply: _then(request, enquiry, reply, verb, about))


def _saved(model_admin, request, enquiry, then):
    """Save what was typed, then do what was asked. Whatever is refused, what was typed stands on the page."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return answer(model_admin, request, typed_of(enquiry, request), said=_words(form), status=422)
    try:
        reply = replies.save(
            enquiry, form.cleaned_data, version=form.cleaned_data["version"], by=request.user, fill=True
        )
    except replies.OlderSave as error:
        typed = typed_of(enquiry, request, version=error.draft.version if error.draft else 0)
        return answer(model_admin, request, typed, said=error.messages, theirs=error.draft, status=409)
    try:
        return then(reply)
    except NotPossible as error:
        return answer(model_admin, request, reply, said=error.messages, status=422)


def _then(request, enquiry, reply, verb, about):
    again = HttpResponseRedirect(reverse("admin:enquiries_enquiry_reply", args=[enquiry.pk]))
    if name := request.POST.get("file"):
        raise NotPossible(f"“{name[:100]}” is chosen and not attached yet. Press “Attach” first.")
    if verb == "send":
        replies.send(enquiry, version=reply.version, by=request.user)
        messages.success(request, "Your reply goes in a minute. Until then you can take it back.")
        return _to_record(enquiry)
    if verb == "template":
        _begin(enquiry, reply, request.POST.get("template", ""), by=request.user)
    elif verb == "remove" and about.isdigit():
        reply_files.detach(reply, int(about))
        messages.success(request, "The file is removed.")
    else:
        messages.success(request, f"Saved at {timezone.localtime(reply.saved_at):%H:%M}.")
    return again


def _begin(enquiry, reply, chosen, *, by):
    key, _, code = chosen.rpartition(":")
    template = ReplyTemplate.objects.offered().filter(key=key).first()
    if template is None or not template.written_in(code):
        raise NotPossible("Choose a template first.")
    reply.language = code
    replies.begin_with(reply, template)
    given = {name: getattr(reply, name) for name in replies.FIELDS}
    replies.save(enquiry, given, version=reply.version, by=by)


@require_POST
def autosave(request, object_id, *, model_admin):
    """What reply.js sends while somebody types. Nothing in the text is changed."""
    enquiry, form = enquiry_for(request, object_id), ReplyForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(_words(form))}, status=422)
    try:
        reply = replies.save(
            enquiry, form.cleaned_data, version=form.cleaned_data["version"], by=request.user
        )
    except NotPossible as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=409)
    return JsonResponse(
        {"version": reply.version, "saved_at": f"{timezone.localtime(reply.saved_at):%H:%M:%S}"}
    )


def too_large(request):
    """Answers a file that is too large before it is read: what was typed came with it and is not read either."""
    messages.error(request, f"{reply_files.TOO_LARGE} What you had typed before is saved.")
    return HttpResponseRedirect(request.path.removesuffix("attach/"))


@accepts_file(reply_files.MOST_BYTES + 256 * 1024, too_large)
@require_http_methods(["GET", "POST"])
def attach(request, object_id, *, model_admin):
    enquiry = enquiry_for(request, object_id)
    again = HttpResponseRedirect(reverse("admin:enquiries_enquiry_reply", args=[enquiry.pk]))
    if request.method == "GET":
        return again

    def with_file(reply):
        upload = request.FILES.get("file")
        if upload is None:
            raise NotPossible("Choose a file first.")
        messages.success(request, f"“{reply_files.attach(reply, upload).name}” is attached.")
        return again

    return _saved(model_admin, request, enquiry, with_file)


@require_safe
def attachment(request, object_id, pk, *, model_admin):
    """A file of a reply, for who may see the enquiry and its people; always as a download."""
    may_see(request)
    row = get_object_or_404(ReplyAttachment, pk=pk, reply__enquiry=object_id)
    file = row.file.open("rb")
    return FileResponse(file, as_attachment=True, filename=row.name, content_type=row.content_type)


@require_POST
def take_back(request, object_id, pk, *, model_admin):
    enquiry = enquiry_for(request, object_id)
    reply = get_object_or_404(Reply, pk=pk, enquiry=enquiry)
    try:
        is_draft = replies.take_back(reply, by=request.user)
    except NotPossible as error:
        messages.error(request, " ".join(error.messages))
        return _to_record(enquiry)
    if not is_draft or reply.by_id != request.user.pk:
        messages.success(request, "It is taken back and does not go. Its text is kept with it.")
        return _to_record(enquiry)
    messages.success(request, "It is taken back and does not go. Here is your text again.")
    return HttpResponseRedirect(reverse("admin:enquiries_enquiry_reply", args=[enquiry.pk]))


@require_POST
def not_reached(request, object_id, pk, *, model_admin):
    """It came back: with the reason, in an officer's words."""
    enquiry = enquiry_for(request, object_id)
    reply = get_object_or_404(Reply, pk=pk, enquiry=enquiry)
    try:
        replies.not_reached(reply, why=request.POST.get("why", ""), by=request.user)
    except NotPossible as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.warning(request, "Noted: it did not reach them, and counts as no answer.")
    return _to_record(enquiry)


def _words(form):
    names = {
        "to": "To",
        "subject": "Subject",
        "body": "Text",
        "shortlist": "Shortlist",
        "language": "Language",
    }
    return [
        f"{names[name]}: {words}" if name in names else words
        for name, found in form.errors.items()
        for words in ValidationError(found.data).messages
    ]


def _to_record(enquiry):
    return HttpResponseRedirect(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]))
