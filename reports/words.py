"""Words that figures are grouped by, in the language of the report: what the models call things, handed to gettext."""

from django.utils.translation import gettext

NOT_KNOWN = "unknown"  # in the address of a list: the rows that have no such thing


def said(label):
    """A label of a model's choices in the active language."""
    return gettext(str(label)) if label else ""
