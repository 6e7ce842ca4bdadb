"""The page on which one record is reviewed, published, scheduled and withdrawn: how each language stands, what would
change, and below each verb that fits its button. The verbs: publishing.desk.verbs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from publishing import languages
from publishing.desk.acts import acts_of, entries
from publishing.desk.display import day_of, tag
from publishing.desk.proofs import proofs_of_one
from publishing.desk.verbs import VERBS, forms_for, listed, perform
from publishing.links import links_to
from publishing.rights import may_publish

ACTS_SHOWN = 6


def publication_page(model_admin, request, pk):
    record = record_to_see(model_admin, request, pk)
    failed = None
    if request.method == "POST":
        verb = request.POST.get("verb")
        if verb not in VERBS:
            raise PermissionDenied
        told, failed = perform(verb, request, record, proofs_of_one(record))
        if told:
            messages.success(request, told)
            return redirect(page_url(model_admin, record, "publication"))
        record = record_to_see(model_admin, request, pk)
    proofs = proofs_of_one(record)
    found = forms_for(request.user, record, proofs, failed)
    publishes = may_publish(request.user, type(record))
    is_ahead = any(proof.is_ahead for proof in proofs.values())
    acts = list(acts_of(record)[: ACTS_SHOWN + 1])
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Publication of {record}",
        "page_name": "Publication",
        "may_open": True,
        "opts": model_admin.opts,
        "record": record,
        "cards": [card(proof) for proof in proofs.values()],
        "forms": found,
        "publishes": publishes,
        "only_reads": not VERBS["submit"].allowed(request.user, type(record)) and not publishes,
        "links": linked_from(request.user, record) if publishes and is_ahead else [],
        "acts": entries(record, acts[:ACTS_SHOWN]),
        "more_acts": len(acts) > ACTS_SHOWN,
        "editions_url": page_url(model_admin, record, "editions"),
    }
    return TemplateResponse(request, "admin/publishing/publication.html", context)


def record_to_see(model_admin, request, pk):
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404(pk)
    if not model_admin.has_view_permission(request, record):
        raise PermissionDenied
    return record


def page_url(model_admin, record, name):
    opts = model_admin.opts
    return reverse(
        f"{model_admin.admin_site.name}:{opts.app_label}_{opts.model_name}_{name}", args=[record.pk]
    )


def card(proof):
    """One language: its proof, and what is known of its working copy."""
    desk, working = proof.standing.desk, proof.standing.working
    rows = []
    if desk and working in ("in review", "approved"):
        word = "Submitted" if working == "in review" else "Approved"
        rows.append((f"{word} by", f"{desk.moved_by or 'somebody'}, {moment_in_words(desk.moved_at)}"))
    if desk and desk.assignee:
        rows.append(("Assigned to", desk.assignee))
    if desk and desk.review_by:
        due = desk.review_by <= timezone.localdate()
        day = day_of(desk.review_by)
        rows.append(("Review by", tag(day, "soon", "soon") if due else day))
    return {"proof": proof, "rows": [*proof.readers, *rows]}


def moment_in_words(at):
    return f"{timezone.localtime(at):%-d %b %Y, %H:%M}"


def linked_from(user, record):
    """The links as the page shows them: where each leads in the admin, if this person may see it."""
    return [
        {
            "name": str(link.record),
            "kind": link.record._meta.verbose_name,
            "url": _change_url(user, link.record),
            "how": listed([*link.facts, *(f"text in {languages.own_name(code)}" for code in link.texts)]),
            "live_in": listed([languages.own_name(code) for code in link.live_in]) if link.live_in else "",
        }
        for link in links_to(record)
    ]


def _change_url(user, record):
    opts = record._meta
    if not user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
        return ""
    try:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
