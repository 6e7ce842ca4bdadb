from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join

from enquiries.models import ReplyTemplate
from enquiries.reply_facts import FACTS, unknown
from publishing import languages
from publishing.desk.base import TranslatedAdmin
from publishing.desk.display import in_language, tag, tags
from publishing.models.publishable import column


class ReplyTemplateForm(forms.ModelForm):
    """A template names only what can be filled in, and is whole in a language or not there at all."""

    def clean(self):
        given = super().clean()
        for code in languages.codes():
            names = [column(name, code) for name in ("subject", "body")]
            texts = [given.get(name) or "" for name in names]
            for name, text in zip(names, texts, strict=True):
                if found := unknown(text):
                    self.add_error(name, f"Nothing can be filled in for {', '.join(found)}.")
            if any(texts) and not all(texts):
                empty = names[texts.index("")]
                self.add_error(
                    empty, f"Write subject and text in {languages.english_name(code)}, or neither."
                )
        if not given.get(column("body", languages.SOURCE)):
            raise ValidationError(f"Write it in {languages.english_name(languages.SOURCE)} at least.")
        return given


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(TranslatedAdmin):
    """Beginnings for replies, in every language. Retired, not deleted."""

    form = ReplyTemplateForm
    list_display = ["name", "written_in", "position", "standing"]
    search_fields = ["name", "key"]
    texts_heading = "Texts"
    texts_note = "What stands in double braces is filled in from the enquiry; the list is beside."
    facts = [
        ("Template", ["name", "key", "position", "retired_at"]),
        ("Filled in by itself", ["placeholders"]),
    ]
    readonly_fields = ["placeholders"]
    prepopulated_fields = {"key": ("name",)}

    def has_delete_permission(self, request, obj=None):
        return False

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name.startswith("body_"):
            field.widget.attrs["rows"] = 14
        return field

    @admin.display(description="written in")
    def written_in(self, template):
        codes = [code for code in languages.codes() if template.written_in(code)]
        return tags(*(tag(in_language(languages.own_name(code), code)) for code in codes))

    @admin.display(description="offered?")
    def standing(self, template):
        return tag("Retired", "plain") if template.retired_at else tag("Offered", "good", "done")

    @admin.display(description="Placeholders")
    def placeholders(self, template):
        rows = [(f"{{{{{fact.name}}}}}", fact.what) for fact in FACTS]
        rows.append(("{{write: …}}", "A gap that the officer fills, in your words of what belongs there"))
        return format_html_join("", "<p><code>{}</code><br>{}</p>", rows)
