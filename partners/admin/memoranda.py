from django.contrib import admin
from django.utils import timezone

from partners.models import Memorandum, MemorandumParty, MemorandumTerm, Signatory
from publishing.desk.base import DATES, PublishableAdmin
from publishing.desk.display import tag
from publishing.formats import format_date

from .contact_points import PeopleInline
from .organisations import names_of


class PartyInline(admin.TabularInline):
    model = MemorandumParty
    extra = 0
    min_num = 1
    autocomplete_fields = ["organisation"]
    verbose_name_plural = "parties"


class SignatoryInline(PeopleInline, admin.TabularInline):
    model = Signatory
    extra = 0
    autocomplete_fields = ["person"]


class TermInline(admin.TabularInline):
    """Its terms, one after another; a renewal is another row."""

    model = MemorandumTerm
    extra = 0
    readonly_fields = ["in_words"]
    formfield_overrides = DATES
    verbose_name_plural = "terms (a renewal is another row)"

    @admin.display(description="In words")
    def in_words(self, term):
        return expiry_in_words(term) if term.pk else ""


@admin.register(Memorandum)
class MemorandumAdmin(PublishableAdmin):
    list_display_facts = ["reference", "signed", "status", "expiry"]
    list_filter = ["instrument", "status", "themes"]
    autocomplete_fields = ["signed_at_site", "themes", "programme", "sources"]
    search_fields = ["slug", "reference", *names_of("parties")]
    inlines = [PartyInline, SignatoryInline, TermInline]
    facts = [
        (
            "Facts",
            [
                "reference",
                ("instrument", "status"),
                "signed_on",
                "signed_at_site",
                "themes",
                "programme",
                "sources",
            ],
        ),
    ]
    staff_only = ["source_note", "confidence"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("terms")

    @admin.display(description="signed", ordering="signed_on")
    def signed(self, memorandum):
        return format_date(memorandum.signed_on, "en")

    @admin.display(description="last term")
    def expiry(self, memorandum):
        terms = list(memorandum.terms.all())
        return expiry_in_words(terms[-1]) if terms else tag("No term", "gap", "missing")


def expiry_in_words(term):
    """“Expires 27 June 2028 (computed)”: when a term ends, and how we know."""
    if not term.expires:
        return "Expiry not known"
    verb = "Expired" if term.expires < timezone.localdate() else "Expires"
    return f"{verb} {format_date(term.expires, 'en')} ({term.basis})"
