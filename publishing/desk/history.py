"""What readers had of one record and what was done to it: its editions in each language, any two of them compared, each
to be restored into the working copy, and everybody's acts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import mark_safe

from publishing import languages
from publishing.desk.acts import acts_of, entries, launch_address, others, shared
from publishing.desk.display import PUBLICATIONS, moment, tag
from publishing.desk.proofs import changes_between, is_rich, label_of
from publishing.desk.publication import page_url, record_to_see
from publishing.desk.publication_forms import RestoreForm
from publishing.desk.verbs import keepers
from publishing.models import Act, Edition
from publishing.models.publishable import translated_fields
from publishing.publication import restore
from publishing.standing import standings
from publishing.translations.state import texts_of

EDITIONS_A_PAGE, ACTS_A_PAGE = 20, 15
WORKING = "working"


def editions_page(model_admin, request, pk):
    record = record_to_see(model_admin, request, pk)
    may_restore = bool(keepers(request.user, type(record)))
    form = None
    if request.method == "POST":
        if not may_restore:
            raise PermissionDenied
        told, form = _restore(request, record)
        if told:
            messages.success(request, told)
            return redirect(page_url(model_admin, record, "publication"))
        record = record_to_see(model_admin, request, pk)
    counts = _counts(record)
    code = _chosen_language(request, counts, form)
    editions = _editions(record, code)
    page = Paginator(editions, EDITIONS_A_PAGE).get_page(request.GET.get("page"))
    together = shared({edition.act for edition in page})
    standing = standings([record])[record.pk][code]
    sides = _sides(request, record, code, standing)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Editions of {record}",
        "page_name": "Editions",
        "may_open": True,
        "opts": model_admin.opts,
        "record": record,
        "form": form,
        "code": code,
        "own_name": languages.own_name(code),
        "tabs": [(one, languages.own_name(one), counts.get(one, 0)) for one in languages.codes()],
        "page": page,
        "turned": _turned(request, page, "page", "editions-heading"),
        "rows": [_row(edition, together) for edition in page],
        "working_changed": standing.changed,
        "may_restore": may_restore,
        "publication_url": page_url(model_admin, record, "publication"),
        **sides,
        "reading": _reading(request, record, code),
        **_acts(request, record),
    }
    return TemplateResponse(request, "admin/publishing/editions.html", context)


def _editions(record, code):
    rows = Edition.objects.of(record).filter(language=code).select_related("by")
    return rows.defer("texts", "made_from", "plain", "search")


def _counts(record):
    rows = Edition.objects.of(record).order_by().values_list("language")
    return dict(rows.annotate(count=Count("pk")))


def _chosen_language(request, counts, form):
    """The language asked for; else that of the edition that could not be restored, else the first with editions."""
    asked = request.GET.get("language")
    if asked in languages.codes():
        return asked
    edition = form and form.cleaned_data.get("edition")
    return (
        edition.language
        if edition
        else next(iter([c for c in languages.codes() if c in counts]), languages.SOURCE)
    )


@transaction.atomic
def _restore(request, record):
    fresh = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    form = RestoreForm(request.POST, record=fresh, standing=standings([fresh])[fresh.pk], prefix="restore")
    if not form.is_valid():
        return "", form
    edition = form.cleaned_data["edition"]
    restore(edition, by=request.user)
    name = languages.own_name(edition.language)
    return (
        f"Edition {edition.number} in {name} is the working copy again. Readers see it once it is published. To undo, "
        "discard the changes of the working copy, or restore another edition."
    ), None


def _turned(request, page, parameter, place):
    """Where the next and the last page lead; empty where there is one page."""
    if not page.has_other_pages():
        return {}

    def address(number):
        query = request.GET.copy()
        query[parameter] = number
        return f"?{query.urlencode()}#{place}"

    return {
        "number": page.number,
        "pages": page.paginator.num_pages,
        "newer": address(page.number - 1) if page.has_previous() else "",
        "older": address(page.number + 1) if page.has_next() else "",
    }


def _row(edition, together):
    return {
        "edition": edition,
        "state": _state(edition),
        "from": "" if edition.live.isempty else moment(edition.live.lower),
        "until": "" if edition.live.isempty else moment(edition.live.upper),
        "others": others(together.get(edition.act, 1) - 1),
        "launch": launch_address(edition.act),
    }


def _state(edition):
    """What readers have of an edition, as a tag."""
    now, window = timezone.now(), edition.live
    if window.isempty:
        return tag("Cancelled", "gap", "cross")
    if window.lower > now:
        return tag(*PUBLICATIONS["scheduled"])
    if window.upper is None or window.upper > now:
        return tag(*PUBLICATIONS["live"])
    return tag("Ended", "plain", "withdrawn")


def _sides(request, record, code, standing):
    """The two texts that are compared: those asked for, else nothing; what the form shows to begin with."""
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    found = {side: _side(record, code, side) for side in (older, newer)}
    first, second = found[older], found[newer]
    context = {"older": older or str(standing.latest or ""), "newer": newer or WORKING, "compared": None}
    if first and second:
        changes = changes_between(type(record), first[1], second[1], code)
        context["compared"] = {"older": first[0], "newer": second[0], "changes": changes}
    elif older or newer:
        context["not_found"] = (
            "One of the two is not an edition of this record in this language. Choose two below."
        )
    return context


def _side(record, code, asked):
    """(name, {field: text}) of an edition, or of the working copy; None where there is no such edition."""
    if asked == WORKING:
        return "the working copy", texts_of(record, code)
    edition = _edition(record, code, asked)
    return (f"edition {edition.number}", edition.texts) if edition else None


def _edition(record, code, asked):
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    return Edition.objects.of(record).filter(language=code, pk=int(asked)).select_related("by").first()


def _reading(request, record, code):
    """The whole text of the edition that somebody wants to read."""
    edition = _edition(record, code, request.GET.get("read", ""))
    if edition is None:
        return None
    model = type(record)
    texts = [
        (label_of(model, name), is_rich(model, name), _shown(model, name, edition.texts[name]))
        for name in translated_fields(model)
        if edition.texts.get(name)
    ]
    direction = languages.direction(code)
    return {"row": _row(edition, {}), "edition": edition, "texts": texts, "direction": direction}


def _shown(model, name, text):
    return mark_safe(text) if is_rich(model, name) else text  # sanitised when it was stored


def _acts(request, record):
    verb = request.GET.get("verb", "")
    acts = acts_of(record)
    done = sorted(acts.order_by().values_list("verb", flat=True).distinct())
    if verb in done:
        acts = acts.filter(verb=verb)
    page = Paginator(acts, ACTS_A_PAGE).get_page(request.GET.get("acts_page"))
    return {
        "acts": entries(record, page),
        "acts_turned": _turned(request, page, "acts_page", "acts"),
        "verb": verb,
        "verbs": [(one, Act.Verb(one).label.capitalize() if one in Act.Verb else one) for one in done],
    }
