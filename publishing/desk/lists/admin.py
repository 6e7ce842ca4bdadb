"""What makes the admin of a large table's list."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.db.models import Q
from django.shortcuts import redirect

from publishing.desk.lists.changelist import LargeChangeList
from publishing.search import matching, matching_in_order, words_of
from publishing.text.normal_form import normal_line

NOT_UNDERSTOOD = (
    "The address asked for something that this list does not know, so it is shown without filters."
)


class LargeListAdmin(admin.ModelAdmin):
    """Mixed into an admin whose table may have a million rows.

    `list_orders`: the orders that an index has, each as a field and the primary key, the first the usual one; a column
    is sortable where its `ordering` is a field of one. `list_search`: the column of plain text in lower case, and that
    of its bigrams. `list_defer`: columns too large to read for a list. `list_filter`: of `lists.filters`, or named
    fields with choices; nothing else can be asked of a column. `list_views`: what is asked for again and again, one
    click each: its name, and its parameters as they stand in the address.
    """

    list_orders = [("-id", "-pk")]
    list_search = ("words", "search")
    list_defer = ()
    list_views = ()
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/large_list.html"
    search_fields = ["words"]  # stock's sign that there is a search; `search_condition` does it
    actions_selection_counter = False  # it offers to choose rows that were never looked for

    def get_changelist(self, request, **kwargs):
        return LargeChangeList

    def prepare(self, request, rows):
        """For a list whose cells need what is read once a page: hang it on the rows."""
        return rows

    def get_sortable_by(self, request):
        fields = {names[0].lstrip("-") for names in self.list_orders}
        shown = self.get_list_display(request)
        return [name for name in shown if self._ordering_of(name) in fields]

    def _ordering_of(self, name):
        attribute = getattr(self, name, None) if isinstance(name, str) else name
        return getattr(attribute, "admin_order_field", None) or name

    def lookup_allowed(self, lookup, value, request):
        """Only what the filters of the list ask. Stock would let anybody try out any column by its name, those that
        they may not see among them."""
        if not any(lookup in _parameters(listed) for listed in self.get_list_filter(request)):
            raise IncorrectLookupParameters(lookup)
        return True

    def get_list_search(self, request):
        """(plain text, bigrams) as columns or expressions: for who may see less, of less."""
        return self.list_search

    def get_search_help(self, request):
        return self.search_help_text

    def search_condition(self, request, term, *, in_order=False):
        """What rows must hold for the term; nothing does for a term without any letter or digit."""
        words = words_of(normal_line(term))
        if not words:
            return Q(pk__in=[])
        plain, search = self.get_list_search(request)
        return (matching_in_order if in_order else matching)(words, plain=plain, search=search)

    def get_search_results(self, request, queryset, search_term):
        if search_term.strip() and self.get_search_fields(request):
            queryset = queryset.filter(self.search_condition(request, search_term))
        return queryset, False

    def response_action(self, request, queryset):
        """An action is for the rows that were ticked, never for all that match."""
        ticked = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        return super().response_action(request, queryset.filter(pk__in=[pk for pk in ticked if pk.isdigit()]))

    def changelist_view(self, request, extra_context=None):
        if tidy := without_empty(request):
            return redirect(tidy)
        if ERROR_FLAG in request.GET:
            self.message_user(request, NOT_UNDERSTOOD, messages.WARNING)
        return super().changelist_view(request, extra_context)


def without_empty(request):
    """The address without what a form of filters sent empty, so that it can be passed on; None where nothing was."""
    if request.method != "GET" or "" not in request.GET.values():
        return None
    kept = [(name, value) for name, value in request.GET.items() if value]
    return f"{request.path}?{urlencode(kept)}"


def _parameters(listed):
    """What one entry of `list_filter` reads from the address: a class of ours, one of stock's, or a field's name."""
    if isinstance(listed, str):
        return [f"{listed}__exact", f"{listed}__isnull"]
    return listed.parameters() if hasattr(listed, "parameters") else [listed.parameter_name]
