import unicodedata

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from prospectus.filters.facets import MOST_CHARACTERS
from prospectus.hits import KINDS, Search
from prospectus.views.base import PublicPage

HITS_A_PAGE = 20


class Results(Paginator):
    """Pages of hits whose number is known already."""

    def __init__(self, rows, total):
        super().__init__(rows, HITS_A_PAGE)
        self.total = total

    @cached_property
    def count(self):
        return self.total


class SearchPage(PublicPage):
    """Everything readable that holds the words, by kind. Nothing is looked for until a word is typed."""

    template_name = "prospectus/search.html"
    section = "search"

    def get_context_data(self, **kwargs):
        query = unicodedata.normalize("NFC", self.request.GET.get("q", "")).strip()[:MOST_CHARACTERS]
        search = Search(query, self.language)
        context = super().get_context_data(**kwargs) | {"query": query, "searched": bool(query)}
        if not search.words:
            return context | {"total": 0}
        counts = search.counts()
        page = Results(search.ranked(), sum(counts.values())).get_page(self.request.GET.get("page"))
        return context | {
            "total": page.paginator.count,
            "counts": [(KINDS[place][1], number) for place, number in counts.items()],
            "page": page,
            "hits": search.load(list(page.object_list)),
        }
