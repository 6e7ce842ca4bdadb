"""Who may do what with texts: writers, publishers, and the translators of one language. One rule each, asked by every
page, command and import."""

from django.conf import settings
from django.contrib.auth import get_permission_codename

from publishing import languages
from publishing.models.desk import translate_permission

PUBLISH = "publishing.publish"


def may_write(user, model):
    """Write the working copy of such records in every language, and submit it."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}")


def may_publish(user, model):
    """Approve, send back, publish and withdraw. EDITORS_MAY_PUBLISH gives it to everybody who may write."""
    return user.has_perm(PUBLISH) or (settings.EDITORS_MAY_PUBLISH and may_write(user, model))


def may_translate(user, language):
    """Use the translator's desk of one language."""
    if language == languages.SOURCE:
        return False
    return user.has_perm(f"publishing.{translate_permission(language)}")


def may_edit_text(user, model, language):
    """Write the working copy of such records in that language."""
    return may_write(user, model) or may_translate(user, language)


def languages_for(user, model):
    """Languages of which the user may edit the text: all for a writer, for a translator those of the desk."""
    return [code for code in languages.codes() if may_edit_text(user, model, code)]
