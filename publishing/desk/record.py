"""The form of one publishable record: what a save notes, what its buttons say of a translation, where it leads."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from publishing import languages
from publishing.addresses import formerly_of
from publishing.editing import note_edit
from publishing.models.publishable import column, translated_fields
from publishing.translating import edit_was_minor, still_right
from publishing.translation_state import texts_of

VERDICTS = ("_still_right", "_minor")


class RecordForm:
    """Part of the admin of a publishable record."""

    def get_urls(self):
        """Whoever posts to a form after the session ended signs in and finds there what they had typed."""
        urls = super().get_urls()
        for pattern in urls:
            if (pattern.name or "").endswith(("_add", "_change")):
                pattern.callback.keeps_typed = True
        return urls

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"record_links": self.record_links(object_id)} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def record_links(self, pk):
        """The pages of a record beside its form: [(words, address, language)]. One that does not exist is left out."""
        kind = f"{self.opts.app_label}_{self.opts.model_name}"
        label = f"{self.opts.app_label}.{self.opts.model_name}"
        pages = [
            ("Publication", f"{kind}_publication", [pk], ""),
            ("Preview", f"{kind}_preview", [pk], ""),
            *(
                ("Translate", "translation_desk", [code, label, pk], code)
                for code in languages.translations()
            ),
        ]
        found = []
        for words, name, arguments, code in pages:
            try:
                address = reverse(f"{self.admin_site.name}:{name}", args=arguments)
            except NoReverseMatch:
                continue
            own_name = languages.own_name(code) if code else ""
            found.append({"words": words, "address": address, "language": code, "name": own_name})
        return found

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


def _verdict(sent, model):
    """(button, field, language) of the button that was pressed, if it names a text that there is."""
    for button in VERDICTS:
        field, _, code = sent.get(button, "").partition(":")
        if field in translated_fields(model) and code in languages.translations():
            return button, field, code
    return None
