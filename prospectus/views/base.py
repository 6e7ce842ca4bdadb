"""What all public pages share: open to everybody, a language from the address, texts from editions only.

A page may be given a preview (prospectus/previews.py): then one record is shown with other texts, readable or not, and
everything else on the page as it is published.
"""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from opportunities.figure_tokens import figure_keys, figure_texts, filled
from publishing import reading
from publishing.addresses import Moved, Withdrawn, find_readable
from publishing.public_pages import page_context


@method_decorator(login_not_required, name="dispatch")
class PublicPage(TemplateView):
    """A page that exists in every language."""

    section = ""
    deep_masthead = False  # stands on the deep ground of a cover
    preview = None

    @property
    def language(self):
        return self.request.LANGUAGE_CODE

    def read(self, records):
        """What the reader is shown of the records, in one query, and one more where a text names figures."""
        return with_figures(reading.read(records, self.language, instead=self.preview))

    def readable(self, queryset, fallback=False):
        """Those that the page may show: readable in its language or, with `fallback`, in the source language."""
        in_force = queryset.readable_with_fallback if fallback else queryset.readable_in
        if self.preview is None or type(self.preview.record) is not queryset.model:
            return in_force(self.language)
        return in_force(self.language) | queryset.filter(pk=self.preview.record.pk)

    def page_context(self, readable_in=None):
        context = page_context(self.request, readable_in)
        return context | preview_context(self.preview, context["switcher"]) if self.preview else context

    def get_context_data(self, **kwargs):
        return (
            self.page_context()
            | {"section": self.section, "deep_masthead": self.deep_masthead}
            | super().get_context_data(**kwargs)
        )


class RecordPage(PublicPage):
    """The page of one publishable record: `queryset` without its working copy, found by its slug."""

    queryset = None

    def get(self, request, slug):
        try:
            self.record, self.readable_in = self.find(slug)
        except Moved as moved:
            path, query = request.path.removesuffix(f"{slug}/"), request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{path}{moved.slug}/" + (f"?{query}" if query else ""))
        except Withdrawn:
            return gone(request)
        return super().get(request, slug=slug)

    def find(self, slug):
        if self.preview and type(self.preview.record) is self.queryset.model:
            record = get_object_or_404(self.queryset.facts(), pk=self.preview.record.pk)
            return record, {self.preview.language}
        return find_readable(self.queryset.facts(), slug, self.language)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | self.page_context(self.readable_in)


def with_figures(readings):
    """Puts the figures in the place of their tokens, as they read in the language of the text."""
    naming = [one for one in readings if figure_keys(one.rich_texts.values())]
    for language in {one.language for one in naming}:
        here = [one for one in naming if one.language == language]
        texts = [text for one in here for text in one.rich_texts.values()]
        found = figure_texts(figure_keys(texts), language)
        for one in here:
            rich = one.rich_texts
            readings.put(one.record, one.with_texts(**filled(rich, rich, language, found)))
    return readings


def preview_context(preview, switcher):
    """A preview has no address for search engines; its switcher leads to previews of the same record."""
    return {
        "preview": preview,
        "switcher": [replace(one, fallback=False) for one in switcher if one.code in preview.languages],
        "alternates": [],
        "canonical": "",
    }


def gone(request):
    """410: what stood here was withdrawn."""
    return render(request, "prospectus/errors/410.html", page_context(request), status=410)
