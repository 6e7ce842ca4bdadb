"""{{setting:name}} in the text of a page: what only the operator knows, so that no published text has to be changed
when the site moves."""

from django.conf import settings
from django.utils.html import escape, format_html

from publishing import languages
from publishing.text.tokens import SETTING, replaced

SETTINGS = {
    "controller": "DATA_CONTROLLER",
    "controller_address": "DATA_CONTROLLER_ADDRESS",
    "data_protection_email": "DATA_PROTECTION_EMAIL",
    "retention": "ENQUIRY_RETENTION",
    "contact_email": "CONTACT_EMAIL",
}


def filled(text, language):
    """The text with the settings' values, escaped, in the place of their tokens. An unknown token stays as it is: the
    editor sees it in the preview."""

    def value(token):
        known = token.kind == SETTING and token.key in SETTINGS
        return _marked(getattr(settings, SETTINGS[token.key]), language) if known else None

    return replaced(text, value)


def _marked(words, language):
    """The operator writes settings in the source language; addresses of mail are of no language."""
    if language == languages.SOURCE or "@" in words:
        return escape(words)
    return format_html("<span{}>{}</span>", languages.marked(languages.SOURCE), words)
