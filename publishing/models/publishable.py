from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from publishing import languages
from publishing.fields import LineField
from publishing.models.edition import Edition


class PublishableQuerySet(models.QuerySet):
    def facts(self):
        """Without the working copy: what public code loads. Texts come from editions."""
        return self.defer(*working_columns(self.model))

    def _editions(self, languages_, at):
        record_type = ContentType.objects.get_for_model(self.model)
        return Edition.objects.live(at).filter(
            record_type=record_type, record_id=OuterRef("pk"), language__in=languages_
        )

    def readable_in(self, language, at=None):
        """Records with an edition in that language live at that moment: the one rule of what is public."""
        return self.filter(Exists(self._editions([language], at)))

    def readable_with_fallback(self, language, at=None):
        """Records readable in that language or, failing that, in the source language."""
        return self.filter(Exists(self._editions([language, languages.SOURCE], at)))

    def with_shown_title(self, language, at=None):
        """Annotates `shown_title`: the title that a reader of that language is shown, for sorting as shown."""
        wanted = self._editions([language, languages.SOURCE], at).annotate(
            own=models.Case(models.When(language=language, then=0), default=1)
        )
        return self.annotate(shown_title=Subquery(wanted.order_by("own").values("title")[:1]))

    def saying(self, words, language, at=None, fallback=False):
        """Records whose readable text holds every word; with `fallback`, the source text where there is no other."""
        own = self._editions([language], at)
        condition = Q(Exists(own.search(words)))
        if fallback and language != languages.SOURCE:
            condition |= ~Q(Exists(own)) & Q(Exists(self._editions([languages.SOURCE], at).search(words)))
        return self.filter(condition)


class Publishable(models.Model):
    """A record whose texts are translated and published.

    Its translated columns (`title_en`, `title_ko`…) are the working copy, which no public code reads; what the public
    reads is an Edition. Every other column is a fact: corrected rather than published, public at once in every
    language. Subclasses inherit `Meta`, name their required texts and register with modeltranslation (checked).
    """

    title = LineField(max_length=200, help_text="Shown as the page heading and in every list. No full stop.")
    slug = models.SlugField(
        max_length=100, unique=True, help_text="The last part of the address, the same in every language."
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    required_texts = ("title",)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(title_en__isnull=False) & ~Q(title_en=""),
                name="%(app_label)s_%(class)s_has_english_title",
            )
        ]

    def __str__(self):
        return getattr(self, f"title_{languages.SOURCE}") or self.slug

    def readable_in(self, language, at=None):
        """The same rule as on the queryset, for one record."""
        return Edition.objects.of(self).live(at).filter(language=language).exists()

    def publications(self, at=None):
        """What the public has, by language: "scheduled", "live" or "withdrawn"; no entry: never published.

        Reckoned from the windows in one query, never stored.
        """
        at = at or timezone.now()
        states = {}
        for language, window in Edition.objects.of(self).values_list("language", "live"):
            if not window.isempty:
                states.setdefault(language, set()).add(_state(window, at))
        return {
            language: next(state for state in ("live", "withdrawn", "scheduled") if state in found)
            for language, found in states.items()
        }


def _state(window, at):
    if window.lower > at:
        return "scheduled"
    return "live" if window.upper is None or at < window.upper else "withdrawn"


def translated_fields(model):
    """Names of the model's translated fields, in the order of its definition."""
    registered = translator.get_options_for_model(model).all_fields
    return [field.name for field in model._meta.get_fields() if field.name in registered]


def column(field, code):
    """The working copy's column of a field in a language: title_ko."""
    return build_localized_fieldname(field, code)


def working_columns(model, through=""):
    """Every column of the working copy, the bare ones of modeltranslation included. `through`: the foreign key that
    leads to the model, to leave them out of a `select_related` (`defer(*working_columns(Site, "site"))`)."""
    prefix = f"{through}__" if through else ""
    return [
        f"{prefix}{column_name}"
        for name in translated_fields(model)
        for column_name in (name, *(column(name, code) for code in languages.codes()))
    ]


def publishable_models():
    return [model for model in apps.get_models() if issubclass(model, Publishable)]
