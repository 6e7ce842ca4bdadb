"""Filters of large lists. Each knows its choices without asking the list; what it does not know is refused."""

import re
from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.utils import timezone

from publishing.desk.forms import DayInput


class ChoiceFilter(admin.SimpleListFilter):
    """A parameter and its choices, in a box to choose from. Subclasses say which rows a choice leaves."""

    template = "admin/large_list_choices.html"

    @classmethod
    def parameters(cls):
        return [cls.parameter_name]

    def choices(self, changelist):
        """Each with its value, which is empty for all."""
        everything, *rest = super().choices(changelist)
        yield everything | {"value": ""}
        for (key, _), choice in zip(self.lookup_choices, rest, strict=True):
            yield choice | {"value": key}

    def queryset(self, request, queryset):
        value = self.value()
        if value is None:
            return queryset
        if value not in {str(key) for key, _ in self.lookup_choices}:
            raise IncorrectLookupParameters(self.parameter_name)
        return self.narrow(queryset, value, request)

    def narrow(self, queryset, value, request):
        raise NotImplementedError


class ColumnFilter(ChoiceFilter):
    """A column that holds one of its choices."""

    column = None

    def narrow(self, queryset, value, request):
        return queryset.filter(**{self.column or self.parameter_name: value})


def of_column(name, choices, *, title=None, column=None):
    """The filter ?name= over a column with choices, which may be a function that returns them."""

    def lookups(self, request, model_admin):
        return list(choices() if callable(choices) else choices)

    facts = {"parameter_name": name, "title": title or name.replace("_", " "), "column": column or name}
    return type(f"{name.title().replace('_', '')}Filter", (ColumnFilter,), facts | {"lookups": lookups})


class WrittenFilter(ChoiceFilter):
    """A value that only an address knows, which a figure leads to: shown as chosen while it is there."""

    pattern = re.compile(r"[^\x00]{1,300}")

    def lookups(self, request, model_admin):
        value = self.value()
        if value is None:
            return []
        if not self.pattern.fullmatch(value):
            raise IncorrectLookupParameters(self.parameter_name)
        return [(value, self.said(value))]

    def said(self, value):
        return value


class Days(forms.Form):
    """From a day to a day, both included."""

    error_css_class = "errors"

    def __init__(self, name, data):
        super().__init__(data)
        for end, label in (("from", "From"), ("to", "To")):
            attrs = {"id": f"filter_{name}_{end}"}
            field = forms.DateField(label=label, required=False, widget=DayInput(attrs=attrs))
            self.fields[f"{name}_{end}"] = field


class BetweenFilter(admin.ListFilter):
    """Between two days, London's, both included: ?received_from=2026-01-01&received_to=2026-01-31."""

    template = "admin/large_list_between.html"
    name = ""
    column = ""

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for parameter in self.expected_parameters():
            if parameter in params:
                self.used_parameters[parameter] = params.pop(parameter)[-1]
        self.form = Days(self.name, self.used_parameters)
        self.is_date = model._meta.get_field(self.column).get_internal_type() == "DateField"

    def has_output(self):
        return True

    @classmethod
    def parameters(cls):
        return [f"{cls.name}_from", f"{cls.name}_to"]

    def expected_parameters(self):
        return self.parameters()

    def queryset(self, request, queryset):
        if not self.form.is_valid():
            raise IncorrectLookupParameters(self.form.errors)
        first, last = (self.form.cleaned_data[parameter] for parameter in self.expected_parameters())
        if first:
            queryset = queryset.filter(**{f"{self.column}__gte": self._edge(first)})
        if last and last < date.max:
            queryset = queryset.filter(**{f"{self.column}__lt": self._edge(last + timedelta(days=1))})
        return queryset

    def _edge(self, day):
        """The first moment of a day in London. No edge lies so early that no zone knows it."""
        if self.is_date:
            return day
        return datetime.combine(max(day, date(1, 1, 3)), time(), tzinfo=timezone.get_default_timezone())

    def choices(self, changelist):
        """One, chosen while a day is given: the words for the chip, and the two days to type."""
        first, last = (self.used_parameters.get(parameter, "") for parameter in self.expected_parameters())
        words = " ".join(f"{word} {day}" for word, day in (("from", first), ("to", last)) if day)
        here = changelist.get_query_string()
        yield {"selected": bool(words), "display": words, "form": self.form, "query_string": here}


def between(name, column, *, title):
    return type(f"{name.title()}Filter", (BetweenFilter,), {"name": name, "column": column, "title": title})
