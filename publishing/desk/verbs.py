"""What can be done from a record's publication page: who may, with which form, and what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as formatted

from publishing import languages, publication, workflow
from publishing.desk import publication_forms as forms
from publishing.desk.display import LIVERPOOL
from publishing.rights import languages_for, may_publish, may_write

UNDO_PUBLISHED = "To undo: withdraw it, or restore the edition before and publish that."


def writers(user, model):
    """Who may write the text of a language, and in which."""
    return languages_for(user, model)


def publishers(user, model):
    return languages.codes() if may_publish(user, model) else []


def keepers(user, model):
    """Who writes such records or publishes them: every language, or none."""
    return languages.codes() if may_write(user, model) or may_publish(user, model) else []


@dataclass(frozen=True)
class Verb:
    """`allowed(user, model)`: the languages in which the user may. `act(texts, values, user)` does it, and says what
    happened and how to undo it."""

    form: type
    allowed: Callable
    act: Callable


def perform(name, request, record, proofs):
    """Does what was posted. Gives (what to say, None), or (None, the form with its errors); nothing was done then."""
    verb = VERBS[name]
    allowed = verb.allowed(request.user, type(record))
    asked = request.POST.getlist(f"{name}-in_languages")
    if not allowed or set(asked) & set(languages.codes()) - set(allowed):
        raise PermissionDenied
    with transaction.atomic():
        fresh = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
        form = verb.form(request.POST, record=fresh, proofs=proofs, allowed=allowed, prefix=name)
        if not form.is_valid():
            return None, form
        chosen = form.cleaned_data.get("in_languages") or allowed
        try:
            with transaction.atomic():
                told = verb.act([(fresh, code) for code in chosen], form.cleaned_data, request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return None, form
    return told, None


def forms_for(user, record, proofs, failed=None):
    """{verb: its form} of what this person may do and makes sense now; `failed` stands in the place of its own."""
    found = {}
    for name, verb in VERBS.items():
        allowed = verb.allowed(user, type(record))
        form = verb.form(
            record=record, proofs=proofs, allowed=allowed, prefix=name, initial=_known(name, proofs)
        )
        if failed and failed.prefix == name:
            failed.proofs = proofs
            found[name] = failed
        elif form.fitting:
            found[name] = form
    return found


def _known(name, proofs):
    """What a form shows to begin with, where every language has the same."""
    by_verb = {
        "expire": ("until", {proof.standing.expires_at for proof in proofs.values() if proof.is_ahead}),
        "review_by": (
            "day",
            {proof.standing.desk and proof.standing.desk.review_by for proof in proofs.values()},
        ),
    }
    field, values = by_verb.get(name, ("", ()))
    return {field: next(iter(values))} if len(values) == 1 else {}


def named(texts):
    return listed([languages.own_name(code) for _record, code in texts])


def listed(words):
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def london(at):
    return f"{formatted(timezone.localtime(at, LIVERPOOL), 'j F Y, H:i')} London time"


def _submit(texts, values, user):
    workflow.submit(texts, by=user, why=values["why"])
    return (
        f"Submitted in {named(texts)}. Managers see it on their first screen. To undo, save a change: what is "
        "changed again is no longer in review."
    )


def _approve(texts, values, user):
    workflow.approve(texts, by=user)
    return f"Approved in {named(texts)}. Readers get it once it is published. To undo, send it back."


def _send_back(texts, values, user):
    workflow.send_back(texts, by=user, why=values["why"])
    return f"Sent back in {named(texts)}, with your comment. To undo, submit it again."


def _publish(texts, values, user):
    at, until = values["at"], values["until"]
    publication.launch(texts, at=at, until=until, note=values["note"], by=user)
    end = f" Readers lose it on {london(until)}." if until else ""
    if at:
        return f"Scheduled in {named(texts)} for {london(at)}.{end} To undo, cancel what is scheduled."
    return f"Published in {named(texts)}. Readers have it now.{end} {UNDO_PUBLISHED}"


def _expire(texts, values, user):
    publication.expire(texts, values["until"], by=user, why=values["why"])
    if values["until"]:
        return f"Readers lose it in {named(texts)} on {london(values['until'])}. To undo, set another end or none."
    return f"It has no end in {named(texts)} now. To undo, set one."


def _unschedule(texts, values, user):
    publication.unschedule(texts, by=user, why=values["why"])
    return (
        f"Nothing is scheduled in {named(texts)} now; what is live stays. To undo, publish at that time again: the "
        "text stands under Editions."
    )


def _review(texts, values, user):
    workflow.review(texts, next_by=values["next_by"], by=user)
    return f"Reviewed in {named(texts)}: pages show today as the day of the last review."


def _review_by(texts, values, user):
    workflow.set_review_by(texts, values["day"], by=user)
    return (
        f"The review date is set in {named(texts)}."
        if values["day"]
        else f"No review date in {named(texts)} now."
    )


def _assign(texts, values, user):
    workflow.assign(texts, values["assignee"], by=user)
    return f"{values['assignee'] or 'Nobody'} is to write it in {named(texts)}."


def _discard(texts, values, user):
    workflow.discard(texts, by=user, why=values["why"])
    return f"The working copy in {named(texts)} is the last published text again. Readers see no difference."


def _withdraw(texts, values, user):
    acts = publication.withdraw([texts[0][0]], [code for _record, code in texts], why=values["why"], by=user)
    return _gone("Withdrawn", acts)


def _take_down(texts, values, user):
    return _gone("Taken down", publication.take_down(texts[0][0], why=values["why"], by=user))


def _gone(word, acts):
    return (
        f"{word} in {listed([languages.own_name(act.language) for act in acts])}. Readers are told so from now on. To "
        "undo, publish again; an earlier text is under Editions."
    )


VERBS = {
    "approve": Verb(forms.ApproveForm, publishers, _approve),
    "send_back": Verb(forms.SendBackForm, publishers, _send_back),
    "publish": Verb(forms.PublishForm, publishers, _publish),
    "submit": Verb(forms.SubmitForm, writers, _submit),
    "unschedule": Verb(forms.UnscheduleForm, publishers, _unschedule),
    "expire": Verb(forms.ExpireForm, publishers, _expire),
    "review": Verb(forms.ReviewForm, publishers, _review),
    "review_by": Verb(forms.ReviewByForm, keepers, _review_by),
    "assign": Verb(forms.AssignForm, keepers, _assign),
    "discard": Verb(forms.DiscardForm, keepers, _discard),
    "take_down": Verb(forms.TakeDownForm, publishers, _take_down),
    "withdraw": Verb(forms.WithdrawForm, publishers, _withdraw),
}
