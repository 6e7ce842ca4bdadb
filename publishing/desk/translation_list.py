"""Every record in every language that the user translates and how its texts stand, narrowed down as asked, the worst
first.

The counts above the list are those of the rows that each of them leads to.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from publishing import languages
from publishing.desk.display import (
    icon,
    in_language,
    missing_count,
    publication,
    stale_count,
    tag,
    tags,
    text_state,
    working,
)
from publishing.models import Desk
from publishing.models.publishable import column
from publishing.rights import may_publish
from publishing.standing import standings_of_any
from publishing.translations.overview import Selection, counts_by_state, rows_of, texts_for
from publishing.translations.state import CURRENT, MISSING, STALE, UNREVIEWED

PER_PAGE = 50
MOST_WORDS = 8
# How each state is named above the list: words, tone, icon.
STATES = {
    "": ("All", "calm", "all"),
    STALE: ("Stale", "soon", "stale"),
    MISSING: ("Missing", "calm", "missing"),
    UNREVIEWED: ("Unreviewed", "paused", "unreviewed"),
    CURRENT: ("Current", "good", "done"),
}


class NarrowForm(forms.Form):
    """What the list is narrowed down by. A value that does not exist narrows nothing down."""

    q = forms.CharField(label="Title", required=False, widget=forms.SearchInput, max_length=200)
    language = forms.ChoiceField(label="Into", required=False)
    model = forms.ChoiceField(label="Kind", required=False)
    assignee = forms.ChoiceField(label="With", required=False)

    def __init__(self, data, *, texts, user):
        super().__init__(data, label_suffix="")
        codes = list(dict.fromkeys(code for _model, code in texts))
        models = list(dict.fromkeys(model for model, _code in texts))
        self.fields["language"].choices = [
            ("", "Every language"),
            *((code, languages.english_name(code)) for code in codes),
        ]
        kinds = sorted(
            (capfirst(model._meta.verbose_name_plural), model._meta.label_lower) for model in models
        )
        self.fields["model"].choices = [("", "Every kind"), *((label, name) for name, label in kinds)]
        self.fields["assignee"].choices = [
            ("", "Anybody or nobody"),
            ("me", "Me"),
            (Selection.NOBODY, "Nobody"),
            *((str(one.pk), str(one)) for one in _assignees(codes, user)),
        ]
        if len(codes) == 1:
            del self.fields["language"]

    def chosen(self):
        """What was asked and exists, without what is empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _assignees(codes, user):
    desks = Desk.objects.filter(language__in=codes, assignee__isnull=False)
    users = get_user_model().objects.filter(pk__in=desks.values("assignee")).exclude(pk=user.pk)
    return users.order_by("username")


@dataclass(frozen=True)
class TextRow:
    """One record in one language, as the list shows it."""

    key: str
    title: str
    below: str
    address: str
    language_name: str
    texts: str
    public: str
    working: str
    assignee: str


@require_safe
def overview(request):
    allowed = texts_for(request.user)
    if not allowed:
        raise PermissionDenied
    form = NarrowForm(request.GET, texts=allowed, user=request.user)
    chosen = form.chosen()
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    selection = _selection(allowed, chosen, state, request.user)
    counts = counts_by_state(selection)
    paginator = Paginator(rows_of(selection), PER_PAGE) if selection.texts else Paginator([], PER_PAGE)
    paginator.count = counts[state].records
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = _text_rows(list(page.object_list))
    here = chosen | ({"state": state} if state else {})
    publishes = any(may_publish(request.user, model) for model, _code in allowed)
    context = admin.site.each_context(request) | {
        "title": "Translations",
        "form": form,
        "chosen": here,
        "narrowed": bool(chosen),
        "states": [_state(one, counts[one], chosen, state) for one in STATES],
        "page": page,
        "previous_page": _query(here, page=page.number - 1),
        "next_page": _query(here, page=page.number + 1),
        "exchange": _address("admin:exchange"),
        "launch": _address("admin:launch") if publishes else "",
        "empty": _empty(chosen, state),
    }
    return TemplateResponse(request, "admin/publishing/translations/overview.html", context)


def _selection(allowed, chosen, state, user):
    texts = tuple(
        (model, code)
        for model, code in allowed
        if chosen.get("language") in (None, code) and chosen.get("model") in (None, model._meta.label_lower)
    )
    assignee = chosen.get("assignee")
    words = " ".join(chosen.get("q", "").split()[:MOST_WORDS])
    return Selection(texts, state=state, words=words, assignee=user.pk if assignee == "me" else assignee)


def _state(state, tally, chosen, now):
    label, tone, symbol = STATES[state]
    texts = f"{tally.texts:,} text{'' if tally.texts == 1 else 's'}" if tally.texts else ""
    return {
        "label": label,
        "tone": tone,
        "icon": icon(symbol),
        "count": tally.records,
        "texts": texts,
        "address": _query(chosen | ({"state": state} if state else {})),
        "chosen": state == now,
    }


def _query(values, **more):
    return f"?{urlencode(values | more)}"


def _text_rows(found):
    """The rows of one page with their records: a query for every model that occurs, three for how they stand."""
    kinds = {row["text_kind"] for row in found}
    models = {kind: ContentType.objects.get_for_id(kind).model_class() for kind in kinds}
    records = {
        kind: model._default_manager.in_bulk({row["pk"] for row in found if row["text_kind"] == kind})
        for kind, model in models.items()
    }
    standings = standings_of_any([record for by_key in records.values() for record in by_key.values()])
    rows = []
    for row in found:
        record = records[row["text_kind"]].get(row["pk"])
        if record is not None:
            code = row["text_language"]
            rows.append(_text_row(row, record, code, standings[type(record), record.pk][code]))
    return rows


def _text_row(row, record, code, standing):
    opts = record._meta
    own_title = getattr(record, column("title", code)) or ""
    assignee = standing.desk.assignee if standing.desk else None
    return TextRow(
        key=f"{opts.label_lower}:{record.pk}:{code}",
        title=row["record_name"],
        below=format_html(
            "<small>{}{}{}</small>",
            capfirst(opts.verbose_name),
            " · " if own_title else "",
            in_language(own_title, code),
        ),
        address=reverse("admin:translation_desk", args=[code, opts.app_label, opts.model_name, record.pk]),
        language_name=languages.english_name(code),
        texts=text_tags(row),
        public=publication(standing.state, standing.at),
        working=working(standing.working),
        assignee=str(assignee or ""),
    )


def text_tags(row):
    """How many texts of a row of the overview are stale, missing and unreviewed; current when none is."""
    stale, missing, unreviewed = row["stale_texts"], row["missing_texts"], row["unreviewed_texts"]
    if not (stale or missing or unreviewed):
        return text_state(CURRENT)
    return tags(
        stale_count(stale) if stale else "",
        missing_count(missing) if missing else "",
        tag(f"{unreviewed} unreviewed", "paused", "unreviewed") if unreviewed else "",
    )


def _empty(chosen, state):
    if state in (STALE, MISSING, UNREVIEWED) and not chosen:
        return f"No text is {STATES[state][0].lower()}."
    return "No record is like that. Show all, or look for another word."


def _address(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
