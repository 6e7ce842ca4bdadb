"""The editor of rich texts. The textarea stays in the page and is what the form sends: without JavaScript people write
in it, with it the editor does (static/admin_theme/rich_text.js)."""

import json

from django import forms
from django.forms.widgets import Script
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from publishing import languages
from publishing.formats import format_quantity
from publishing.models.publishable import column
from publishing.text.tokens import FIGURE, Token, keys_of

HELP = "A number that changes is best put in as a figure: every language then reads it its own way."
HELP_WITHOUT_SCRIPT = (
    "Paragraphs with an empty line between them, or HTML: p, h2, h3, h4, ul, ol, li, a, strong, em, blockquote, table, "
    "sub, sup. Everything else is taken out when you save."
)
MOST_OTHERS = 300  # figures of other records in the list; every figure can be typed


class RichText(forms.Textarea):
    """`field` is the RichTextField, `language` the text's; own figures of the record `record_id` come first."""

    def __init__(self, field, language, record_id=None, attrs=None):
        super().__init__(attrs)
        self.field, self.language, self.record_id = field, language, record_id

    @property
    def media(self):
        return forms.Media(
            css={"all": ["vendor/ckeditor5/ckeditor5-editor.css", "admin_theme/rich_text.css"]},
            js=[
                Script("vendor/ckeditor5/ckeditor5.umd.js", defer=True),
                Script("admin_theme/rich_text_paste.js", defer=True),
                Script("admin_theme/rich_text.js", defer=True),
            ],
        )

    def render(self, name, value, attrs=None, renderer=None):
        figures = self.figures(value)
        marks = languages.marking(self.language) | {
            "rows": 18,
            "data-rich-text": self.language,
            "data-languages": json.dumps(
                [{"title": languages.own_name(code), "languageCode": code} for code in languages.codes()]
            ),
            "data-figures": json.dumps(figures, ensure_ascii=False),
        }
        textarea = super().render(name, value, marks | (attrs or {}), renderer)
        return textarea + self.without_script([figure for figure in figures if figure["own"]])

    def figures(self, value):
        """What the list offers: the record's own figures, then others; those that the text names are always there."""
        if not self.field.figures:
            return []
        rows = self.field.figure_rows()
        named = keys_of(FIGURE, [value or ""])
        own = self.own(rows)
        first = list(own) + list(rows.filter(key__in=named).exclude(pk__in=[row.pk for row in own]))
        others = rows.exclude(pk__in=[row.pk for row in first])[:MOST_OTHERS]
        return [self.choice(row, row in own) for row in [*first, *others]]

    def own(self, rows):
        """Rows of the record itself, wherever the model of figures points to the record's model."""
        model = self.field.model
        for relation in model._meta.related_objects:
            if relation.related_model is rows.model and self.record_id:
                return list(rows.filter(**{relation.field.name: self.record_id}))
        return []

    def choice(self, row, is_own):
        label = getattr(row, column("label", self.language)) or getattr(
            row, column("label", languages.SOURCE)
        )
        reads = format_quantity(row.value, row.unit, self.language, row.qualifier, row.value_max)
        return {"key": row.key, "label": capfirst(label), "reads": reads, "own": is_own}

    def without_script(self, figures):
        rows = [(Token(FIGURE, figure["key"]), figure["reads"], figure["label"]) for figure in figures]
        listed = format_html_join("", "<li><code>{}</code> {} <span>{}</span></li>", rows)
        found = format_html("<p>Figures of this record:</p><ul>{}</ul>", listed) if rows else ""
        return format_html('<div class="rich-text-advice"><p>{}</p>{}</div>', HELP_WITHOUT_SCRIPT, found)
