"""How a working copy comes to be published: submitted, approved or sent back, discarded, looked at again.

Every verb takes `texts`, pairs of a record and a language, is one transaction, and writes one act for each text. None
of them changes what readers have; that is publishing.publication.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from publishing import languages
from publishing.models import Act, Desk, Edition, Provenance
from publishing.publication import locked, missing_texts, restore_texts
from publishing.rights import may_edit_text
from publishing.rows import key_of, key_of_row, of_records
from publishing.standing import standings_of_any
from publishing.translations.state import CURRENT, fingerprint, state_of, texts_of


class NotNow(ValidationError):
    """The verb does not fit how the text stands; nothing was changed."""


@transaction.atomic
def submit(texts, *, by, why=""):
    """Asks a manager to look at the working copies. Raises NotNow where one has nothing new or is not complete."""
    texts = _standing(texts)
    for record, language, standing in texts:
        if standing.working == "unchanged":
            raise NotNow(f"“{record}” has no changes in {languages.own_name(language)} to submit.")
        if standing.working == "in review":
            raise NotNow(f"“{record}” in {languages.own_name(language)} is in review already.")
        _refuse_incomplete(record, language)
    _move(texts, Desk.Stage.IN_REVIEW, by)
    return _acts(texts, Act.Verb.SUBMITTED, by, why)


@transaction.atomic
def approve(texts, *, by, why=""):
    """Says that the working copies are right for readers; they are published when somebody says so. Translations of the
    present source that nobody had reviewed are reviewed by this."""
    texts = _standing(texts)
    for record, language, standing in texts:
        if standing.working == "unchanged":
            raise NotNow(f"“{record}” has no changes in {languages.own_name(language)} to approve.")
        if standing.working == "approved":
            raise NotNow(f"“{record}” in {languages.own_name(language)} is approved already.")
        _refuse_incomplete(record, language)
    _move(texts, Desk.Stage.APPROVED, by)
    _mark_reviewed(texts)
    return _acts(texts, Act.Verb.APPROVED, by, why)


@transaction.atomic
def send_back(texts, *, by, why):
    """Gives submitted or approved working copies back to their writers, with a comment."""
    if not why.strip():
        raise NotNow("Say what is to be changed: the writer reads it.")
    texts = _standing(texts)
    for record, language, standing in texts:
        if standing.working not in ("in review", "approved"):
            raise NotNow(
                f"“{record}” in {languages.own_name(language)} is not in review, so nothing can go back."
            )
    _move(texts, Desk.Stage.NONE, by)
    return _acts(texts, Act.Verb.SENT_BACK, by, why)


@transaction.atomic
def discard(texts, *, by, why=""):
    """Puts the last published text back into the working copy. Raises NotNow where nothing was ever published."""
    texts = _standing(texts)
    for record, language, standing in texts:
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
    texts = _standing(texts)
    for record, language, standing in texts:
        if standing.state != "live":
            raise NotNow(
                f"“{record}” is not live in {languages.own_name(language)}: there is nothing to review."
            )
    editions = [standing.live_edition for _record, _language, standing in texts]
    Edition.objects.filter(pk__in=editions).update(reviewed_at=timezone.now())
    _write_desks(texts, {"review_by": next_by})
    return _acts(texts, Act.Verb.REVIEWED, by, why)


@transaction.atomic
def set_review_by(texts, day, *, by, why=""):
    """The day by which somebody looks at the published text again; None: no such day."""
    texts = _standing(texts)
    _write_desks(texts, {"review_by": day})
    told = f"By {day:%-d %B %Y}" if day else "No review date"
    return _acts(texts, Act.Verb.REVIEW_SET, by, f"{told}. {why}" if why else told)


@transaction.atomic
def assign(texts, user, *, by, why=""):
    """Says whose the text is to write or translate; None: nobody's. Raises NotNow for somebody who may not edit it."""
    texts = _standing(texts)
    for record, language, _standing_now in texts:
        if user and not may_edit_text(user, type(record), language):
            raise NotNow(f"{user} may not write “{record}” in {languages.own_name(language)}.")
    _write_desks(texts, {"assignee": user})
    told = f"To {user}" if user else "To nobody"
    return _acts(texts, Act.Verb.ASSIGNED, by, f"{told}. {why}" if why else told)


def _standing(texts):
    """The texts, each once, with how each stands, their records freshly read and locked: as many queries for many."""
    texts = list(texts)
    fresh = {key_of(record): record for record in locked([record for record, _language in texts])}
    found = standings_of_any(fresh.values())
    once = dict.fromkeys((key_of(record), language) for record, language in texts)
    return [(fresh[key], language, found[key][language]) for key, language in once]


def _refuse_incomplete(record, language):
    missing = missing_texts(record, language)
    if missing:
        names = ", ".join(str(record._meta.get_field(name).verbose_name) for name in missing)
        verb = "is" if len(missing) == 1 else "are"
        raise NotNow(f"“{record}” is not complete in {languages.own_name(language)}: {names} {verb} empty.")


def _move(texts, stage, by):
    now = timezone.now()
    _write_desks(texts, {"stage": stage, "moved_by": by, "moved_at": now if stage else None})


def _write_desks(texts, values):
    """Writes these values into the desk of each text; a stage is of the text as it stands now."""
    desks = []
    for record, language, _standing_now in texts:
        desk = Desk(record=record, language=language, **values)
        if desk.stage:
            desk.text_md5 = fingerprint(texts_of(record, language))
        else:
            desk.moved_by = None
        desks.append(desk)
    Desk.objects.bulk_create(
        desks,
        update_conflicts=True,
        unique_fields=["record_type", "record_id", "language"],
        update_fields=[*values, *(["text_md5"] if "stage" in values else [])],
    )


def _mark_reviewed(texts):
    """Translations made from the present source are final once somebody has approved them."""
    present = {
        (*key_of(record), language): texts_of(record, languages.SOURCE) for record, language, _ in texts
    }
    unreviewed = Provenance.objects.filter(
        of_records(record for record, _language, _standing_now in texts), state=Provenance.State.UNREVIEWED
    )
    final = []
    for provenance in unreviewed:
        source = present.get((*key_of_row(provenance), provenance.language), {})
        noted = provenance.md5, Provenance.State.FINAL
        if state_of(source.get(provenance.field, ""), "a text", noted) == CURRENT:
            final.append(provenance.pk)
    Provenance.objects.filter(pk__in=final).update(state=Provenance.State.FINAL)


def _acts(texts, verb, by, why):
    act = uuid.uuid4()
    return Act.objects.bulk_create(
        Act(act=act, record=record, language=language, verb=verb, by=by, why=why)
        for record, language, _standing_now in texts
    )
