"""What lists without filters share: the rows readable in the language, by page, and a way to the rest."""

from django.core.paginator import Paginator

from prospectus.views.base import PublicPage
from publishing import languages


class RecordList(PublicPage):
    """Rows readable in the language of the page; with `?in=all` also those readable in the source language only."""

    queryset = None
    rows_a_page = 20

    @property
    def with_fallback(self):
        return self.request.GET.get("in") == "all"

    def rows(self, fallback):
        return self.readable(self.queryset.facts(), fallback)

    def get_context_data(self, **kwargs):
        page = Paginator(self.rows(self.with_fallback), self.rows_a_page).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(**kwargs) | {
            "page": page,
            "rows": self.read(page.object_list).of(page.object_list),
            "only_in_source": self.only_in_source(page.paginator.count),
        }

    def only_in_source(self, shown):
        """How many more rows there would be with the source language's; 0 where the list is complete."""
        if self.language == languages.SOURCE or self.with_fallback:
            return 0
        return self.rows(fallback=True).count() - shown
