"""The register of what was published and done, to read. It changes only through each record's publication page."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html

from publishing import languages
from publishing.desk.acts import launch_address
from publishing.desk.base import DeskAdmin
from publishing.desk.display import facts, in_language, moment, publication, tag
from publishing.models import Act, Edition, Redirect
from publishing.models.publishable import translated_fields


class LanguageFilter(admin.SimpleListFilter):
    title = parameter_name = "language"

    def lookups(self, request, model_admin):
        return [(code, languages.own_name(code)) for code in languages.codes()]

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else None


class RegisterAdmin(DeskAdmin):
    """Rows to read: nobody adds, changes or deletes them here."""

    list_select_related = ["record_type"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="record")
    def of_record(self, row):
        """The record by its kind and number: a link, without loading it."""
        kind = row.record_type
        words = f"{kind.name.capitalize()} {row.record_id}"
        try:
            address = reverse(f"admin:{kind.app_label}_{kind.model}_publication", args=[row.record_id])
        except NoReverseMatch:
            return words
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description="at", ordering="at")
    def when(self, row):
        return moment(row.at)


@admin.register(Edition)
class EditionAdmin(RegisterAdmin):
    list_display = ["titled", "language", "number", "readers", "of_record", "by", "when"]
    list_select_related = ["record_type", "by"]
    list_filter = [LanguageFilter]
    search_fields = ["title"]
    ordering = ["-pk"]
    fields = [
        *("of_record", "language", "number", "readers", "window", "expires_at", "reviewed_at"),
        *("text", "by", "when", "note", "together"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("plain", "search")

    @admin.display(description="title", ordering="title")
    def titled(self, edition):
        return in_language(edition.title, edition.language)

    @admin.display(description="readers")
    def readers(self, edition):
        if edition.live.isempty:
            return tag("Cancelled")
        now = timezone.now()
        if edition.live.lower > now:
            return publication("scheduled", edition.live.lower)
        if edition.live.upper is None or edition.live.upper > now:
            return publication("live", edition.live.lower)
        return tag("Ended")

    @admin.display(description="live")
    def window(self, edition):
        if edition.live.isempty:
            return ""
        until = moment(edition.live.upper)
        return format_html("{}{}{}", moment(edition.live.lower), " to " if until else "", until)

    @admin.display(description="published together")
    def together(self, edition):
        return format_html(
            '<a href="{}">All that was published by the same act</a>', launch_address(edition.act)
        )

    @admin.display(description="text")
    def text(self, edition):
        """The texts as published, in the order of the model; rich text as HTML, not rendered."""
        model = edition.record_type.model_class()
        names = [name for name in translated_fields(model) if name in edition.texts]
        return facts(
            (
                model._meta.get_field(name).verbose_name.capitalize(),
                in_language(edition.texts[name], edition.language),
            )
            for name in names
        )


@admin.register(Act)
class ActAdmin(RegisterAdmin):
    list_display = ["verb", "field", "language", "of_record", "by", "when", "why"]
    list_select_related = ["record_type", "by"]
    list_filter = ["verb", LanguageFilter]
    search_fields = ["why", "by__username"]
    fields = ["verb", "field", "language", "of_record", "by", "when", "why"]


@admin.register(Redirect)
class RedirectAdmin(RegisterAdmin):
    list_display = ["slug", "of_record"]
    search_fields = ["slug"]
    ordering = ["slug"]
    fields = ["slug", "of_record"]
