"""Who did what to a record, for staff to read: one entry an act, with what it was of and what was done with it."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted

from publishing import languages
from publishing.desk.display import LIVERPOOL, moment
from publishing.desk.proofs import label_of
from publishing.models import Act, Edition
from publishing.models.publishable import translated_fields
from publishing.rows import of_records

LOOKS = {
    Act.Verb.EDITED: ("changed", "plain"),
    Act.Verb.IMPORTED: ("exchange", "plain"),
    Act.Verb.STILL_RIGHT: ("done", "plain"),
    Act.Verb.MINOR: ("done", "plain"),
    Act.Verb.SUBMITTED: ("review", "paused"),
    Act.Verb.APPROVED: ("done", "good"),
    Act.Verb.SENT_BACK: ("back", "soon"),
    Act.Verb.DISCARDED: ("cross", "soon"),
    Act.Verb.RESTORED: ("changed", "soon"),
    Act.Verb.PUBLISHED: ("live", "good"),
    Act.Verb.SCHEDULED: ("scheduled", "tide"),
    Act.Verb.UNSCHEDULED: ("cross", "plain"),
    Act.Verb.EXPIRY_SET: ("clock", "plain"),
    Act.Verb.WITHDRAWN: ("withdrawn", "plain"),
    Act.Verb.REVIEWED: ("done", "good"),
    Act.Verb.REVIEW_SET: ("clock", "plain"),
    Act.Verb.ASSIGNED: ("person", "plain"),
    Act.Verb.PREVIEW_SHARED: ("link", "plain"),
    Act.Verb.PREVIEW_REVOKED: ("cross", "plain"),
}
ONE_OF_ITS_KIND = {Act.Verb.IMPORTED: "from a file"}  # there it can be undone
LAUNCHED = {Act.Verb.PUBLISHED, Act.Verb.SCHEDULED}


def acts_of(record):
    """The record's acts, the newest first."""
    return Act.objects.filter(of_records([record])).select_related("by")


def entries(record, acts):
    """The acts as entries of a timeline, in three queries."""
    acts = list(acts)
    together = shared({act.act for act in acts})
    beginnings = _beginnings(record, {act.act for act in acts if act.verb == Act.Verb.SCHEDULED})
    return [
        {
            "words": _words(record, act, beginnings.get((act.act, act.language))),
            "why": act.why,
            "by": act.by,
            "at": moment(act.at),
            "icon": LOOKS.get(act.verb, ("note", "plain"))[0],
            "tone": LOOKS.get(act.verb, ("note", "plain"))[1],
            "others": others(together.get(act.act, 1) - 1) or ONE_OF_ITS_KIND.get(act.verb, ""),
            "launch": _address(act),
        }
        for act in acts
    ]


def shared(ids):
    """{act: of how many texts it was}."""
    rows = Act.objects.filter(act__in=ids).order_by().values_list("act")
    return dict(rows.annotate(count=Count("pk")))


def others(count):
    return f"with {count} other text{'' if count == 1 else 's'}" if count else ""


def _address(act):
    """Where to see an act's other texts: a launch, or an import, which can be undone there."""
    if act.verb == Act.Verb.IMPORTED:
        return reverse("admin:exchange_import_of", args=[act.act])
    return launch_address(act.act) if act.verb in LAUNCHED else ""


def launch_address(act):
    return reverse("admin:launch_result", args=[act])


def _beginnings(record, ids):
    """{(act, language): when what was scheduled begins}; what was cancelled has no beginning any more."""
    rows = Edition.objects.of(record).filter(act__in=ids, live__isempty=False) if ids else []
    return {(edition.act, edition.language): edition.live.lower for edition in rows}


def _words(record, act, begins):
    model, field = type(record), ""
    if act.field:
        known = act.field in translated_fields(model)
        field = f"{label_of(model, act.field) if known else act.field} "
    verb = act.get_verb_display()
    words = (
        f"{field}{verb} in {languages.own_name(act.language)}" if act.language in languages.codes() else verb
    )
    if begins:
        words += f" for {formatted(timezone.localtime(begins, LIVERPOOL), 'j F Y, H:i')}"
    return words[0].upper() + words[1:]
