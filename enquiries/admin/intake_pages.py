"""How an enquiry gets in without the website (by hand, from a mail), and who its sender is in our records: the pages,
and the panel on the record. All of it shows people, so only to those who may see them."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enquiries import by_hand, incoming, known
from enquiries.admin import incoming_pages
from enquiries.admin.intake_panel import panel
from enquiries.eml import NotAMail
from enquiries.forms.by_hand import ByHandForm, ReceiptForm, UploadForm
from enquiries.models import IncomingMail
from enquiries.triage import NotPossible
from partners.models import Organisation, Person
from publishing.desk.uploads import accepts_file

__all__ = ["panel", "urls"]

CHANGE, SEE_PEOPLE = "enquiries.change_enquiry", "partners.view_person"
RECENT = 12


def urls(model_admin):
    """`by-hand/`, `upload/`, `incoming/<pk>/…` and `<pk>/match/` and the like, all beneath the list of enquiries."""
    get, post, both = require_GET, require_POST, require_http_methods(["GET", "POST"])
    upload = both(partial(upload_page, model_admin))
    upload = accepts_file(incoming.MOST_BYTES, partial(too_large, model_admin))(upload)
    pages = [
        ("by-hand/", both(partial(by_hand_page, model_admin)), "by_hand"),
        ("upload/", upload, "upload"),
        ("incoming/<int:pk>/", get(partial(incoming_pages.incoming_page, model_admin)), "incoming"),
        ("incoming/<int:pk>/original/", get(incoming_pages.original), "incoming_original"),
        ("incoming/<int:pk>/belongs/", post(partial(incoming_pages.resort, model_admin)), "incoming_belongs"),
        ("<int:object_id>/match/", post(partial(match, model_admin)), "match"),
        ("<int:object_id>/checked/", post(partial(checked, model_admin)), "checked"),
        ("<int:object_id>/receipt/", both(partial(receipt_page, model_admin)), "receipt"),
    ]
    view = model_admin.admin_site.admin_view
    return [path(address, view(page), name=f"enquiries_enquiry_{name}") for address, page, name in pages]


def require_officer(request):
    if not request.user.has_perms([CHANGE, SEE_PEOPLE]):
        raise PermissionDenied


def enquiry_to_change(model_admin, request, object_id):
    require_officer(request)
    enquiry = model_admin.get_object(request, str(object_id))
    if enquiry is None:
        raise Http404(object_id)
    return enquiry


def page_of(model_admin, request, template, title, status=200, **context):
    shared = model_admin.admin_site.each_context(request) | {"title": title, "opts": model_admin.opts}
    return TemplateResponse(request, f"enquiries/admin/{template}.html", shared | context, status=status)


def by_hand_page(model_admin, request):
    """The form for a call, a meeting, a letter. What was typed is kept when something is wrong with it."""
    require_officer(request)
    form = ByHandForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        enquiry = by_hand.enter(form, by=request.user)
        messages.success(request, f"{enquiry.reference} is entered. Its clock runs from its receipt.")
        if form.cleaned_data["acknowledge"] and not enquiry.mails.filter(kind="acknowledgement").exists():
            messages.warning(
                request, "No acknowledgement was sent: what it promises is over already. Answer now."
            )
        return redirect("admin:enquiries_enquiry_change", enquiry.pk)
    return page_of(
        model_admin,
        request,
        "by_hand",
        "Enter an enquiry by hand",
        form=form,
        status=422 if form.is_bound else 200,
    )


def _upload_form_page(model_admin, request, form, status=200):
    recent = (
        IncomingMail.objects.defer("raw").select_related("enquiry", "uploaded_by").order_by("-pk")[:RECENT]
    )
    rows = [incoming_pages.row_of(row) for row in recent]
    return page_of(model_admin, request, "upload", "Upload a mail", form=form, recent=rows, status=status)


def _refused(words):
    form = UploadForm({}, {})
    form.full_clean()
    form.errors.clear()
    form.add_error("file", words)
    return form


def too_large(model_admin, request):
    """Answers a file that is too large, from what its sender says of it and before it is read."""
    if not request.user.has_perms([CHANGE, SEE_PEOPLE]):
        raise RequestDataTooBig("The body is larger than any form of ours.")
    return _upload_form_page(model_admin, request, _refused(incoming.TOO_LARGE), status=413).render()


def upload_page(model_admin, request):
    """Takes one mail in and leads to what became of it."""
    require_officer(request)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not form.is_bound or not form.is_valid():
        return _upload_form_page(model_admin, request, form, status=422 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    if file.size > incoming.MOST_BYTES:
        return _upload_form_page(model_admin, request, _refused(incoming.TOO_LARGE), status=413)
    try:
        taken = incoming.take_in(file.read(), acknowledge=form.cleaned_data["acknowledge"], by=request.user)
    except (NotAMail, NotPossible) as refusal:
        words = refusal.messages if isinstance(refusal, ValidationError) else str(refusal)
        return _upload_form_page(model_admin, request, _refused(words), status=422)
    level = messages.SUCCESS if taken.is_new else messages.WARNING
    for words in taken.said:
        messages.add_message(request, level, words)
    return redirect("admin:enquiries_enquiry_incoming", taken.row.pk)


def receipt_page(model_admin, request, object_id):
    """Corrects when an enquiry was received."""
    enquiry = enquiry_to_change(model_admin, request, object_id)
    initial = {"received_at": enquiry.received_at}
    form = ReceiptForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            typed = form.cleaned_data
            by_hand.correct_receipt(enquiry, typed["received_at"], why=typed["why"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "The time of receipt is corrected, and what is owed is reckoned anew.")
            return redirect("admin:enquiries_enquiry_change", enquiry.pk)
    status = 422 if form.is_bound else 200
    title = f"Correct the time of receipt: {enquiry.reference}"
    return page_of(model_admin, request, "receipt", title, form=form, enquiry=enquiry, status=status)


def checked(model_admin, request, object_id):
    enquiry = enquiry_to_change(model_admin, request, object_id)
    by_hand.details_checked(enquiry, by=request.user)
    messages.success(request, "The details are marked as checked.")
    return redirect("admin:enquiries_enquiry_change", enquiry.pk)


def match(model_admin, request, object_id):
    """Says who the sender is, or that they are not; one verb a form."""
    enquiry = enquiry_to_change(model_admin, request, object_id)
    try:
        messages.success(request, _matched(request, enquiry))
    except NotPossible as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("admin:enquiries_enquiry_change", enquiry.pk)


def _matched(request, enquiry):
    typed, by = request.POST, request.user
    more = {
        "with_contacts": "contacts" in typed and by.has_perm("partners.add_contactpoint"),
        "with_consents": "consents" in typed and by.has_perm("partners.add_consent"),
    }
    match typed.get("verb"):
        case "person":
            person = get_object_or_404(Person, pk=_number(typed.get("person")))
            known.is_person(enquiry, person, **more, by=by)
            return f"The sender is {person}."
        case "not-person":
            known.not_person(enquiry, by=by)
            return "Taken back. What they got from this enquiry is gone from them too."
        case "new-person":
            _require(by, "partners.add_person")
            return f"{known.add_person(enquiry, **more, by=by).person} is in our records now."
        case "organisation":
            organisation = get_object_or_404(Organisation, pk=_number(typed.get("organisation")))
            known.is_organisation(enquiry, organisation, by=by)
            return f"They write for {organisation}."
        case "not-organisation":
            known.not_organisation(enquiry, by=by)
            return "Taken back."
        case "new-organisation":
            _require(by, "partners.add_organisation")
            return f"{known.add_organisation(enquiry, by=by).known_organisation} is in our records now."
    raise Http404("No such verb.")


def _require(user, permission):
    if not user.has_perm(permission):
        raise PermissionDenied


def _number(text):
    if not (text or "").isdecimal() or len(text) > 18:
        raise Http404("Not a number.")
    return int(text)
