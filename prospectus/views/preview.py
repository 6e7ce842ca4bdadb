"""Previews of one record in the real page: for staff the working copy, for somebody with a link the text it keeps.

Nothing of them is stored or indexed by anybody, and no other address becomes readable by them.
"""

from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from prospectus.hits import with_slugs
from prospectus.previews import Preview, place_of
from prospectus.views.base import PublicPage, preview_context
from prospectus.views.events import READERS_ZONES
from publishing import languages
from publishing.formats import LONDON, format_datetime
from publishing.models.publishable import publishable_models
from publishing.previews import links_signed, may_preview
from publishing.public_pages import page_context
from publishing.publication import WorkingCopy

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def unseen(view):
    """The answer is stored by nobody, indexed by nobody, and no site that it links to learns its address."""

    @wraps(view)
    def headed(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return headed


class NowherePage(PublicPage):
    """The texts of a record that no page would show yet, so that they can be read nevertheless."""

    template_name = "prospectus/preview/nowhere.html"

    def get_context_data(self, **kwargs):
        reading = self.read([self.preview.record])[self.preview.record]
        names = [name for name in self.preview.texts if name != "title"]
        return super().get_context_data(**kwargs) | {"reading": reading, "names": names}


@require_safe
@unseen
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview(request, label, pk):
    """The working copy, for staff; framed by the preview page of the desk, and by nothing else."""
    model = next((one for one in publishable_models() if one._meta.label_lower == label), None)
    if model is None:
        raise Http404(label)
    in_languages = tuple(code for code in languages.codes() if may_preview(request.user, model, code))
    language = request.LANGUAGE_CODE
    if not request.user.is_staff or language not in in_languages:
        raise PermissionDenied
    record = get_object_or_404(model, pk=pk)
    in_frame = "frame" in request.GET
    return shown(
        request,
        record,
        language,
        WorkingCopy.of(record, language).texts,
        languages=(language,) if in_frame else in_languages,
        back="" if in_frame else way_back(request.user, record),
        in_frame=in_frame,
    )


def way_back(user, record):
    """The record in admin, for those who may open it there."""
    options = record._meta
    if not any(
        user.has_perm(f"{options.app_label}.{verb}_{options.model_name}") for verb in ("view", "change")
    ):
        return ""
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])


@login_not_required
@require_safe
@unseen
def preview_link(request, token):
    """The text that a link keeps. An address that we did not sign, or signed for another language, is no page."""
    language = request.LANGUAGE_CODE
    link = with_slugs(links_signed(token).filter(language=language), language).first()
    if link is None:
        raise Http404("preview")
    if link.slug is None or not link.is_open:  # without a slug its record is gone
        return ended(request, link)
    model = ContentType.objects.get_for_id(link.record_type_id).model_class()
    record = model(pk=link.record_id, slug=link.slug)  # who it is; the page reads the rest
    zones = dict.fromkeys([READERS_ZONES.get(language, LONDON), LONDON])
    return shown(
        request,
        record,
        language,
        link.texts,
        languages=(language,),
        until=link.expires_at,
        until_shown=format_datetime(link.expires_at, zones=tuple(zones)),
    )


def shown(request, record, language, texts, **more):
    """The page where readers find the record, with these texts in its edition's place."""
    place = place_of(record, language)
    preview = Preview(record, language, texts, anchor=place.anchor if place else "", **more)
    if place is None:
        return NowherePage.as_view(preview=preview)(request)
    view, arguments = place.view(preview)
    return view(request, **arguments)


def ended(request, link):
    """410: the link was revoked, has come to its end, or its record is gone."""
    context = page_context(request)
    preview = Preview(None, link.language, {}, languages=(link.language,))
    context |= preview_context(preview, context["switcher"])
    return render(request, "prospectus/preview/ended.html", context, status=410)
