"""Figures, dates and times in a template, in the language of the page unless `language=` names another.

In a sentence:   {% money low high %}  {{ value|money }}  {% quantity value unit qualifier value_max %}
                 {% partial_date value %}  {% day value %}  {% moment value %}  {% deadline value %}
                 {% time_span start end %}  {{ name|josa:"을/를" }}
As a large figure, for an element of class `fig`:  {% fig_money low high %}  {% fig_quantity value unit … %}

All are empty when nothing is known, so `{% money low high as text %}{% if text %}` can say so in words.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from publishing import formats
from publishing.languages import marked
from publishing.partial_dates import PartialDate

register = template.Library()

SAME = object()  # `high` left out: one exact amount; `high` given and None: an open range


def anatomy(parts, language=None):
    """The pieces of a large figure: the number bare, everything else in a span of its kind. Figures of another
    language than the page's say so."""
    written_in = formats.language_of_figures(language)
    pieces = format_html_join(
        "",
        "{}",
        (
            (text if kind == formats.NUMBER else format_html('<span class="{}">{}</span>', kind, text),)
            for kind, text in parts
        ),
    )
    own = (language or get_language() or written_in).partition("-")[0] == written_in.partition("-")[0]
    return pieces if own or not parts else format_html("<span{}>{}</span>", marked(written_in), pieces)


@register.simple_tag
def fig_money(low, high=SAME, currency="GBP", qualifier="exact", language=None):
    high = low if high is SAME else high
    return anatomy(formats.money_parts(low, high, language, currency, qualifier), language)


@register.simple_tag
def fig_quantity(value, unit, qualifier="exact", value_max=None, labelled=False, language=None):
    return anatomy(formats.figure_parts(value, unit, language, qualifier, value_max, labelled), language)


@register.simple_tag
def money(low, high=SAME, currency="GBP", qualifier="exact", language=None):
    high = low if high is SAME else high
    return formats.format_money(low, high, language, currency, qualifier)


@register.filter(name="money")
def money_filter(value, currency="GBP"):
    return formats.format_money(value, value, currency=currency)


@register.simple_tag
def quantity(value, unit, qualifier="exact", value_max=None, labelled=False, language=None):
    return formats.format_quantity(value, unit, language, qualifier, value_max, labelled)


@register.simple_tag
def partial_date(value, language=None):
    """Takes a PartialDate or its stored form."""
    value = PartialDate(value) if isinstance(value, str) and value else value
    return formats.format_partial_date(value, language)


@register.simple_tag
def day(value, weekday=False, language=None):
    return formats.format_date(value, language, weekday)


@register.simple_tag
def moment(value, *zones, language=None):
    return formats.format_datetime(value, language, zones or (formats.LONDON, formats.SEOUL))


@register.simple_tag
def deadline(value, *zones, language=None):
    return formats.format_deadline(value, language, zones or (formats.LONDON, formats.SEOUL))


@register.simple_tag
def time_span(start, end=None, zone=formats.LONDON, language=None):
    return formats.format_time_span(start, end, language, zone)


@register.filter(is_safe=True)
def josa(text, pair):
    return formats.josa(text, pair)
