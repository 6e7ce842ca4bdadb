"""What all public pages share: open to everybody, a language from the address, texts from editions only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from publishing.addresses import Moved, Withdrawn, find_readable
from publishing.public_pages import page_context


@method_decorator(login_not_required, name="dispatch")
class PublicPage(TemplateView):
    """A page that exists in every language."""

    section = ""
    deep_masthead = False  # stands on the deep ground of a cover

    @property
    def language(self):
        return self.request.LANGUAGE_CODE

    def get_context_data(self, **kwargs):
        return (
            page_context(self.request)
            | {"section": self.section, "deep_masthead": self.deep_masthead}
            | super().get_context_data(**kwargs)
        )


class RecordPage(PublicPage):
    """The page of one publishable record: `queryset` without its working copy, found by its slug."""

    queryset = None

    def get(self, request, slug):
        try:
            self.record, self.readable_in = find_readable(self.queryset.facts(), slug, self.language)
        except Moved as moved:
            path = request.path.removesuffix(f"{slug}/")
            return HttpResponsePermanentRedirect(f"{path}{moved.slug}/")
        except Withdrawn:
            return gone(request)
        return super().get(request, slug=slug)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | page_context(self.request, self.readable_in)


def gone(request):
    """410: what stood here was withdrawn."""
    return render(request, "prospectus/errors/410.html", page_context(request), status=410)
