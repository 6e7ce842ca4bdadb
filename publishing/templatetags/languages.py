"""Marks an element with the language of its text: <p{{ reading.language|marked }}> gives <p lang="ko">, with `dir`
where a language runs from right to left."""

from django import template

from publishing.languages import marked

register = template.Library()
register.filter("marked", marked)
