"""What the admin's own templates ask of a list or a fieldset and cannot say in a template."""

import re
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils.text import capfirst

from publishing.languages import marking

register = template.Library()


@dataclass(frozen=True)
class Language:
    """A language in which a field is written: its code, and its name in itself."""

    code: str = ""
    name: str = ""


@register.simple_tag
def filters_in_force(cl):
    """The filters that narrow a change list: title, chosen value, and the address without it. A filter whose absence
    has to be said in the address says so itself, as `off`."""
    chips = []
    for spec in cl.filter_specs:
        off = getattr(spec, "off", {})
        if spec.used_parameters != off and any(
            parameter in cl.params or parameter in spec.used_parameters
            for parameter in spec.expected_parameters()
        ):
            chosen = [str(choice["display"]) for choice in spec.choices(cl) if choice.get("selected")]
            without = cl.get_query_string(off, remove=[] if off else spec.expected_parameters())
            chips.append({"title": spec.title, "value": ", ".join(chosen) or "chosen", "without": without})
    return chips


@register.simple_tag
def language_of(field):
    """The language of one admin field, by the ending of its name; an empty Language if it has none."""
    name = _attribute(field, "name") or ""
    for code, own_name in settings.LANGUAGES:
        if name.endswith(f"_{code.replace('-', '_')}"):
            return Language(code, own_name)
    return Language()


@register.simple_tag
def languages_of(fieldset):
    """The languages in which a fieldset's fields are written, in the order of its first line."""
    found = (language_of(field) for line in fieldset for field in line)
    return list(dict.fromkeys(language for language in found if language.code))


@register.simple_tag
def label_of(field):
    """A field's label without the language code that modeltranslation adds in brackets."""
    return capfirst(re.sub(r"\s*\[[\w-]+\]$", "", str(_attribute(field, "label") or "")))


@register.filter
def written_in(bound_field, code):
    """The field's widget, marked with its language for spelling, fonts, line breaks and screen readers."""
    return bound_field.as_widget(attrs=marking(code) if code else None)


def _attribute(field, name):
    """Of an editable admin field, which holds a bound field, or of a read-only one, which holds a dict."""
    return field.field.get(name) if isinstance(field.field, dict) else getattr(field.field, name)
