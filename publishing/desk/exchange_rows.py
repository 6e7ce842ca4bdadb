"""The rows of an import as its page shows them: in tabs, page by page, with what changes."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Paginator
from django.urls import reverse

from publishing import languages
from publishing.desk.display import diff, tag
from publishing.exchange.applying import IMPORTED, KEPT, LEFT, UNDONE
from publishing.exchange.dry_run import Outcome, Row
from publishing.models import Import, Provenance
from publishing.models.publishable import column
from publishing.text.diffs import word_diff

ROWS_ON_A_PAGE = 200
TAGS = {
    Outcome.CHANGES: ("Changes", "good", "changed"),
    Outcome.CONFIRMED: ("Still right", "good", "done"),
    Outcome.MOVED: ("Source has moved", "soon", "stale"),
    Outcome.UNCHANGED: ("Unchanged", "plain", ""),
    Outcome.REFUSED: ("Refused", "late", "late"),
    IMPORTED: ("Imported", "good", "done"),
    LEFT: ("Left as it is", "soon", "held"),
    UNDONE: ("Undone", "plain", "back"),
    KEPT: ("Kept", "soon", "held"),
}
NOTES = {
    Outcome.CONFIRMED: "The text stays; the file says that it is right for the English as it is now.",
    Outcome.MOVED: "The English has changed since this was translated, so it will be stale.",
}
NEWER = "The translation was changed here after the file was taken out. Tick it to replace that."
TABS = {"import": "To import", "done": "Done", "refused": "Refused", "unchanged": "Unchanged"}


@dataclass
class ShownRow:
    """One row with everything that its template needs."""

    place: int
    row: Row
    tag: str
    notes: list
    diff: str
    source_diff: str
    address: str
    is_ticked: bool


def tab_of(row):
    if row.done:
        return "done"
    if row.is_importable:
        return "import"
    return "refused" if row.outcome == Outcome.REFUSED else "unchanged"


def summary(rows, stage):
    """How many texts there are of each kind: what would happen and, afterwards, what did."""
    found = defaultdict(int)
    for row in rows:
        found[row.done or row.outcome] += 1
    order = [
        Outcome.CHANGES,
        Outcome.CONFIRMED,
        Outcome.MOVED,
        IMPORTED,
        UNDONE,
        KEPT,
        LEFT,
        Outcome.UNCHANGED,
    ]
    kinds = [kind for kind in [*order, Outcome.REFUSED] if found[kind] or _is_always_shown(kind, stage)]
    return [{"count": found[kind], "words": TAGS[kind][0], "tone": TAGS[kind][1]} for kind in kinds]


def _is_always_shown(kind, stage):
    dry = {Outcome.CHANGES, Outcome.UNCHANGED, Outcome.MOVED, Outcome.REFUSED}
    return stage == Import.Stage.DRY_RUN and kind in dry


@dataclass
class RowsPage:
    """One page of one tab."""

    tab: str
    tabs: list
    rows: list
    numbers: object
    importable: int
    is_whole: bool

    def link(self, number):
        return f"?{urlencode({'show': self.tab, 'page': number})}"

    @property
    def previous(self):
        return self.link(self.numbers.previous_page_number()) if self.numbers.has_previous() else ""

    @property
    def following(self):
        return self.link(self.numbers.next_page_number()) if self.numbers.has_next() else ""


def page_of(rows, found, query):
    by_tab = defaultdict(list)
    for place, row in enumerate(rows):
        by_tab[tab_of(row)].append((place, row))
    is_over = found.stage == Import.Stage.UNDONE
    tabs = TABS | ({"import": "Not imported"} if is_over else {})
    tab = query.get("show")
    if tab not in by_tab:
        tab = "done" if is_over else next((name for name in tabs if by_tab.get(name)), "import")
    numbers = Paginator(by_tab[tab], ROWS_ON_A_PAGE).get_page(query.get("page"))
    return RowsPage(
        tab=tab,
        tabs=[
            {"name": name, "words": words, "count": len(by_tab[name]), "is_open": name == tab}
            for name, words in tabs.items()
            if by_tab.get(name)
        ],
        rows=_shown(list(numbers), found),
        numbers=numbers,
        importable=0 if is_over else len(by_tab["import"]),
        is_whole=not numbers.has_other_pages(),
    )


def _shown(placed, found):
    sources = _sources_now([row for _, row in placed if row.outcome == Outcome.MOVED])
    return [
        ShownRow(
            place=place,
            row=row,
            tag=tag(*TAGS[row.done or row.outcome]),
            notes=[note for note in _notes(row) if note],
            diff=_change(row.before["text"], row.text, row, found.language) if row.text else "",
            source_diff=_source_change(row, sources),
            address=_address(row, found.language),
            is_ticked=not row.newer,
        )
        for place, row in placed
    ]


def _notes(row):
    is_open = row.is_importable
    yield row.why
    yield row.done_why
    yield NOTES.get(row.outcome, "") if is_open else ""
    yield NEWER if is_open and row.newer else ""
    yield "Comes in as unreviewed." if is_open and row.review == Provenance.State.UNREVIEWED else ""


def _change(old, new, row, code):
    return diff(word_diff(old, new, rich=row.is_rich), code) if old != new else ""


def _source_change(row, sources):
    now = sources.get((row.model, row.pk, row.field))
    if now is None or not row.is_importable:
        return ""
    return _change(row.made_from, now, row, languages.SOURCE)


def _sources_now(rows):
    """{(model, pk, field): source text}, in one query a model."""
    wanted = defaultdict(set)
    for row in rows:
        wanted[row.model].add((row.pk, row.field))
    found = {}
    for label, pairs in wanted.items():
        names = {field: column(field, languages.SOURCE) for _, field in pairs}
        queryset = apps.get_model(label)._default_manager.filter(pk__in={pk for pk, _ in pairs})
        for values in queryset.values("pk", *names.values()):
            found |= {(label, values["pk"], field): values[name] or "" for field, name in names.items()}
    return found


def _address(row, language):
    """The text's record at the translator's desk, unless the record is unknown."""
    if row.pk is None:
        return ""
    opts = apps.get_model(row.model)._meta
    return reverse("admin:translation_desk", args=[language, opts.app_label, opts.model_name, row.pk])
