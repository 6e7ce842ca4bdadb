"""What the admins of translated and of publishable records share. Stock ModelAdmin, told which columns there are."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from publishing import languages
from publishing.desk.display import (
    in_language,
    missing_count,
    publication,
    stale_count,
    tags,
    two_lines,
    working,
)
from publishing.desk.exchange import take_out
from publishing.desk.filters import publication_filters
from publishing.desk.forms import DayInput, PublishableForm
from publishing.desk.history import editions_page
from publishing.desk.launch import address_of
from publishing.desk.previews import preview_page
from publishing.desk.publication import publication_page
from publishing.desk.record import RecordFormAdmin
from publishing.desk.rich_text import HELP as RICH_TEXT
from publishing.desk.rich_text import RichText
from publishing.fields import LineField, RichTextField
from publishing.models import Desk, Edition, PreviewLink, Provenance
from publishing.models.publishable import column, translated_fields
from publishing.rights import languages_for, may_publish, may_write
from publishing.rows import of_records
from publishing.standing import standings
from publishing.translations.state import MISSING, STALE, states_of

# Pages of one record beside its form: view(model_admin, request, pk), at …/<pk>/<name>/, named <app>_<model>_<name>.
RECORD_PAGES = {"publication": publication_page, "preview": preview_page, "editions": editions_page}
FACTS_ARE_PUBLIC = (
    "Facts are public at once and in every language, as soon as you save. They are not published."
)
TEXTS_ARE_NOT = "This is the working copy. Readers see it once it is published."
DATES = {models.DateField: {"widget": DayInput}}
NAMES_ARE_FACTS = "Names are facts: public at once, in every language, as soon as you save."


class DeskAdmin(admin.ModelAdmin):
    """How every list and form of the desk behaves."""

    list_per_page = 50
    show_full_result_count = False
    view_on_site = False
    formfield_overrides = DATES

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"show_save_and_add_another": False} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)


class PairedInline(TranslationStackedInline):
    """Rows of another model with translated columns: `lines` says what stands in each line of a row, and a translated
    field stands there in every language, whatever languages there are."""

    extra = 0
    lines = ()
    formfield_overrides = DATES

    def get_fieldsets(self, request, obj=None):
        translated = translated_fields(self.model)
        lines = [
            tuple(column(line, code) for code in languages.codes()) if line in translated else line
            for line in self.lines
        ]
        return [(None, {"fields": lines})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        code = getattr(db_field, "language", None)
        if field and code:
            name = get_language_info(code)["name"]
            field.label = f"{capfirst(db_field.translated_field.verbose_name)}, {name}"
            field.widget.attrs |= languages.marking(code)
        elif field and isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 2
        return field


class TranslatedAdmin(TranslationAdmin, DeskAdmin):
    """Translated columns named one by one, in pairs, and never the bare one, which is whichever language is active."""

    texts_heading, texts_note = "Names", NAMES_ARE_FACTS
    facts = ()
    more_facts = ()
    staff_only = ()

    def get_fieldsets(self, request, obj=None):
        pairs = [
            tuple(column(name, code) for code in languages.codes()) for name in translated_fields(self.model)
        ]
        texts = {"fields": pairs, "classes": ["bilingual"], "description": self.texts_note}
        more = [(heading, {"fields": fields}) for heading, fields in self.more_facts]
        staff = [("Staff only", {"fields": self.staff_only})] if self.staff_only else []
        return [(self.texts_heading, texts), *more, *staff, *self.side_fieldsets(request, obj)]

    def side_fieldsets(self, request, obj):
        for place, (heading, fields) in enumerate(self.facts):
            note = "" if place else self.facts_note(obj)
            yield heading, {"fields": fields, "classes": ["side"], "description": note}

    def facts_note(self, obj):
        return ""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        original = getattr(db_field, "translated_field", db_field)
        if field and isinstance(original, RichTextField):
            record_id = request.resolver_match.kwargs.get("object_id")
            code = getattr(db_field, "language", languages.SOURCE)
            field.widget = RichText(original, code, record_id, attrs=field.widget.attrs)
            field.help_text = RICH_TEXT
        elif field and isinstance(original, models.TextField):
            field.widget.attrs["rows"] = 5
        elif field and isinstance(original, LineField):
            field.widget.attrs.pop("size", None)
        return field

    def get_search_fields(self, request):
        """The first translated field in every language, and whatever the list names besides."""
        first = translated_fields(self.model)[0]
        return [*(column(first, code) for code in languages.codes()), *self.search_fields]

    @admin.display(description="name")
    def names(self, obj):
        """The name in the source language and, beneath it, in the others."""
        first = translated_fields(self.model)[0]
        others = [(code, getattr(obj, column(first, code)) or "") for code in languages.translations()]
        return two_lines(
            getattr(obj, column(first, languages.SOURCE)) or str(obj),
            format_html_join(" · ", "{}", ((in_language(text, code),) for code, text in others if text)),
        )


class PublishableChangeList(ChangeList):
    """A page of records with how each stands: four queries for the page, however many rows it has."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        public, texts = standings(self.result_list), states_of(self.result_list)
        for record in self.result_list:
            record.desk_standing, record.desk_states = public[record.pk], texts[record.pk]


