"""{{figure:key}} in a text, as readers of each language read the figure."""

from django.utils.html import escape

from opportunities.models import Figure
from publishing.formats import format_quantity
from publishing.text.tokens import FIGURE, keys_of, replaced


def figure_keys(texts):
    """The figures that any of the texts names."""
    return keys_of(FIGURE, texts)


def figure_texts(keys, language):
    """{key: how the figure reads in a sentence of that language}, in one query; none when there are no keys."""
    if not keys:
        return {}
    return {figure.key: reads(figure, language) for figure in Figure.objects.filter(key__in=set(keys))}


def reads(figure, language):
    return format_quantity(figure.value, figure.unit, language, figure.qualifier, figure.value_max)


def filled(texts, rich_names, language, found=None):
    """The same texts with the figures in the place of their tokens, escaped. `found` is what `figure_texts` gave for
    all texts of the page; left out, it is asked for. A figure that is gone leaves nothing behind."""
    rich = {name: texts[name] for name in rich_names if texts.get(name)}
    if found is None:
        found = figure_texts(figure_keys(rich.values()), language)

    def value(token):
        return escape(found.get(token.key, "")) if token.kind == FIGURE else None

    return texts | {name: replaced(text, value) for name, text in rich.items()}
