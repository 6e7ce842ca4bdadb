"""How a working copy comes to be published: submitted, approved or sent back, discarded, looked at again.

Every verb takes `texts`, pairs of a record and a language, is one transaction, and writes one act for each text. None
of them changes what readers have; that is publishing.publication.
"""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from publishing import languages
from publishing.models import Act, Desk, Edition, Provenance
from publishing.publication import locked, missing_texts, restore_texts
from publishing.rights import may_edit_text
from publishing.standing import standings
from publishing.translation_state import CURRENT, fingerprint, state_of, texts_of


class NotNow(ValidationError):
    """The verb does not fit how the text stands; nothing was changed."""


@transaction.atomic
def submit(texts, *, by, why=""):
    """Asks a manager to look at the working copies. Raises NotNow where one has nothing new or is not complete."""
    for record, language, standing in _standing(texts):
        if standing.working == "unchanged":
            raise NotNow(f"“{record}” has no changes in {languages.own_name(language)} to submit.")
        if standing.working == "in review":
            raise NotNow(f"“{record}” in {languages.own_name(language)} is in review already.")
        _refuse_incomplete(record, language)
        _move(record, language, Desk.Stage.IN_REVIEW, by)
    return _acts(texts, Act.Verb.SUBMITTED, by, why)


@transaction.atomic
def approve(texts, *, by, why=""):
    """Says that the working copies are right for readers; they are published when somebody says so. Translations of the
    present source that nobody had reviewed are reviewed by this."""
    for record, language, standing in _standing(texts):
        if standing.working == "unchanged":
            raise NotNow(f"“{record}” has no changes in {languages.own_name(language)} to approve.")
        _refuse_incomplete(record, language)
        _move(record, language, Desk.Stage.APPROVED, by)
        _mark_reviewed(record, language)
    return _acts(texts, Act.Verb.APPROVED, by, why)


@transaction.atomic
def send_back(texts, *, by, why):
    """Gives submitted or approved working copies back to their writers, with a comment."""
    if not why.strip():
        raise NotNow("Say what is to be changed: the writer reads it.")
    for record, language, standing in _standing(texts):
        if standing.working not in ("in review", "approved"):
            raise NotNow(
                f"“{record}” in {languages.own_name(language)} is not in review, so nothing can go back."
            )
        _move(record, language, Desk.Stage.NONE, by)
    return _acts(texts, Act.Verb.SENT_BACK, by, why)


@transaction.atomic
def discard(texts, *, by, why=""):
    """Puts the last published text back into the working copy. Raises NotNow where nothing was ever published."""
    for record, language, standing in _standing(texts):
        if standing.latest is None:
            name = languages.own_name(language)
            raise NotNow(f"“{record}” was never published in {name}, so there is no text to go back to.")
        if standing.working == "unchanged":
            raise NotNow(f"“{record}” has no changes in {languages.own_name(language)} to discard.")
        restore_texts(record, Edition.objects.get(pk=standing.latest))
    return _acts(texts, Act.Verb.DISCARDED, by, why)


@transaction.atomic
def review(texts, *, next_by=None, by, why=""):
    """Says that what readers have now is still right; pages show this as their last review."""
    now = timezone.now()
    for record, language, standing in _standing(texts):
        live = Edition.objects.of(record).live(now).filter(language=language)
        if standing.state != "live" or not live.update(reviewed_at=now):
            raise NotNow(
                f"“{record}” is not live in {languages.own_name(language)}: there is nothing to review."
            )
        _desk(record, language, review_by=next_by)
    return _acts(texts, Act.Verb.REVIEWED, by, why)


@transaction.atomic
def set_review_by(texts, day, *, by, why=""):
    """The day by which somebody looks at the published text again; None: no such day."""
    for record, language, _standing_now in _standing(texts):
        _desk(record, language, review_by=day)
    return _acts(texts, Act.Verb.REVIEW_SET, by, why or (f"By {day:%-d %B %Y}" if day else "No review date"))


@transaction.atomic
def assign(texts, user, *, by, why=""):
    """Says whose the text is to write or translate; None: nobody's. Raises NotNow for somebody who may not edit it."""
    for record, language, _standing_now in _standing(texts):
        if user and not may_edit_text(user, type(record), language):
            raise NotNow(f"{user} may not write “{record}” in {languages.own_name(language)}.")
        _desk(record, language, assignee=user)
    return _acts(texts, Act.Verb.ASSIGNED, by, why or (f"To {user}" if user else "To nobody"))


def _standing(texts):
    """The texts with how each stands, their records freshly read and locked."""
    fresh = {(type(record), record.pk): record for record in locked([record for record, _language in texts])}
    found = {}
    for (model, pk), record in fresh.items():
        found[model, pk] = standings([record])[pk]
    for record, language in texts:
        key = type(record), record.pk
        yield fresh[key], language, found[key][language]


def _refuse_incomplete(record, language):
    missing = missing_texts(record, language)
    if missing:
        names = ", ".join(str(record._meta.get_field(name).verbose_name) for name in missing)
        raise NotNow(f"“{record}” is not complete in {languages.own_name(language)}: {names} is empty.")


def _move(record, language, stage, by):
    moved = {"text_md5": "", "moved_by": None, "moved_at": None}
    if stage:
        text = fingerprint(texts_of(record, language))
        moved = {"text_md5": text, "moved_by": by, "moved_at": timezone.now()}
    _desk(record, language, stage=stage, **moved)


def _desk(record, language, **values):
    Desk.objects.update_or_create(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        language=language,
        defaults=values,
    )


def _mark_reviewed(record, language):
    unreviewed = Provenance.objects.filter(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        language=language,
        state=Provenance.State.UNREVIEWED,
    )
    source = texts_of(record, languages.SOURCE)
    for provenance in unreviewed:
        noted = provenance.md5, Provenance.State.FINAL
        if state_of(source.get(provenance.field, ""), "a text", noted) == CURRENT:
            provenance.state = Provenance.State.FINAL
            provenance.save(update_fields=["state"])


def _acts(texts, verb, by, why):
    act = uuid.uuid4()
    return Act.objects.bulk_create(
        Act(act=act, record=record, language=language, verb=verb, by=by, why=why)
        for record, language in texts
    )