class PublishableAdmin(RecordFormAdmin, TranslatedAdmin):
    """A record whose texts are translated and published. Saving changes the working copy and never the public text;
    publishing is a page of its own."""

    form = PublishableForm
    change_form_template = "admin/publishing/publishable_form.html"
    texts_heading, texts_note = "Texts", TEXTS_ARE_NOT
    prepopulated_fields = {"slug": (f"title_{languages.SOURCE}",)}
    search_fields = ["slug"]
    actions = ["publish_together", take_out]

    def get_list_display(self, request):
        return ["titles", "public", *self.list_display_facts]

    list_display_facts = ()

    def get_list_filter(self, request):
        return [*publication_filters(), *self.list_filter]

    def get_changelist(self, request, **kwargs):
        return PublishableChangeList

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        standing = [("What the public has", {"fields": ["standing_now"], "classes": ["side", "bare"]})]
        return [
            *fieldsets[:1],
            *(standing if obj else []),
            *fieldsets[1:],
            ("Address", {"fields": ["slug"], "classes": ["side"], "description": address_note(obj)}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "standing_now"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def facts_note(self, obj):
        return FACTS_ARE_PUBLIC

    def has_delete_permission(self, request, obj=None):
        """What was once published is withdrawn, not deleted."""
        if obj is not None and Edition.objects.of(obj).exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request):
        """Records are deleted one by one, where each can be asked whether it was ever published."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        if not (may_publish(request.user, self.model) or may_write(request.user, self.model)):
            actions.pop("publish_together", None)
        if not languages_for(request.user, self.model):
            actions.pop("take_out", None)
        return actions

    def delete_model(self, request, obj):
        """With what only says something of its working copy. Acts stay: they say who did what."""
        for model in (Provenance, Desk, PreviewLink):
            model.objects.filter(of_records([obj])).delete()
        super().delete_model(request, obj)

    def get_urls(self):
        pages = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(partial(view, self)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}",
            )
            for name, view in RECORD_PAGES.items()
        ]
        return [*pages, *super().get_urls()]

    @admin.display(description="title", ordering=f"title_{languages.SOURCE}")
    def titles(self, obj):
        return self.names(obj)

    @admin.display(description="public")
    def public(self, obj):
        return standing_list(obj.desk_standing, obj.desk_states)

    @admin.display(description="What the public has")
    def standing_now(self, obj):
        return standing_list(standings([obj])[obj.pk], states_of([obj])[obj.pk])

    @admin.action(description="Publish or submit together…")
    def publish_together(self, request, queryset):
        """Leads to the launch page, which shows what would change before anything does."""
        return redirect(address_of([(record, None) for record in queryset]))


def address_note(obj):
    return "Public at once. Once published, the old address leads on to the new one for good." if obj else ""


def standing_list(standing, states):
    """How a record stands in each language: what readers have, what takes over when, whether the working copy has moved
    on, and how many of its texts are missing or stale."""
    rows = []
    for code, found in standing.items():
        by_field = list(states.get(code, {}).values())
        missing, stale = by_field.count(MISSING), by_field.count(STALE)
        told = tags(
            publication("scheduled", found.next_at) if found.next_at else "",
            working(found.working) if found.changed or found.stage_stands else "",
            missing and missing_count(missing),
            stale and stale_count(stale),
        )
        rows.append((code, found.own_name, publication(found.state, found.at), told))
    row = '<li><span class="language" lang="{}">{}</span>{} {}</li>'
    return format_html('<ul class="standing">{}</ul>', format_html_join("", row, rows))
