"""Which records have texts to translate, or to translate again: one query for every model together."""

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import MD5, Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from lcr_crm.desk.parts import Panel, Row, Sum
from publishing import languages
from publishing.admin_display import missing_count, stale_count
from publishing.models import Provenance
from publishing.models.publishable import publishable_models, translated_fields

MOST_SHOWN = 6


def to_bring_up_to_date(user):
    """A panel for every language but the source."""
    models = [model for model in publishable_models() if _may_change(user, model)]
    return [_panel(models, code) for code in languages.translations()] if models else []


def _may_change(user, model):
    codename = get_permission_codename("change", model._meta)
    return admin.site.is_registered(model) and user.has_perm(f"{model._meta.app_label}.{codename}")


def _panel(models, code):
    found = list(_records(models, code))
    name = get_language_info(code)["name"]
    return Panel(
        key=f"translations-{code}",
        title=f"{name} to bring up to date",
        rows=[_row(record) for record in found[:MOST_SHOWN]],
        empty=f"Every text stands in {name}, made from its present English.",
        sums=[
            Sum(sum(record["desk_stale"] for record in found), "stale fields"),
            Sum(sum(record["desk_missing"] for record in found), "missing"),
        ]
        if found
        else [],
    )


def _row(record):
    tags = [stale_count(record["desk_stale"])] if record["desk_stale"] else []
    tags += [missing_count(record["desk_missing"])] if record["desk_missing"] else []
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
    return first.union(*others, all=True).order_by("-desk_stale", "-desk_missing", "desk_name")


def _of_model(model, kind, code):
    source, suffix = f"_{languages.SOURCE}", f"_{code.replace('-', '_')}"
    fields = translated_fields(model)
    missing = sum(
        (
            Case(
                When(
                    ~Q(**{f + source: ""}) & (Q(**{f + suffix: ""}) | Q(**{f"{f}{suffix}__isnull": True})),
                    then=1,
                ),
                default=0,
                output_field=IntegerField(),
            )
            for f in fields
        ),
        start=Value(0),
    )
    present_md5 = Case(
        *[When(field=f, then=MD5(Coalesce(OuterRef(f + source), Value("")))) for f in fields],
        output_field=CharField(),
    )
    stale = (
        Provenance.objects.filter(record_type=kind, record_id=OuterRef("pk"), language=code, field__in=fields)
        .exclude(md5=present_md5)
        .order_by()
        .values("record_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        model._default_manager.order_by()
        .annotate(
            desk_kind=Value(kind.pk),
            desk_name=F(f"title{source}"),
            desk_missing=missing,
            desk_stale=Coalesce(Subquery(stale), 0),
        )
        .filter(Q(desk_missing__gt=0) | Q(desk_stale__gt=0))
        .values("pk", "desk_kind", "desk_name", "desk_missing", "desk_stale")
    )
