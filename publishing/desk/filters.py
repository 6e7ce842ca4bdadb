"""Filters of the lists of publishable records: what the public has, and what is to be translated."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language_info

from publishing import languages
from publishing.models import Edition
from publishing.models.publishable import column, translated_fields
from publishing.translations.state import with_translation_counts


class PublicInLanguage(admin.SimpleListFilter):
    """What the public has in one language. Subclasses name the language."""

    language = languages.SOURCE

    def lookups(self, request, model_admin):
        return [
            ("live", "Live"),
            ("changed", "Live, working copy changed"),
            ("scheduled", "Scheduled"),
            ("withdrawn", "Withdrawn"),
            ("never", "Never published"),
        ]

    def queryset(self, request, queryset):
        if self.value() is None:
            return None
        now = timezone.now()
        editions = Edition.objects.filter(
            record_type=ContentType.objects.get_for_model(queryset.model),
            record_id=OuterRef("pk"),
            language=self.language,
            live__isempty=False,
        )
        live = editions.filter(live__contains=now)
        scheduled = Exists(editions.filter(live__startswith__gt=now))
        conditions = {
            "live": Q(Exists(live)),
            "changed": Q(Exists(changed_since(live, queryset.model, self.language))),
            "scheduled": Q(scheduled),
            "withdrawn": Q(Exists(editions)) & ~Q(Exists(live)) & ~Q(scheduled),
            "never": ~Q(Exists(editions)),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


def changed_since(editions, model, language):
    """Those of the editions, in a subquery over the model, whose texts are not the working copy of their record."""
    names = translated_fields(model)
    differs = Q()
    for name in names:
        differs |= ~Q(**{f"_{name}": _or_empty(OuterRef(column(name, language)))})
    return editions.alias(**{f"_{name}": _or_empty(KT(f"texts__{name}")) for name in names}).filter(differs)


def _or_empty(text):
    return Coalesce(text, Value(""), output_field=TextField())


class TextsInLanguage(admin.SimpleListFilter):
    """How the translation into one language stands. Subclasses name the language."""

    language = ""

    def lookups(self, request, model_admin):
        return [("missing", "Some missing"), ("stale", "Some stale"), ("whole", "Nothing missing or stale")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return None
        counted = with_translation_counts(queryset, self.language)
        conditions = {
            "missing": Q(missing_texts__gt=0),
            "stale": Q(stale_texts__gt=0),
            "whole": Q(missing_texts=0, stale_texts=0),
        }
        return counted.filter(conditions.get(self.value(), Q()))


def _for_language(base, code, title, parameter):
    name = f"{base.__name__}_{code.replace('-', '_')}"
    return type(name, (base,), {"language": code, "title": title, "parameter_name": f"{parameter}_{code}"})


def publication_filters():
    """One filter a language of what is public, one a translation of how its texts stand."""
    names = {code: get_language_info(code)["name"] for code in languages.codes()}
    public = [
        _for_language(PublicInLanguage, code, f"public in {name}", "public") for code, name in names.items()
    ]
    texts = [
        _for_language(TextsInLanguage, code, f"texts in {names[code]}", "texts")
        for code in languages.translations()
    ]
    return [*public, *texts]
