"""Addresses of a filtered list: one filter less, another page."""

from django import template

register = template.Library()


def address(request, query):
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def without(context, name, value):
    """The same list without one value of one filter, from its first page."""
    query = context["request"].GET.copy()
    query.setlist(name, [one for one in query.getlist(name) if one != value])
    if not query.getlist(name) or name == "q":
        query.pop(name, None)
    return address(context["request"], query)


@register.simple_tag(takes_context=True)
def including_source_language(context):
    """The same list with the rows that are readable in the source language only."""
    query = context["request"].GET.copy()
    query["in"] = "all"
    return address(context["request"], query)
