"""The public form and its thank-you page. No cookie, no store, no token: see docs/decisions/0005-enquiries.md."""

from functools import cache
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from enquiries import intake, suspicion
from enquiries.choices import OpportunityChoices, sector_choices
from enquiries.forms import EnquiryForm
from enquiries.forms.fields import showing_unreadable
from enquiries.models import Enquiry
from publishing.formats import format_deadline
from publishing.public_pages import page_context

THANKS = "enquiries.thanks"
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}
OWN_SITE = {"", "same-origin", "none"}


@login_not_required
@csrf_exempt
@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request):
    """The form; and what it sends, stored and answered with the address of the thank-you page."""
    if request.method == "POST":
        refuse_foreign(request)
        refuse_undecodable(request)
    offered = OpportunityChoices(request.LANGUAGE_CODE)
    form = EnquiryForm(
        request.POST if request.method == "POST" else None,
        sectors=cache(sector_choices),
        opportunities=lambda: offered.pairs,
        chosen=opened_with(request, offered),
        page=page_before(request),
    )
    if form.is_bound and form.is_valid():
        enquiry = intake.receive(form, circumstances(request, form, offered))
        token = signing.dumps(enquiry.pk, salt=THANKS)
        return HttpResponseRedirect(reverse("enquiries:thanks", args=[token]), status=303)
    chosen, others = offered.split(form["opportunities"].value())
    context = page_context(request) | {
        "section": "enquire",
        "form": form,
        "chosen": chosen,
        "others": others,
        "trap": suspicion.TRAP,
    }
    return render(request, "enquiries/enquire.html", context, status=422 if form.is_bound else 200)


@login_not_required
@cache_control(no_store=True)
@require_safe
def thanks(request, token):
    """Reference and promise. The address holds no personal data, and nobody can make one up."""
    try:
        pk = signing.loads(token, salt=THANKS)
    except signing.BadSignature as error:
        raise Http404("This address was not made by us.") from error
    enquiry = get_object_or_404(Enquiry.objects.only("reference", "promised_by"), pk=pk)
    promise = format_deadline(enquiry.promised_by, request.LANGUAGE_CODE)
    context = page_context(request) | {"section": "enquire", "enquiry": enquiry, "promise": promise}
    return render(request, "enquiries/thanks.html", context)


def refuse_foreign(request):
    """A form that stands on somebody else's page is not ours, whatever it sends."""
    origin = request.headers.get("Origin", "")
    own = {
        _origin_of(request.build_absolute_uri("/")),
        _origin_of(settings.SITE_URL),
        *settings.CSRF_TRUSTED_ORIGINS,
    }
    if (origin and origin not in own) or request.headers.get("Sec-Fetch-Site", "") not in OWN_SITE:
        raise PermissionDenied("This form was sent from another website.")


def _origin_of(address):
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def refuse_undecodable(request):
    """Django would put a mark in place of bytes that are not UTF-8, and we would store what nobody wrote."""
    if request.content_type not in FORM_TYPES:
        raise BadRequest("Only a form can be sent here.")
    if request.content_type == "application/x-www-form-urlencoded":
        try:
            unquote_to_bytes(request.body).decode()
        except UnicodeDecodeError as error:
            raise BadRequest("The form is not in UTF-8.") from error
    elif request.FILES:
        raise BadRequest("The form takes no files.")


def page_before(request):
    """The page that led to the form, where it is one of ours: its path, and the campaign that stood in its address, for
    there is no cookie to remember it."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # not an address at all
        return ""
    if parts.netloc != request.get_host():
        return ""
    given = QueryDict(parts.query, mutable=True)
    campaign = urlencode({name: given[name][:100] for name in intake.CAMPAIGN if given.get(name)})
    return parts.path[:300] + (f"?{campaign}" if campaign else "")


def circumstances(request, form, offered):
    """What led to the form. A campaign in its own address is the newer one."""
    path, _, query = form.cleaned_data["page"].partition("?")
    given = request.GET if any(request.GET.get(name) for name in intake.CAMPAIGN) else QueryDict(query)
    return intake.Circumstances(
        language=request.LANGUAGE_CODE,
        trap=request.POST.get(suspicion.TRAP, ""),
        campaign=tuple(_short(given.get(name, ""), 100) for name in intake.CAMPAIGN),
        page=_short(path, 300),
        shortlist=tuple(opened_with(request, offered)),
    )


def opened_with(request, offered):
    """The opportunities in the address of the form, each once: one page's, or a shortlist."""
    return dict.fromkeys(slug for slug in request.GET.getlist("o") if slug in offered)


def _short(text, limit):
    return showing_unreadable(text)[:limit]
