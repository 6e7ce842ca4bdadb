"""Previews of one record's text: who may see the working copy in the page, and links for somebody without an account.

A link keeps a copy of the text. Its address is signed, not stored: it is found by its number and its signature, so
a stolen database opens no preview. It ends after seven days, and whoever may write the text can end it before.
"""

import uuid

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from publishing import languages
from publishing.models import Act, PreviewLink
from publishing.publication import WorkingCopy
from publishing.rights import may_edit_text

SIGNER = Signer(salt="publishing.preview", sep=".")


class NothingToShow(ValidationError):
    """The record has no title in that language yet, so a page of it would be empty."""


def may_preview(user, model, language):
    """See the working copy in the page: whoever may see such records, and the translators of the language."""
    app, options = model._meta.app_label, model._meta
    may_see = any(
        user.has_perm(f"{app}.{get_permission_codename(verb, options)}") for verb in ("view", "change")
    )
    return may_see or may_edit_text(user, model, language)


def links_of(record):
    """The record's preview links, newest first."""
    record_type = ContentType.objects.get_for_model(record)
    return PreviewLink.objects.filter(record_type=record_type, record_id=record.pk).select_related("by")


@transaction.atomic
def share(record, language, *, why, by):
    """Makes a link to the working copy as it is now. Raises NothingToShow."""
    texts = WorkingCopy.of(record, language).texts
    if not texts["title"]:
        raise NothingToShow(
            f"There is no {languages.own_name(language)} title yet, so there is nothing to show."
        )
    link = PreviewLink.objects.create(record=record, language=language, texts=texts, why=why, by=by)
    _note(link, Act.Verb.PREVIEW_SHARED, by, f"For {why}" if why else "")
    return link


@transaction.atomic
def revoke(link, *, by):
    """Ends a link now. Says whether it was still open."""
    now = timezone.now()
    still_open = PreviewLink.objects.filter(pk=link.pk, revoked_at=None, expires_at__gt=now)
    if not still_open.update(revoked_at=now):
        return False
    _note(link, Act.Verb.PREVIEW_REVOKED, by, f"For {link.why}" if link.why else "")
    return True


def _note(link, verb, by, why):
    Act.objects.create(
        act=uuid.uuid4(),
        record_type_id=link.record_type_id,
        record_id=link.record_id,
        language=link.language,
        verb=verb,
        by=by,
        why=why,
    )


def token_of(link):
    return SIGNER.sign(link.pk)


def links_signed(token):
    """The link that a token was signed for, as a queryset; for any other token an empty one."""
    try:
        return PreviewLink.objects.filter(pk=int(SIGNER.unsign(token)))
    except (BadSignature, ValueError):
        return PreviewLink.objects.none()


def public_address(link):
    """The whole address, to be sent to somebody."""
    with translation.override(link.language):
        return settings.SITE_URL + reverse("prospectus:preview_link", args=[token_of(link)])


def staff_address(record, language):
    """Where staff see the working copy in the page."""
    with translation.override(language):
        return reverse("prospectus:preview", args=[record._meta.label_lower, record.pk])
