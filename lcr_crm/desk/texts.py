"""What editors, managers and translators start from: own changes, what waits for review, what is due, what comes next.

Four lists of texts (a record in a language), their records loaded together: one query a list, one for each model that
occurs, three for how they stand.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby, islice

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.text import capfirst

from lcr_crm.desk.parts import Panel, Row, may
from publishing import languages
from publishing.desk.display import LIVERPOOL, tag, working
from publishing.models import Act, Desk, Edition
from publishing.models.publishable import publishable_models
from publishing.rights import languages_for, may_publish, may_write
from publishing.standing import standings_of_any

MOST_SHOWN = 6
MOST_LOOKED_AT = 40  # a list is checked against the texts themselves, so more are read than shown
REVIEW_SOON = timedelta(days=14)


@dataclass
class Entry:
    """One text of a list: its keys until the record is loaded, then the record and how the text stands."""

    record_type_id: int
    record_id: int
    language: str
    at: object
    tags: list = field(default_factory=list)
    record: object = None
    standing: object = None

    @property
    def model(self):
        return ContentType.objects.get_for_id(self.record_type_id).model_class()


def panels(user):
    """The lists that this user has any use for."""
    models = [model for model in publishable_models() if languages_for(user, model)]
    if not models:
        return []
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
    lists = [make(user, kinds) for make in LISTS if make.is_for(user, models)]
    _load([entry for made in lists for entry in made.entries])
    return [made.panel() for made in lists]


def _load(entries):
    by_model = {}
    for entry in entries:
        by_model.setdefault(entry.model, set()).add(entry.record_id)
    records = {
        (model, record.pk): record
        for model, keys in by_model.items()
        for record in model._default_manager.filter(pk__in=keys)
    }
    standings = standings_of_any(records.values())
    for entry in entries:
        entry.record = records.get((entry.model, entry.record_id))
        if entry.record:
            entry.standing = standings[entry.model, entry.record_id].get(entry.language)


def _together(entries):
    """A record whose texts stand alike in several languages makes one row: its first entry, and the languages."""
    for _key, group in groupby(
        entries, key=lambda entry: (entry.record, entry.at, tuple(map(str, entry.tags)))
    ):
        first, *others = group
        yield first, [first.language, *(entry.language for entry in others)]


class TextList:
    """One of the lists: which texts, for whom, and what a row says."""

    key = title = empty = ""

    def __init__(self, user, kinds):
        self.user, self.kinds = user, kinds
        self.entries = self.found()

    @staticmethod
    def is_for(user, models):
        return any(may_write(user, model) for model in models)

    def panel(self):
        kept = [entry for entry in self.entries if entry.standing and self.belongs(entry)]
        rows = [self.row(entry, codes) for entry, codes in islice(_together(kept), MOST_SHOWN)]
        return Panel(key=self.key, title=self.title, rows=rows, empty=self.empty)

    def belongs(self, entry):
        return True

    def row(self, entry, codes):
        record = entry.record
        names = ", ".join(languages.own_name(code) for code in codes)
        return Row(
            url=self.url(entry),
            title=str(record),
            sub=f"{capfirst(record._meta.verbose_name)} · {names}",
            tags=self.tags(entry),
            meta=self.meta(entry),
        )

    def tags(self, entry):
        return [working(entry.standing.working)] if entry.standing.working != "unchanged" else []

    def meta(self, entry):
        return _moment(entry.at)

    def url(self, entry):
        return _page(entry, "publication")


class MyChanges(TextList):
    key, title = "my-changes", "My changes, not yet published"
    empty = "Everything you changed is published."

    @staticmethod
    def is_for(user, models):
        return True

    def found(self):
        verbs = [Act.Verb.EDITED, Act.Verb.IMPORTED, Act.Verb.RESTORED]
        rows = Act.objects.filter(by=self.user, verb__in=verbs, record_type__in=self.kinds).order_by()
        latest = rows.values_list("record_type_id", "record_id", "language").annotate(last=Max("at"))
        return [Entry(*row) for row in latest.order_by("-last")[:MOST_LOOKED_AT]]

    def belongs(self, entry):
        return entry.standing.working != "unchanged"

    def url(self, entry):
        if may(self.user, "change", entry.model):
            return _page(entry, "change")
        opts = entry.model._meta
        where = [entry.language, opts.app_label, opts.model_name, entry.record_id]
        return reverse("admin:translation_desk", args=where)


class WaitingForReview(TextList):
    key, title = "waiting-for-review", "Waiting for my review"
    empty = "Nothing waits for you."

    @staticmethod
    def is_for(user, models):
        return any(may_publish(user, model) for model in models)

    def found(self):
        rows = Desk.objects.filter(stage=Desk.Stage.IN_REVIEW, record_type__in=self.kinds).order_by(
            "moved_at"
        )
        return _entries(rows, "moved_at")

    def belongs(self, entry):
        return entry.standing.working == "in review"

    def tags(self, entry):
        return (
            [tag(str(entry.standing.desk.moved_by), "plain", "person")]
            if entry.standing.desk.moved_by
            else []
        )


class ReviewDates(TextList):
    key, title = "review-dates", "Review dates due"
    empty = "No published text is due to be looked at again within two weeks."

    def found(self):
        soon = timezone.localdate() + REVIEW_SOON
        rows = Desk.objects.filter(review_by__lte=soon, record_type__in=self.kinds).order_by("review_by")
        return _entries(rows, "review_by")

    def belongs(self, entry):
        return entry.standing.state == "live"

    def tags(self, entry):
        overdue = entry.at < timezone.localdate()
        return [tag("Overdue", "late", "late")] if overdue else [tag("Due", "soon", "soon")]

    def meta(self, entry):
        return formatted(entry.at, "j M Y")


class ScheduledNext(TextList):
    key, title = "scheduled-next", "Scheduled next"
    empty = "No publication or expiry is ahead."

    def found(self):
        now = timezone.now()
        ahead = Edition.objects.filter(record_type__in=self.kinds, live__isempty=False)
        begins = ahead.filter(live__startswith__gt=now).order_by("live__startswith")
        ends = ahead.filter(Q(expires_at__gt=now) & Q(live__endswith__gt=now)).order_by("expires_at")
        found = []
        for edition in begins.only("record_type_id", "record_id", "language", "live")[:MOST_LOOKED_AT]:
            found.append(_entry(edition, edition.live.lower, tag("Goes live", "tide", "scheduled")))
        for edition in ends.only("record_type_id", "record_id", "language", "live", "expires_at")[
            :MOST_LOOKED_AT
        ]:
            if edition.live.upper == edition.expires_at:
                found.append(_entry(edition, edition.expires_at, tag("Expires", "soon", "withdrawn")))
        return sorted(found, key=lambda entry: entry.at)

    def tags(self, entry):
        return entry.tags


OWN_WORK = {MyChanges.key, WaitingForReview.key}
LISTS = (MyChanges, WaitingForReview, ReviewDates, ScheduledNext)


def _entries(rows, at):
    return [
        Entry(*row)
        for row in rows.values_list("record_type_id", "record_id", "language", at)[:MOST_LOOKED_AT]
    ]


def _entry(edition, at, shown):
    return Entry(edition.record_type_id, edition.record_id, edition.language, at, [shown])


def _page(entry, name):
    opts = entry.model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[entry.record_id])


def _moment(value):
    return formatted(value.astimezone(LIVERPOOL), "j M, H:i")
