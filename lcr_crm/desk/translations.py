"""Which records have texts to translate, or to translate again: one query for every model together."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, Value
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from lcr_crm.desk.parts import Panel, Row, Sum, may
from publishing import languages
from publishing.desk.display import missing_count, stale_count
from publishing.models.publishable import publishable_models
from publishing.translation_state import with_translation_counts

MOST_SHOWN = 6


def to_bring_up_to_date(user):
    """A panel for every language but the source."""
    models = [model for model in publishable_models() if may(user, "change", model)]
    return [_panel(models, code) for code in languages.translations()] if models else []


def _panel(models, code):
    found = list(_records(models, code))
    name = get_language_info(code)["name"]
    return Panel(
        key=f"translations-{code}",
        title=f"{name} to bring up to date",
        rows=[_row(record) for record in found[:MOST_SHOWN]],
        empty=f"Every text stands in {name}, made from its present English.",
        sums=[_sum(found, "stale_texts", "stale"), _sum(found, "missing_texts", "missing")] if found else [],
    )


def _sum(found, name, word):
    count = sum(record[name] for record in found)
    return Sum(count, f"text{pluralize(count)} {word}")


def _row(record):
    tags = [stale_count(record["stale_texts"])] if record["stale_texts"] else []
    tags += [missing_count(record["missing_texts"])] if record["missing_texts"] else []
    model = ContentType.objects.get_for_id(record["desk_kind"]).model_class()
    return Row(
        url=reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record["pk"]]),
        title=record["desk_name"],
        sub=capfirst(model._meta.verbose_name),
        tags=tags,
    )


def _records(models, code):
    """Records with stale or missing texts, the worst first."""
    kinds = ContentType.objects.get_for_models(*models)
    first, *others = [_of_model(model, kinds[model], code) for model in models]
    return first.union(*others, all=True).order_by("-stale_texts", "-missing_texts", "desk_name")


def _of_model(model, kind, code):
    return (
        with_translation_counts(model._default_manager.order_by(), code)
        .filter(Q(missing_texts__gt=0) | Q(stale_texts__gt=0))
        .annotate(desk_kind=Value(kind.pk), desk_name=F(f"title_{languages.SOURCE}"))
        .values("pk", "desk_kind", "desk_name", "missing_texts", "stale_texts")
    )
