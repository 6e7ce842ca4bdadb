"""Covers as files of their own: drawn from the facts of what is readable, and kept by browsers for an hour."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Max, Min, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from opportunities.models import Opportunity, OpportunityTheme
from prospectus.drawings import tide
from prospectus.filters.opportunities import with_order_columns
from publishing.addresses import Moved, Withdrawn, find_readable

HOUR = 3600


def picture(view):
    """Open to everybody, cached, and not sent again while it is the same."""
    return login_not_required(require_safe(cache_control(public=True, max_age=HOUR)(conditional_page(view))))


def answer(drawing):
    return HttpResponse(drawing, content_type="image/svg+xml")


def shape_of(shape):
    if shape not in tide.SHEETS:
        raise Http404(shape)
    return shape


@picture
def opportunity_cover(request, slug, shape):
    first_theme = OpportunityTheme.objects.filter(opportunity=OuterRef("pk")).order_by("position")
    readable = Opportunity.objects.facts().readable_with_fallback(request.LANGUAGE_CODE)
    readable = readable.annotate(theme_key=Subquery(first_theme.values("theme__slug")[:1]))
    opportunity = readable.filter(slug=slug).first()
    if opportunity is None:
        return cover_elsewhere(request, slug, shape)
    return answer(
        tide.opportunity_cover(
            value_min=opportunity.value_min,
            value_max=opportunity.value_max,
            jobs=opportunity.jobs,
            stage_index=opportunity.stage_index,
            theme_key=opportunity.theme_key,
            shape=shape_of(shape),
        )
    )


def cover_elsewhere(request, slug, shape):
    """Where the cover is by now: it moves with its opportunity."""
    try:
        find_readable(Opportunity.objects.facts(), slug, request.LANGUAGE_CODE)
    except Moved as moved:
        address = reverse("prospectus:opportunity_cover", args=[moved.slug, shape_of(shape)])
        return HttpResponsePermanentRedirect(address)
    except Withdrawn:
        pass
    raise Http404(slug)


@picture
def home_cover(request, shape):
    """All readable opportunities as one water: the largest and the smallest value, and all their jobs."""
    readable = with_order_columns(Opportunity.objects.readable_with_fallback(request.LANGUAGE_CODE))
    together = readable.aggregate(
        smallest=Min(Coalesce("value_min", "value_max")),
        largest=Max(Coalesce("value_max", "value_min")),
        jobs=Sum("all_jobs"),
    )
    return answer(
        tide.home_cover(
            value_min=together["smallest"],
            value_max=together["largest"],
            jobs=together["jobs"],
            shape=shape_of(shape),
        )
    )
