"""The form of one publishable record: what a save notes, what its buttons say of a translation, where it leads."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from publishing import languages
from publishing.addresses import formerly_of
from publishing.models import Edition
from publishing.models.publishable import column, translated_fields
from publishing.rights import may_publish
from publishing.translations.editing import note_edit
from publishing.translations.state import texts_of
from publishing.translations.translating import edit_was_minor, still_right

VERDICTS = ("_still_right", "_minor")


class RecordFormAdmin:
    """The part of a publishable record's admin that is about its form."""

    def get_urls(self):
        """Whoever posts to a form after the session ended signs in and finds there what they had typed."""
        urls = super().get_urls()
        for pattern in urls:
            if (pattern.name or "").endswith(("_add", "_change")):
                pattern.callback.keeps_typed = True
        return urls

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and obj.pk:
            links = self.record_links(obj.pk)
            may_take_down = may_publish(request.user, self.model) and is_ahead(obj)
            context |= {"record_links": links, "may_take_down": may_take_down}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def record_links(self, pk):
        """The pages of a record beside its form, and the translator's desk in every language."""
        label, name = self.opts.app_label, self.opts.model_name
        names = {"Publication": "publication", "Preview": "preview", "Editions": "editions"}
        pages = [(words, f"{label}_{name}_{page}") for words, page in names.items()]
        links = [{"words": words, "address": reverse(f"admin:{view}", args=[pk])} for words, view in pages]
        return links + [
            {
                "words": "Translate",
                "address": reverse("admin:translation_desk", args=[code, label, name, pk]),
                "language": code,
                "name": languages.own_name(code),
            }
            for code in languages.translations()
        ]

    def save_model(self, request, obj, form, change):
        if change:
            obj.version = form.next_version
        super().save_model(request, obj, form, change)
        note_edit(
            obj,
            form.texts_before,
            minor=form.cleaned_data.get("minor", False),
            made_elsewhere=list(form.made_elsewhere()) if change else (),
            by=request.user,
        )
        if change:
            self._note_verdict(request, obj)
        other = formerly_of(obj) if "slug" in form.changed_data else None
        if other:
            self.message_user(
                request,
                f"“{obj.slug}” was once the address of “{other}”, and leads there until this record is published.",
                messages.WARNING,
            )

    def _note_verdict(self, request, obj):
        """What a button beside a text says of it, once the form is saved."""
        asked = _verdict(request.POST, type(obj))
        if asked is None:
            return
        button, field, code = asked
        try:
            if button == "_minor":
                edit_was_minor(obj, field, code, by=request.user)
                words = f"The edit of the {languages.english_name(languages.SOURCE)} is noted as minor."
            else:
                source = texts_of(obj, languages.SOURCE)[field]
                still_right(obj, field, code, shown_source=source, by=request.user)
                words = f"The {languages.english_name(code)} is noted as right."
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, words, messages.SUCCESS)

    def response_change(self, request, obj):
        """Who says something of one text stays at that text."""
        asked = _verdict(request.POST, type(obj))
        if asked is None:
            return super().response_change(request, obj)
        return HttpResponseRedirect(f"{request.get_full_path()}#text-{column(asked[1], asked[2])}")


def is_ahead(record):
    """Whether readers have the record, or are to have it, in any language."""
    editions = Edition.objects.of(record).filter(live__isempty=False)
    return editions.filter(Q(live__upper_inf=True) | Q(live__endswith__gt=timezone.now())).exists()


def _verdict(sent, model):
    """(button, field, language) of the button that was pressed, if it names a text that there is."""
    for button in VERDICTS:
        field, _, code = sent.get(button, "").partition(":")
        if field in translated_fields(model) and code in languages.translations():
            return button, field, code
    return None
