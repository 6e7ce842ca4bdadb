"""Every pattern of the address book, with an address that fits it."""

import re
from dataclasses import dataclass

from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, URLPattern
from django.utils.translation import override

SAMPLES = {
    "slug": "a-slug",
    "path": "1",
    "int": "1",
    "str": "a-word",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
ROUTE_PART = re.compile(r"<(?:(\w+):)?\w+>")
REGEX_GROUP = re.compile(r"\(\?P<\w+>([^)|]*)[^)]*\)")


@dataclass(frozen=True)
class Pattern:
    name: str  # with its namespaces; empty where the pattern has none
    path: str
    view: object

    @property
    def is_open(self):
        """An anonymous reader gets through: the mark that our middleware asks for."""
        return not getattr(self.view, "login_required", True)


def patterns(language="en"):
    with override(language):
        return list(_walk(get_resolver(), "/", ()))


def _walk(resolver, prefix, namespaces):
    for entry in resolver.url_patterns:
        path = prefix + _sample(entry.pattern)
        if isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name)) if entry.name else ""
            yield Pattern(name, path, entry.callback)
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, path, inner)


def _sample(pattern):
    if isinstance(pattern, LocalePrefixPattern):
        return pattern.language_prefix
    if isinstance(pattern, RegexPattern):
        plain = REGEX_GROUP.sub(lambda group: group[1].replace(".*", "nowhere"), str(pattern))
        return plain.lstrip("^").rstrip("$")
    return ROUTE_PART.sub(lambda part: SAMPLES[part[1] or "str"], str(pattern))
