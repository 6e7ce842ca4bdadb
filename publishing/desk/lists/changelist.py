"""The list itself: stock ChangeList, which asks for one page by key and looks for no more than it shows."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, BooleanField, F, Func, Value

from publishing.desk.lists.counting import COUNTED, Count, count_of
from publishing.desk.lists.paging import Order, page_of

AFTER, BEFORE = "after", "before"
UNKNOWN_PLACE = "The address named a place that this list does not have, so it begins at its start."


class LargeChangeList(ChangeList):
    """`queryset` is every row that the filters and the words leave, in order: what an export takes. The page shows
    part of it. With words, up to a thousand rows are found and put in order; of more, the list says only that they are
    more, and reads on in its order."""

    def __init__(self, request, model, *args, **kwargs):
        self.places = {name: request.GET.get(name) for name in (AFTER, BEFORE)}
        super().__init__(request, model, *args, **kwargs)
        self.search_help_text = self.model_admin.get_search_help(request)

    def get_filters_params(self, params=None):
        """A place in the list is no filter, and whoever changes filters begins at the start."""
        for name in (AFTER, BEFORE):
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        return super().get_filters_params(params)

    @property
    def kept(self):
        """What a form of filters passes on: the words, the order, and whether it is a choice for another page."""
        own = {name for spec in self.filter_specs for name in spec.expected_parameters()}
        return [(name, value) for name, value in self.params.items() if name not in own]

    @property
    def filters_chosen(self):
        own = [name for spec in self.filter_specs for name in spec.expected_parameters()]
        return {name: self.params[name] for name in own if name in self.params}

    @property
    def views(self):
        """The list's own views: name, address, and whether it is the one that is shown."""
        if self.is_popup or not self.model_admin.list_views:
            return []
        shown = self.filters_chosen if not self.query else None
        views = [*self.model_admin.list_views, ("All", {})]
        return [
            {"name": name, "address": f"?{urlencode(asked)}", "is_shown": asked == shown}
            for name, asked in views
        ]

    def get_ordering(self, request, queryset):
        self.order = self._order()
        return self.order.names

    def _order(self):
        """One column at a time, and only in an order that an index has."""
        orders = {names[0].lstrip("-"): names for names in self.model_admin.list_orders}
        chosen, down = self._chosen_column()
        order = Order.of(self.model, orders.get(chosen, self.model_admin.list_orders[0]))
        return order if chosen not in orders or order.down == down else order.backwards()

    def _chosen_column(self):
        """(name of the field, whether downwards) of ?o=2 or ?o=-2; stock adds the columns chosen before."""
        chosen, *_ = self.params.get(ORDER_VAR, "").split(".")
        number = chosen.removeprefix("-")
        if not number.isascii() or not number.isdigit() or int(number[:4]) >= len(self.list_display):
            return None, False
        return self.get_ordering_field(self.list_display[int(number[:4])]), chosen.startswith("-")

    def get_ordering_field_columns(self):
        """Stock's arrow, at the column of the order in force."""
        for place, name in enumerate(self.list_display):
            if self.get_ordering_field(name) == self.order.name:
                return {place: "desc" if self.order.down else "asc"}
        return {}

    def get_queryset(self, request, exclude_parameters=None):
        query, self.query = self.query if self.search_fields else "", ""
        self.filtered = super().get_queryset(request, exclude_parameters)
        self.query = query
        found, _ = self.model_admin.get_search_results(request, self.filtered, query)
        return found

    def get_results(self, request):
        shown, self.count = self._shown(request)
        shown = shown.defer(*self.model_admin.list_defer)
        page = page_of(shown, self.order, self.list_per_page, **self._keys(request))
        self.result_list, self.result_count = self.model_admin.prepare(request, page.rows), len(page.rows)
        self.next_page = self.get_query_string({AFTER: page.after}) if page.after else ""
        self.previous_page = self.get_query_string({BEFORE: page.before}) if page.before else ""
        self.first_page = self.get_query_string()
        self.multi_page = bool(page.after or page.before)
        self.full_result_count, self.show_full_result_count = None, False
        self.show_admin_actions, self.can_show_all = True, False

    def _shown(self, request):
        """(rows to page through, how many)."""
        if not self.query.strip():
            return self.filtered, count_of(self.filtered)
        found = list(self.queryset.order_by().values_list("pk", flat=True)[: COUNTED + 1])
        if len(found) <= COUNTED:
            return self.filtered.filter(_among(found)), Count(len(found))
        in_order = self.model_admin.search_condition(request, self.query, in_order=True)
        return self.filtered.filter(in_order), Count(COUNTED, "over")

    def _keys(self, request):
        for name, written in self.places.items():
            if written is not None:
                try:
                    return {name: self.order.key_from(written)}
                except ValidationError:
                    messages.warning(request, UNKNOWN_PLACE)
        return {}


def _among(pks):
    """The rows with these keys, as one parameter: a thousand take longer to be written down than to be found."""
    keys = Value(pks, output_field=ArrayField(BigIntegerField()))
    found = {"template": "%(expressions)s)", "arg_joiner": " = ANY(", "output_field": BooleanField()}
    return Func(F("pk"), keys, **found)
