"""What a search finds: published texts in the reader's language, the source's where there is no other, and assets.

The count and the order come from the database; only the hits of one page are loaded.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opportunities.models import Asset, CaseStudy, Opportunity, Programme, Site, Theme
from partners.models import DelegationVisit, Memorandum
from prospectus.excerpts import excerpt, highlighted
from prospectus.filters.assets import named
from prospectus.models import Event, NewsItem, Page
from prospectus.templatetags.readings import name_in
from publishing import languages
from publishing.fields import RichTextField
from publishing.models import Edition
from publishing.search import words_of
from publishing.text.normal_form import plain_text
from publishing.text.tokens import without_tokens

# In the order in which a page of results groups them.
KINDS = [
    (Opportunity, _("Opportunities")),
    (Theme, _("Themes")),
    (CaseStudy, _("Case studies")),
    (Programme, _("Programmes")),
    (Asset, _("Assets")),
    (Site, _("Sites")),
    (Memorandum, _("Agreements")),
    (DelegationVisit, _("Delegation visits")),
    (NewsItem, _("News")),
    (Event, _("Events")),
    (Page, _("About this site")),
]
PLACES = {model: place for place, (model, _name) in enumerate(KINDS)}
# Records with a page of their own; the others stand in a list.
PAGES = {
    Opportunity: "prospectus:opportunity",
    Theme: "prospectus:theme",
    CaseStudy: "prospectus:case_study",
    NewsItem: "prospectus:news_item",
    Event: "prospectus:event",
    Page: "prospectus:page",
}


@dataclass(frozen=True)
class Hit:
    kind: object
    url: str
    title: str
    text: str = ""
    language: str = ""  # that of the texts, where it is not the page's
    number: int | None = None


class Search:
    """All that is readable in a language and holds every one of the words."""

    def __init__(self, query, language):
        self.words, self.language = words_of(query), language

    def editions(self):
        """Texts with an address. A site has one where an asset stands, for it is shown in their list."""
        live = Edition.objects.live().filter(record_type__in=record_types())
        wanted = Q(language=self.language)
        if self.language != languages.SOURCE:
            same = {"record_type": OuterRef("record_type"), "record_id": OuterRef("record_id")}
            own = Edition.objects.live().filter(language=self.language, **same)
            wanted |= Q(language=languages.SOURCE) & ~Exists(own)
        with_assets = Asset.objects.filter(site=OuterRef("record_id"))
        shown = ~Q(record_type=ContentType.objects.get_for_model(Site)) | Exists(with_assets)
        return live.filter(wanted).search(self.words).filter(shown).order_by()

    def assets(self):
        # A plain queryset: modeltranslation's own changes the order of columns, which a union depends on.
        return QuerySet(Asset).filter(named(self.words)).order_by()

    def counts(self):
        """Number of hits by place of their kind."""
        by_type = self.editions().values_list("record_type").annotate(Count("pk"))
        found = {PLACES[ContentType.objects.get_for_id(pk).model_class()]: number for pk, number in by_type}
        found[PLACES[Asset]] = self.assets().count()
        return {place: number for place, number in sorted(found.items()) if number}

    def ranked(self):
        """(place of its kind, 0 for a hit in the title, title, key) of every hit; by kind, hits in titles first."""
        in_title = Q(pk__isnull=False)
        for word in self.words:
            in_title &= Q(title__icontains=word)
        kinds = [When(record_type=kind, then=PLACES[kind.model_class()]) for kind in record_types()]
        columns = ("place", "rank", "shown", "pk")
        editions = self.editions().annotate(
            place=Case(*kinds, output_field=IntegerField()),
            rank=Case(When(in_title, then=0), default=1, output_field=IntegerField()),
            shown=F("title"),
        )
        assets = self.assets().annotate(
            place=Value(PLACES[Asset], IntegerField()),
            rank=Value(0, IntegerField()),
            shown=F(f"name_{self.language.replace('-', '_')}"),
        )
        both = editions.values_list(*columns).union(assets.values_list(*columns), all=True)
        return both.order_by("place", "rank", "shown", "pk")

    def load(self, rows):
        """The hits of one page."""
        asset = PLACES[Asset]
        editions = with_slugs(Edition.objects.defer("plain", "search", "made_from"), self.language).in_bulk(
            [pk for place, _rank, _shown, pk in rows if place != asset]
        )
        assets = Asset.objects.in_bulk([pk for place, _rank, _shown, pk in rows if place == asset])
        return [
            self.asset_hit(assets[pk]) if place == asset else self.edition_hit(editions[pk], *KINDS[place])
            for place, _rank, _shown, pk in rows
        ]

    def asset_hit(self, asset):
        own = name_in(asset, "name", self.language)
        return Hit(
            kind=KINDS[PLACES[Asset]][1],
            url=reverse("prospectus:assets") + f"#asset-{asset.number}",
            title=highlighted(own or name_in(asset, "name", languages.SOURCE), self.words),
            language="" if own else languages.SOURCE,
            number=asset.number,
        )

    def edition_hit(self, edition, model, name):
        is_fallback = edition.language != self.language
        return Hit(
            kind=name,
            url=address_of(edition, model, is_fallback),
            title=highlighted(edition.title, self.words),
            text=excerpt(texts_of(edition, model), self.words),
            language=edition.language if is_fallback else "",
        )


def record_types():
    return [ContentType.objects.get_for_model(model) for model in PLACES if model is not Asset]


def with_slugs(editions, language):
    """Annotates `slug` of the record, and of the readable theme under which a programme stands: no query a model."""
    slugs = [
        When(
            record_type=kind,
            then=Subquery(kind.model_class().objects.filter(pk=OuterRef("record_id")).values("slug")),
        )
        for kind in record_types()
    ]
    themes = Theme.objects.readable_with_fallback(language).filter(programmes=OuterRef("record_id"))
    theme = themes.order_by("position").values("slug")[:1]
    programme = ContentType.objects.get_for_model(Programme)
    return editions.annotate(
        slug=Case(*slugs), theme_slug=Case(When(record_type=programme, then=Subquery(theme)))
    )


def address_of(edition, model, is_fallback):
    if model in PAGES:
        return reverse(PAGES[model], args=[edition.slug])
    if model is Site:
        return reverse("prospectus:assets") + f"#site-{edition.slug}"
    if model is Programme:
        if not edition.theme_slug:
            return reverse("prospectus:themes")
        return reverse("prospectus:theme", args=[edition.theme_slug]) + f"#{edition.slug}"
    return reverse("prospectus:partnerships") + ("?in=all" if is_fallback else "") + f"#{edition.slug}"


def texts_of(edition, model):
    """The texts below the title, without markup."""
    rich = {field.name for field in model._meta.get_fields() if isinstance(field, RichTextField)}
    texts = [(name, text) for name, text in edition.texts.items() if name != "title" and text]
    return [without_tokens(plain_text(text)) if name in rich else text for name, text in texts]
